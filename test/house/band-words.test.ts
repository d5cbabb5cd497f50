import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/paths.ts";

const folders = [
  "shared/strings",
  "widget/strings",
  "worker/pages/texts",
  "worker/webhooks/texts",
  "dashboard/strings",
];

/** Other words that the field's texts use for the bands; one band must not have two names. */
const others = {
  uk: /прихильник|прибічник|пасивн|недоброзичлив|скептик|нейтральн\S* (?:клієнт|респондент)/iu,
  ru: /сторонник|приверженц|пассивн|недоброжелат|скептик|детрактор/iu,
};
const chosen = {
  uk: { promoters: "Промоутери", passives: "Нейтрали", detractors: "Критики" },
  ru: { promoters: "Промоутеры", passives: "Нейтралы", detractors: "Критики" },
};

describe.each(["uk", "ru"] as const)("the bands in %s", (language) => {
  it.each(folders)("have no other words in %s", async (folder) => {
    const text = await readFile(join(root, folder, `${language}.ts`), "utf8");
    expect(text.split("\n").filter((line) => others[language].test(line))).toEqual([]);
  });

  it("are called as the field's guides call them", async () => {
    const text = await readFile(join(root, "dashboard/strings", `${language}.ts`), "utf8");
    for (const [key, word] of Object.entries(chosen[language])) expect(text).toContain(`  ${key}: "${word}",`);
  });
});
