/** The body of an import as text. What is no text in UTF-8 is refused by what it is, and by the line where it stops being text. */
import { limits } from "../../shared/limits.ts";
import { decodeUtf8, readBytes } from "../http/body.ts";
import { Problem } from "../problem.ts";

/** Throws `body_too_large`, `incomplete_body`, `unsupported_media_type`, and `not_json` for what is not UTF-8. */
export async function readImport(request: Request): Promise<string> {
  const encoding = request.headers.get("Content-Encoding")?.trim().toLowerCase() || "identity";
  if (encoding !== "identity")
    throw new Problem("unsupported_media_type", {
      detail: `The body came with \`Content-Encoding: ${encoding.slice(0, 40)}\`. Send the lines as they are, in parts.`,
    });
  const bytes = await readBytes(request, limits.importBytes).catch(inParts);
  const kind = signatures.find(({ begin }) => begin.every((byte, at) => bytes[at] === byte));
  if (kind) throw new Problem("unsupported_media_type", { detail: `The body is ${kind.name}` });
  const text = decodeUtf8(bytes);
  if (text === null)
    throw new Problem("not_json", {
      detail: `Line ${firstBadLine(bytes)} of the body is not UTF-8. Save the file as UTF-8 and send it again.`,
    });
  return text;
}

const signatures = [
  { begin: [0x1f, 0x8b], name: "compressed with gzip. Unpack it and send the lines." },
  { begin: [0x50, 0x4b, 0x03, 0x04], name: "a ZIP archive, as XLSX files are. Save the sheet as CSV in UTF-8." },
  { begin: [0xff, 0xfe], name: "UTF-16 text. Save the file as UTF-8." },
  { begin: [0xfe, 0xff], name: "UTF-16 text. Save the file as UTF-8." },
];

function inParts(error: unknown): never {
  if (!(error instanceof Problem && error.code === "body_too_large")) throw error;
  throw new Problem("body_too_large", {
    detail: `The body is larger than ${limits.importBytes} bytes. Send it in parts; \`npm run import\` does.`,
  });
}

/** The line, from 1, of the first byte that is no UTF-8. No character of UTF-8 holds the byte of a line break. */
function firstBadLine(bytes: Uint8Array): number {
  for (let line = 1, from = 0; ; line++) {
    const end = bytes.indexOf(10, from);
    if (end === -1 || decodeUtf8(bytes.subarray(from, end)) === null) return line;
    from = end + 1;
  }
}
