/** Reads a workbook for tests, by the standard and by nothing that writes one here. */
import { inflateRawSync } from "node:zlib";

export type ReadCell = { at: string; value: string | number | boolean; format: string };

/** The files in a ZIP by name, found by its directory; throws where a checksum or a length is not as the directory says. */
export function unzip(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06"));
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count--) {
    const [packed, size] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const [nameLength, extra, comment] = [28, 30, 32].map((each) => bytes.readUInt16LE(at + each)) as [
      number,
      number,
      number,
    ];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = inflateRawSync(bytes.subarray(start, start + packed));
    if (content.length !== size) throw new Error(`${name}: ${content.length} bytes, not ${size}`);
    files.set(name, content.toString("utf8"));
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

/** The rows of each sheet, each cell with its place, its value and its number format (empty: none). */
export function readXlsx(bytes: Buffer): ReadCell[][][] {
  const files = unzip(bytes);
  const styles = files.get("xl/styles.xml") ?? "";
  const custom = new Map(
    [...styles.matchAll(/numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id, code]),
  );
  const used = /<cellXfs.*<\/cellXfs>/s.exec(styles)?.[0] ?? "";
  const formats = [...used.matchAll(/<xf numFmtId="(\d+)"/g)].map(([, id]) => custom.get(id) ?? "");
  const sheets = [...files.keys()].filter((name) => /worksheets\/sheet\d+\.xml$/.test(name));
  return sheets.map((name) =>
    [...files.get(name)!.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) =>
      [...row!.matchAll(/<c ([^>]*)>(.*?)<\/c>/gs)].map(([, attributes, inner]): ReadCell => {
        if (/<f[ >]/.test(inner!)) throw new Error("a formula");
        const type = /t="(\w+)"/.exec(attributes!)?.[1] ?? "n";
        const text = inner!.replaceAll(/<[^>]*>/g, "");
        return {
          at: /r="(\w+)"/.exec(attributes!)![1]!,
          value: type === "n" ? Number(text) : type === "b" ? text === "1" : unescaped(text),
          format: formats[Number(/s="(\d+)"/.exec(attributes!)?.[1] ?? 0)]!,
        };
      }),
    ),
  );
}

function unescaped(xml: string): string {
  return xml
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll(/_x([\dA-F]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}
