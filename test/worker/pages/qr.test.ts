import decodeQR from "qr/decode.js";
import { beforeAll, describe, expect, it } from "vitest";
import type { Collector } from "../support/collector.ts";
import { aCollector } from "../support/collector.ts";

let collector: Collector;
let survey: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
});

type Shape = { x: number; y: number; width: number };

/** Reads the code as a camera would: its shapes are painted black on white, four pixels for each module. */
function scan(size: number, shapes: Shape[]): string {
  const side = size * 4;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const { x, y, width } of shapes)
    for (let row = y * 4; row < y * 4 + 4; row++)
      data.fill(0, (row * side + x * 4) * 4, (row * side + (x + width) * 4) * 4);
  return decodeQR({ width: side, height: side, data });
}

describe("the QR code of an open link", () => {
  it("as SVG says the link, for anyone, and can be kept", async () => {
    const reply = await collector.get(`/s/${survey}/qr.svg`, {});
    expect([reply.status, reply.headers.get("Content-Type")]).toEqual([200, "image/svg+xml"]);
    expect(reply.headers.get("Cache-Control")).toContain("max-age");
    const size = Number(/viewBox="0 0 (\d+) /.exec(reply.text)?.[1]);
    const shapes = [...reply.text.matchAll(/M(\d+) (\d+)h(\d+)v1/g)].map(([, x, y, width]) => ({
      x: Number(x),
      y: Number(y),
      width: Number(width),
    }));
    expect(scan(size, shapes)).toBe(`http://localhost/s/${survey}`);
  });

  it("as PDF says the same on one page of 100 mm, and its table finds every object", async () => {
    const { status, text } = await collector.get(`/s/${survey}/qr.pdf`, {});
    expect(status).toBe(200);
    const side = Number(/MediaBox \[0 0 ([\d.]+) /.exec(text)?.[1]);
    expect((side / 72) * 25.4).toBeCloseTo(100, 2);
    const size = Math.round(side / Number(/([\d.]+) 0 0 /.exec(text)?.[1]));
    const shapes = [...text.matchAll(/(\d+) (\d+) (\d+) 1 re/g)].map(([, x, y, width]) => ({
      x: Number(x),
      y: size - Number(y) - 1,
      width: Number(width),
    }));
    expect(scan(size, shapes)).toBe(`http://localhost/s/${survey}`);
    const offsets = [...text.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
    offsets.forEach((offset, index) => {
      expect(text.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj`));
    });
    expect(text.slice(Number(/startxref\n(\d+)/.exec(text)?.[1]))).toMatch(/^xref/);
    expect(text).toContain(`/Length ${/stream\n([\s\S]*?)\nendstream/.exec(text)?.[1]?.length} `);
  });

  it.each(["qr.png", "qr", "qr.svg.exe"])("%s is nothing", async (file) => {
    expect((await collector.get(`/s/${survey}/${file}`, {})).status).toBe(404);
  });

  it("of no survey is nothing", async () => {
    expect((await collector.get("/s/srv_nobodyhere/qr.svg", {})).status).toBe(404);
  });
});
