/** QR codes to be printed, with the four modules of quiet margin that scanners need. Pure. */
import { encodeQR } from "qr";

const MARGIN = 4;

/** Dark modules that touch in a row, as one shape, so that print shows no fine line between them; `y` counts from above. */
export type DarkRun = { x: number; y: number; length: number };

/** A code, `size` modules wide and high. Level Q survives a quarter of the code being scratched or covered. */
export function qrCode(text: string): { size: number; runs: DarkRun[] } {
  const modules = encodeQR(text, "raw", { ecc: "quartile", border: MARGIN });
  return { size: modules.length, runs: darkRuns(modules) };
}

/** The code as operators of a PDF's drawing, in modules; PDF counts from below. */
export function pdfOperators({ size, runs }: ReturnType<typeof qrCode>): string {
  return `${runs.map(({ x, y, length }) => `${x} ${size - y - 1} ${length} 1 re`).join("\n")}\nf\n`;
}

function darkRuns(modules: readonly boolean[][]): DarkRun[] {
  return modules.flatMap((row, y) => {
    const runs: DarkRun[] = [];
    row.forEach((dark, x) => {
      const last = runs.at(-1);
      if (dark && last && last.x + last.length === x) last.length++;
      else if (dark) runs.push({ x, y, length: 1 });
    });
    return runs;
  });
}
