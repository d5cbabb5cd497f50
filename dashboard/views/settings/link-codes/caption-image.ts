/**
 * A caption as a picture: the browser shapes every script and has a font for it, and a PDF that holds no font can be read
 * everywhere.
 */

/** Grey pixels, a byte each, from the top line to the last, compressed as zlib does. */
export type CaptionImage = { width: number; height: number; deflated: Uint8Array };

/** Pixels of a millimetre: 300 dpi. */
const PIXELS = 300 / 25.4;
/** mm of the letters, from the largest that is tried to the smallest. */
const SIZES = [8, 7, 6, 5, 4, 3.4, 2.8, 2.2];
const LINE = 1.25;

/** The text in the middle of a field of so many mm, as large as fits. What fits in no size ends in an ellipsis. */
export async function captionImage(text: string, widthMm: number, heightMm: number): Promise<CaptionImage> {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(widthMm * PIXELS);
  canvas.height = Math.round(heightMm * PIXELS);
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.direction = isRightToLeft(text) ? "rtl" : "ltr";
  const { lines, size } = fitted(text, context, canvas);
  lines.forEach((line, index) => {
    context.fillText(line, canvas.width / 2, size * LINE * (index + 0.5));
  });
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  const grey = Uint8Array.from({ length: data.length / 4 }, (_, index) => data[index * 4]!);
  return { width: canvas.width, height: canvas.height, deflated: await deflate(grey) };
}

function fitted(text: string, context: CanvasRenderingContext2D, { width, height }: HTMLCanvasElement) {
  const most = width * 0.92;
  let lines: string[] = [];
  let size = 0;
  for (const mm of SIZES) {
    size = mm * PIXELS;
    context.font = `600 ${size}px system-ui, sans-serif`;
    lines = wrapped(text, (line) => context.measureText(line).width <= most);
    if (lines.length * size * LINE <= height) return { lines, size };
  }
  const kept = lines.slice(0, Math.floor(height / (size * LINE)));
  return { lines: [...kept.slice(0, -1), `${kept.at(-1)}…`], size };
}

/** The words in lines that fit; a word that fits in no line is broken. */
function wrapped(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").flatMap((each) => (fits(each) ? [each] : broken(each, fits)))) {
    const longer = `${lines.at(-1) ?? ""} ${word}`;
    if (lines.length > 0 && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function broken(word: string, fits: (line: string) => boolean): string[] {
  const pieces = [""];
  for (const character of word) {
    const longer = pieces.at(-1) + character;
    if (fits(longer)) pieces[pieces.length - 1] = longer;
    else pieces.push(character);
  }
  return pieces;
}

/** By the first letter that has a direction. */
function isRightToLeft(text: string): boolean {
  const letter = /\p{L}/u.exec(text)?.[0] ?? "";
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(letter);
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
