/** Takes a chart away as a file. Nothing leaves the browser. */

const LOOKS = [
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
const TITLE = 28;

/** Saves `content` under `name`. */
export function saveFile(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** The drawing as a file of its own: looks written into it, a title above, the page's ground behind. */
export function svgText(drawing: SVGSVGElement, title: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = drawing.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, index) => {
    const style = getComputedStyle(originals[index]!);
    for (const name of LOOKS) element.setAttribute(name, style.getPropertyValue(name));
    element.removeAttribute("class");
  });
  const page = getComputedStyle(document.body);
  const width = drawing.clientWidth + 2 * MARGIN;
  const height = drawing.clientHeight + 2 * MARGIN + TITLE;
  const whole = svgElement("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
  });
  const heading = svgElement("text", {
    x: MARGIN,
    y: MARGIN + 14,
    fill: page.color,
    "font-family": page.fontFamily,
    "font-size": 15,
    "font-weight": 600,
  });
  heading.textContent = title;
  const moved = svgElement("g", { transform: `translate(${MARGIN} ${MARGIN + TITLE})` });
  moved.append(...copy.childNodes);
  whole.append(svgElement("rect", { width, height, fill: page.backgroundColor }), heading, moved);
  return new XMLSerializer().serializeToString(whole);
}

/** The same as pixels, twice as fine as on an ordinary screen. */
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
