/** Makes a picture of a chart, as SVG or PNG, that looks and says the same outside the page. */

const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "stroke-linecap",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
];
const MARGIN = 16;

/** What stands in a picture above the chart, from top to bottom; each text wraps. */
export type PictureHead = {
  title: string;
  /** Of what the chart is: the survey, the days. */
  about: readonly string[];
  /** The one figure that a card is about, as large as on the page; absent for other charts. */
  figure?: string | undefined;
  /** Sentences about the figure. */
  words: readonly string[];
};

type Line = { text: string; size: number; weight: number; isQuiet: boolean };

/** The chart as the text of an SVG file: its styles written into it, `head` above it, the page's background behind it. */
export function svgText(drawing: SVGSVGElement, head: PictureHead): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = drawing.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, index) => {
    const style = getComputedStyle(originals[index]!);
    for (const name of STYLES) element.setAttribute(name, style.getPropertyValue(name));
    element.removeAttribute("class");
  });
  const page = getComputedStyle(document.body);
  const quiet = quietColour(drawing);
  const texts = wrappedLines(head, drawing.clientWidth, page.fontFamily);
  let y = MARGIN;
  const elements = texts.map(({ text, size, weight, isQuiet }) => {
    y += size * 1.4;
    const element = svgElement("text", {
      x: MARGIN,
      y: y - size * 0.35,
      fill: isQuiet ? quiet : page.color,
      "font-family": page.fontFamily,
      "font-size": size,
      "font-weight": weight,
    });
    element.textContent = text;
    return element;
  });
  y += MARGIN;
  const shifted = svgElement("g", { transform: `translate(${MARGIN} ${y})` });
  shifted.append(...copy.childNodes);
  const width = drawing.clientWidth + 2 * MARGIN;
  const height = Math.ceil(y + drawing.clientHeight + MARGIN);
  const whole = svgElement("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
  });
  whole.append(svgElement("rect", { width, height, fill: page.backgroundColor }), ...elements, shifted);
  return new XMLSerializer().serializeToString(whole);
}

function wrappedLines({ title, about, figure, words }: PictureHead, width: number, family: string): Line[] {
  const lines: Line[] = [
    { text: title, size: 15, weight: 600, isQuiet: false },
    ...about.map((text) => ({ text, size: 13, weight: 400, isQuiet: true })),
    ...(figure ? [{ text: figure, size: 44, weight: 650, isQuiet: false }] : []),
    ...words.map((text) => ({ text, size: 13, weight: 400, isQuiet: false })),
  ];
  const context = document.createElement("canvas").getContext("2d")!;
  return lines.flatMap((line) => {
    context.font = `${line.weight} ${line.size}px ${family}`;
    return wrap(line.text, (text) => context.measureText(text).width <= width).map((text) => ({ ...line, text }));
  });
}

/** `text` in lines that fit; a word that fits in no line is broken. */
function wrap(text: string, fits: (text: string) => boolean): string[] {
  const lines = [""];
  const pieces = text.split(/(?<=\s)/).flatMap((word) => (fits(word) ? word : [...word]));
  for (const piece of pieces) {
    const longer = lines.at(-1) + piece;
    if (fits(longer.trimEnd())) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines.map((line) => line.trim()).filter(Boolean);
}

/** The colour of the chart's own quiet texts. */
function quietColour(drawing: SVGSVGElement): string {
  const tick = drawing.querySelector(".tick");
  return getComputedStyle(tick ?? document.body).getPropertyValue(tick ? "fill" : "color");
}

/** The picture of an SVG file as PNG, at two pixels for each px. */
export async function pngOf(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture")))),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

function svgElement(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) if (key !== "xmlns") element.setAttribute(key, String(value));
  return element;
}
