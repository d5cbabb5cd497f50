/** One PDF with a captioned QR code for each link. It is fetched when it is first wanted. */
import type { PdfObject } from "../../../../shared/links/pdf.ts";
import { drawing, writePdf } from "../../../../shared/links/pdf.ts";
import { pdfOperators, qrCode } from "../../../../shared/links/qr-code.ts";
import type { CaptionImage } from "./caption-image.ts";
import { captionImage } from "./caption-image.ts";

/** Points of a millimetre. */
const MM = 72 / 25.4;
/** mm of a page: the code as wide as the page, and the caption below it. */
const page = { width: 100, caption: 20 };
const height = page.width + page.caption;
/** The code's own margin keeps the caption away from it; the caption has as much below it. */
const GAP = 3;

export type CodeToPrint = { link: string; caption: string };

/** A page of 100 × 120 mm for each, in their order. */
export async function codesPdf(codes: readonly CodeToPrint[]): Promise<Uint8Array<ArrayBuffer>> {
  const pages = await Promise.all(
    codes.map(async ({ link, caption }) => ({
      code: qrCode(link),
      image: await captionImage(caption, page.width, page.caption - GAP),
    })),
  );
  const FIRST = 3;
  const objects = pages.flatMap(({ code, image }, index): PdfObject[] => {
    const number = FIRST + index * 3;
    const scale = ((page.width * MM) / code.size).toFixed(5);
    return [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${points(page.width)} ${points(height)}] /Resources << /XObject << /Caption ${number + 2} 0 R >> >> /Contents ${number + 1} 0 R >>`,
      drawing(
        `q ${points(page.width)} 0 0 ${points(page.caption - GAP)} 0 ${points(GAP)} cm /Caption Do Q\n` +
          `q ${scale} 0 0 ${scale} 0 ${points(page.caption)} cm\n${pdfOperators(code)}Q\n`,
      ),
      imageObject(image),
    ];
  });
  const kids = pages.map((_, index) => `${FIRST + index * 3} 0 R`).join(" ");
  return writePdf([
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    ...objects,
  ]);
}

function imageObject({ width, height, deflated }: CaptionImage): PdfObject {
  return {
    entries: `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode`,
    bytes: deflated,
  };
}

function points(mm: number): string {
  return (mm * MM).toFixed(3);
}
