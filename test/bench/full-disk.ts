/**
 * What does a collector do when the disk under it is full, and when it has room again? `npm run bench:disk`, on Linux as root: it
 * mounts a small file system in memory. Responses are sent one after the other until thirty were refused; then the disk grows, more
 * are sent, and every response that was acknowledged is looked for.
 *
 * Last answer (1 December 2026): 415 responses were acknowledged, then 30 refused with 503 and Retry-After; figures could be read
 * meanwhile. With room again, the next 20 were taken; of 435 acknowledged responses 435 were stored.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newResponseId, Vidhuk, VidhukError } from "../../client/index.ts";
import { startCollector } from "../support/collector.ts";

const refusals = 30;
const afterwards = 20;

const disk = mkdtempSync(join(tmpdir(), "vidhuk-full-"));
execFileSync("mount", ["-t", "tmpfs", "-o", "size=6m", "tmpfs", disk]);
try {
  console.log(JSON.stringify(await fill()));
} finally {
  execFileSync("umount", [disk]);
  rmSync(disk, { recursive: true });
}

async function fill() {
  const collector = await startCollector({ state: join(disk, "state") });
  const vidhuk = new Vidhuk({ url: collector.url, key: collector.adminToken, retries: 0 });
  const { id: survey } = await vidhuk.makeSurvey({ name: "Full" });
  const acknowledged = new Set<string>();
  const refused: Record<string, number> = {};
  const send = async () => {
    const id = newResponseId();
    try {
      await vidhuk.send({ survey, id, nps: 9, comment: "x".repeat(1900) });
      acknowledged.add(id);
    } catch (error) {
      if (!(error instanceof VidhukError) || error.retryAfter === null) throw error;
      const answer = `${error.status} ${error.code}, Retry-After ${error.retryAfter}`;
      refused[answer] = (refused[answer] ?? 0) + 1;
    }
  };
  while (Object.values(refused).reduce((sum, count) => sum + count, 0) < refusals) await send();
  const untilFull = acknowledged.size;
  const readable = (await vidhuk.survey(survey).metrics({})).responses;

  execFileSync("mount", ["-o", "remount,size=60m", disk]);
  for (let count = 0; count < afterwards; count++) await send();
  const counted = (await vidhuk.survey(survey).metrics({})).responses;
  let stored = 0;
  for await (const { id } of vidhuk.survey(survey).responses()) stored += Number(acknowledged.has(id));
  await collector.stop();
  return { untilFull, readable, refused, acknowledged: acknowledged.size, counted, stored };
}
