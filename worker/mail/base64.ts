const encoder = new TextEncoder();
/** 57 bytes are 76 characters, the longest line that MIME allows. */
const BYTES_A_LINE = 57;

/** The text in UTF-8, as lines of Base64. */
export function base64Lines(text: string): string[] {
  const bytes = encoder.encode(text);
  return Array.from({ length: Math.ceil(bytes.length / BYTES_A_LINE) }, (_, line) =>
    btoa(String.fromCharCode(...bytes.subarray(line * BYTES_A_LINE, (line + 1) * BYTES_A_LINE))),
  );
}

/** The text in UTF-8, as Base64 without line breaks. */
export function base64(text: string): string {
  return base64Lines(text).join("");
}

/** How many bytes the text has in UTF-8. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}
