/** What `npm run import` says of a file, and how far it is. */
import { scoreNames } from "../../shared/questions.ts";
import type { ImportReply } from "../../shared/schema/import.ts";
import type { Sent } from "./send.ts";

const number = new Intl.NumberFormat("en");

/** What a dry run found, or what was stored, in lines. */
export function summaryOf({ reply, rows, refused, leftOut }: Sent, isDry: boolean): string[] {
  const all = reply ?? { created: 0, repeated: 0 };
  return [
    `  ${number.format(rows)} rows were read`,
    `  ${number.format(all.created)} ${isDry ? "are new" : "were stored"}`,
    ...(all.repeated > 0 ? [`  ${number.format(all.repeated)} are stored already`] : []),
    ...[...leftOut].map(([why, count]) => `  ${number.format(count)} bring nothing: each ${why}`),
    ...(refused > 0 ? [`  ${number.format(refused)} ${isDry ? "are" : "were"} refused`] : []),
    ...(reply ? figuresOf(reply) : []),
  ];
}

/** Each score before and after, as `NPS 38 (517 answers) → 41 (1,204 answers)`. */
function figuresOf({ before, after }: ImportReply): string[] {
  const asked = scoreNames.filter((name) => after[name] !== undefined);
  const said = (of: ImportReply["before"], name: (typeof asked)[number]) => {
    const figures = of[name];
    return figures ? `${figures.score} (${number.format(figures.responses)} answers)` : "none";
  };
  return asked.map((name) => `  ${name.toUpperCase().padEnd(5)} ${said(before, name)} → ${said(after, name)}`);
}

/** A line that is written over itself in a terminal, and every ten seconds elsewhere. */
export function progressOf(what: string, size: number, output: NodeJS.WriteStream) {
  const started = performance.now();
  let told = 0;
  return {
    tell(rows: number, bytes: number): void {
      const now = performance.now();
      if (now - told < (output.isTTY ? 200 : 10_000)) return;
      told = now;
      const perSecond = Math.round(rows / Math.max(0.001, (now - started) / 1000));
      const share = size > 0 ? Math.min(100, Math.floor((100 * bytes) / size)) : 100;
      const text = `${what}: ${number.format(rows)} rows, ${share} %, ${number.format(perSecond)} a second`;
      output.write(output.isTTY ? `\r${text.padEnd(78)}` : `${text}\n`);
    },
    end(): void {
      if (output.isTTY) output.write(`\r${" ".repeat(78)}\r`);
    },
  };
}
