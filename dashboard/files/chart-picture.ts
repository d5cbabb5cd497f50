/** Makes a picture of a chart, as SVG or PNG, that looks the same outside the page. */

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
const TITLE = 28;

/** The chart as the text of an SVG file: its styles written into it, a title above it, the page's background behind it. */
export function svgText(drawing: SVGSVGElement, title: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const originals = drawing.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((element, index) => {
    const style = getComputedStyle(originals[index]!);
    for (const name of STYLES) element.setAttribute(name, style.getPropertyValue(name));
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
  const shifted = svgElement("g", { transform: `translate(${MARGIN} ${MARGIN + TITLE})` });
  shifted.append(...copy.childNodes);
  whole.append(svgElement("rect", { width, height, fill: page.backgroundColor }), heading, shifted);
  return new XMLSerializer().serializeToString(whole);
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
