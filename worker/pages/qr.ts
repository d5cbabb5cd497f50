/** The QR code of a link as a file. */
import { drawing, writePdf } from "../../shared/links/pdf.ts";
import { pdfOperators, qrCode } from "../../shared/links/qr-code.ts";

export function qrSvg(text: string): string {
  const { size, runs } = qrCode(text);
  const path = runs.map(({ x, y, length }) => `M${x} ${y}h${length}v1h-${length}z`).join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}"/></svg>\n`;
}

/** One page of 100 × 100 mm. */
export function qrPdf(text: string): Uint8Array<ArrayBuffer> {
  const code = qrCode(text);
  const points = (100 / 25.4) * 72;
  const side = points.toFixed(3);
  return writePdf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${side} ${side}] /Resources << >> /Contents 4 0 R >>`,
    drawing(`${(points / code.size).toFixed(5)} 0 0 ${(points / code.size).toFixed(5)} 0 0 cm\n${pdfOperators(code)}`),
  ]);
}
