/** Writes a PDF file out of its objects (ISO 32000-1, 7.5). Pure. */

/** An object as its text, or a stream: the dictionary's entries but for the length, and the bytes. */
export type PdfObject = string | { entries: string; bytes: Uint8Array };

/**
 * The file, with the table of the byte at which each object begins. Objects are numbered from 1; the first is the catalogue.
 * Texts have ASCII characters alone.
 */
export function writePdf(objects: readonly PdfObject[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const put = (part: string | Uint8Array) => {
    const bytes = typeof part === "string" ? ascii(part) : part;
    parts.push(bytes);
    length += bytes.length;
  };
  put("%PDF-1.4\n");
  const offsets = objects.map((object, index) => {
    const offset = length;
    put(`${index + 1} 0 obj\n`);
    if (typeof object === "string") put(object);
    else {
      put(`<< ${object.entries} /Length ${object.bytes.length} >>\nstream\n`);
      put(object.bytes);
      put("\nendstream");
    }
    put("\nendobj\n");
    return offset;
  });
  const start = length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  put(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`);
  put(`trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
  const file = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** The stream of a drawing. */
export function drawing(operators: string): PdfObject {
  return { entries: "", bytes: ascii(operators) };
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
