/** A collector with three surveys: nobody answered the first, a thousand people the second, a million the third. */
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getPlatformProxy } from "wrangler";
import { root, statePlaces } from "../../../scripts/paths.ts";
import type { TestCollector } from "../../support/collector.ts";
import { startCollector } from "../../support/collector.ts";
import { seedResponses } from "../seed-responses.ts";

const declared = {
  segments: ["plan", "department", "store", "channel"],
  topics: [
    { name: "Delivery", stems: ["deliver", "доставк"] },
    { name: "Staff", stems: ["courier", "staff", "оператор", "кур'єр"] },
    { name: "Money", stems: ["payment", "invoice", "ціна", "возврат"] },
    { name: "Site", stems: ["сайт", "size guide"] },
  ],
};

export type Seeded = { collector: TestCollector; surveys: Record<number, string> };

/** Serves from `state`, which is filled first where it is empty: minutes for `sizes` of a million. */
export async function startSeeded(state: string, sizes: readonly number[]): Promise<Seeded> {
  const made = join(state, "seeded.json");
  if (!existsSync(made)) await writeFile(made, JSON.stringify(await seed(state, sizes)));
  return { collector: await startCollector({ state }), surveys: JSON.parse(await readFile(made, "utf8")) };
}

async function seed(state: string, sizes: readonly number[]): Promise<Seeded["surveys"]> {
  const collector = await startCollector({ state });
  const surveys: Seeded["surveys"] = {};
  for (const size of sizes) {
    const settings = { name: `${size.toLocaleString("en")} responses`, count_views: true, ...declared };
    const reply = await fetch(`${collector.url}/v1/surveys`, {
      method: "POST",
      headers: { Authorization: `Bearer ${collector.adminToken}`, "Content-Type": "application/json" },
      body: JSON.stringify({ ...settings, languages: ["en", "uk", "ru"], targets: { nps: 30, csat: 70 } }),
    });
    surveys[size] = ((await reply.json()) as { id: string }).id;
  }
  await collector.stop();
  const proxy = await getPlatformProxy<{ DB: Parameters<typeof seedResponses>[0] }>({
    configPath: join(root, "wrangler.toml"),
    persist: { path: join(statePlaces(state).persist, "v3") },
    remoteBindings: false,
  });
  for (const [size, survey] of Object.entries(surveys)) {
    await seedResponses(proxy.env.DB, survey, declared, Number(size), Date.now());
    // Views are counted by a route of their own and not by a trigger.
    await proxy.env.DB.prepare(
      "UPDATE rollups SET shown = responses * 7, dismissed = responses * 2 WHERE survey_id = ?1 AND segment = ''",
    )
      .bind(survey)
      .run();
  }
  await proxy.dispose();
  return surveys;
}
