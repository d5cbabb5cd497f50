import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import { createApp } from "../../../worker/app.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { runJobs } from "../../../worker/jobs/run.ts";
import { hostileStrings, MARK } from "../../support/hostile-strings.ts";
import { anId, NOON } from "../support/collector.ts";

afterEach(() => vi.restoreAllMocks());

/** Everything that is written to any log meanwhile. */
function lines(): string[] {
  const written: string[] = [];
  for (const level of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, level).mockImplementation((...said: unknown[]) => void written.push(said.map(String).join(" ")));
  return written;
}

/** A database that breaks in a way that nobody foresaw. */
const broken = {
  prepare: () => {
    throw new Error("disk I/O error");
  },
} as unknown as D1Database;

it("a bug is one line of JSON with the request's id, and nothing that a stranger sent", async () => {
  const written = lines();
  const app = createApp({ clock: () => NOON });
  for (const text of Object.values(hostileStrings)) {
    const body = { survey: "srv_demo1234", id: anId(), nps: 9, comment: text, respondent: { id: text.slice(0, 99) } };
    const reply = await app.request(
      `/v1/responses?${encodeURIComponent(text.toWellFormed())}`,
      {
        method: "POST",
        headers: { "Content-Type": "application/json", "User-Agent": MARK, "CF-Connecting-IP": "203.0.113.77" },
        body: JSON.stringify(body),
      },
      { ...env, DB: broken, RATE_LIMIT: "off" },
    );
    expect(reply.status).toBe(500);
    expect(await reply.json()).toMatchObject({ code: "internal" });
    await app.request(`/s/${encodeURIComponent(text.toWellFormed())}`, {}, { ...env, DB: broken });
  }
  expect(written.length).toBeGreaterThan(0);
  for (const line of written) {
    expect(line).not.toContain("\n");
    expect(JSON.parse(line)).toMatchObject({ request: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(line).not.toMatch(/h0stile|203\.0\.113|evil\.example/);
  }
});

it("a refusal is no line at all: strangers do not write our log", async () => {
  const written = lines();
  const app = createApp({ clock: () => NOON });
  for (const text of Object.values(hostileStrings))
    await app.request("/v1/responses", { method: "POST", body: JSON.stringify({ [text]: text }) }, env);
  expect(written).toEqual([]);
});

it("a job that fails is one line of JSON", async () => {
  const written = lines();
  const failing = { odd: async () => Promise.reject(new Error("a\nb\u001b[31m")) };
  await runJobs(storeOf(env.DB), failing, NOON);
  expect(written).toHaveLength(1);
  expect(JSON.parse(written[0] as string)).toMatchObject({ job: "odd" });
});
