/** A QR code to be printed: modules drawn as vectors, with the four modules of quiet margin that scanners need. */
import { encodeQR } from "qr";

const MARGIN = 4;

/** Rows of dark and light modules. Level Q survives a quarter of the code being scratched or covered. */
function modulesOf(text: string): boolean[][] {
  return encodeQR(text, "raw", { ecc: "quartile", border: MARGIN });
}

export function qrSvg(text: string): string {
  const modules = modulesOf(text);
  const path = darkRuns(modules)
    .map(({ x, y, length }) => `M${x} ${y}h${length}v1h-${length}z`)
    .join("");
  const size = modules.length;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}"/></svg>\n`;
}

/** One page of 100 × 100 mm. */
export function qrPdf(text: string): Uint8Array {
  const modules = modulesOf(text);
  const points = (100 / 25.4) * 72;
  const scale = (points / modules.length).toFixed(5);
  // PDF counts y from below.
  const rectangles = darkRuns(modules).map(({ x, y, length }) => `${x} ${modules.length - y - 1} ${length} 1 re`);
  const drawing = `${scale} 0 0 ${scale} 0 0 cm\n${rectangles.join("\n")}\nf\n`;
  const side = points.toFixed(3);
  return pdf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${side} ${side}] /Resources << >> /Contents 4 0 R >>`,
    `<< /Length ${drawing.length} >>\nstream\n${drawing}endstream`,
  ]);
}

/** The objects as a PDF file: numbered from 1, with the table of the byte at which each begins (ISO 32000-1, 7.5). */
function pdf(objects: readonly string[]): Uint8Array {
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`;
  return new TextEncoder().encode(file);
}

/** The dark modules. Those that touch in a row are one shape, so that print shows no fine line between them. */
function darkRuns(modules: readonly boolean[][]): { x: number; y: number; length: number }[] {
  return modules.flatMap((row, y) => {
    const runs: { x: number; y: number; length: number }[] = [];
    row.forEach((dark, x) => {
      const last = runs.at(-1);
      if (dark && last && last.x + last.length === x) last.length++;
      else if (dark) runs.push({ x, y, length: 1 });
    });
    return runs;
  });
}
