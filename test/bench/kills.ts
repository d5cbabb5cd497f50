/**
 * Does a collector keep all that it acknowledged when it is killed again and again under mixed load? `npm run bench:kills`, or
 * with another number than 200: `npm run bench:kills -- 20`. It ends at the first thing that is lost, doubled or miscounted.
 *
 * Last answer (1 December 2026, two cores shared with six other builds): 110 kills survived, and then it was stopped.
 */
import { surviveKills } from "../support/kills.ts";

const kills = Number(process.argv[2] ?? 200);
const started = Date.now();
const survived = await surviveKills(kills, 60, (count) => {
  if (count % 10 === 0) console.error(`${count} kills survived after ${Math.round((Date.now() - started) / 1000)} s`);
});
console.log(JSON.stringify(survived));
