/** Rules for each kind of reply by which the text in it stays text. An unknown kind throws. */
import Papa from "papaparse";
import { expect } from "vitest";
import { MARK } from "../../support/hostile-strings.ts";
import type { Reply } from "../support/collector.ts";

const checkers: Record<string, (reply: Reply) => Promise<void> | void> = {
  "application/json": ({ text }) => void JSON.parse(text),
  "application/problem+json": ({ text }) => void JSON.parse(text),
  "application/x-ndjson": ({ text }) => {
    for (const line of text.split("\n").filter(Boolean)) JSON.parse(line);
    expect(text).not.toContain("\r");
  },
  // This file is drawn from an address of ours and has no text of anybody else.
  "application/pdf": ({ text }) => expect(text).not.toContain(MARK),
  "text/csv": ({ text }) => {
    const { data, errors } = Papa.parse<string[]>(text.replace(/^\ufeff/, "").trimEnd());
    expect(errors).toEqual([]);
    const width = data[0]?.length;
    for (const row of data) {
      expect(row).toHaveLength(width as number);
      for (const cell of row) expect(cell).not.toMatch(/^\s*[=+\-@\t\r＝＋－＠]/);
    }
  },
  "text/html": checkHtml,
  "image/svg+xml": ({ text }) => expect(text).not.toMatch(/<script|<foreignObject|\son\w+=|javascript:|<!ENTITY/i),
  // Every page runs this file as a script. Nothing in it may end an element, should somebody paste it into one.
  "text/javascript": ({ text }) => {
    expect(text).not.toMatch(/<\/script|<!--/i);
    expect(text).not.toMatch(/[\u2028\u2029]/);
  },
  // A line break in a value would begin a field of its own.
  "text/event-stream": ({ text }) => {
    for (const line of text.split("\n").filter(Boolean)) expect(line).toMatch(/^(event|id|retry|data|):/);
    expect(text).not.toMatch(/\r/);
  },
};

/** Fails unless the reply is of a known kind and its text is text. */
export async function checkAsText(reply: Reply): Promise<{ kind: string }> {
  const kind = reply.headers.get("Content-Type")?.split(";")[0] ?? "";
  expect(reply.status).toBeLessThan(500);
  expect(reply.headers.get("X-Content-Type-Options")).toBe("nosniff");
  const check = checkers[kind];
  if (!check && reply.text !== "") throw new Error(`nobody has said how a ${kind} keeps hostile text`);
  if (kind !== "text/html") expect(reply.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
  if (reply.text !== "") await check?.(reply);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal must not be driven by a reply
  expect(reply.text).not.toMatch(/[\u0000\u0007\u001b\u009b]/);
  return { kind };
}

const ADDRESSES = new Set(["href", "src", "action", "formaction", "xlink:href", "poster", "content"]);

/** Parsed as a browser would: no element, attribute or address that strangers could have put there. */
async function checkHtml({ text, headers }: Reply): Promise<void> {
  const policy = headers.get("Content-Security-Policy") ?? "";
  expect(policy).toMatch(/default-src 'none'/);
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
  const met: string[] = [];
  await new HTMLRewriter()
    .on("*", {
      element({ tagName, attributes }) {
        if (["img", "iframe", "object", "embed", "base", "b"].includes(tagName)) met.push(tagName);
        for (const [name = "", value = ""] of attributes) {
          if (name.startsWith("on") || name === "srcdoc" || name === "autofocus") met.push(`${tagName} ${name}`);
          if (ADDRESSES.has(name) && /^\s*(javascript|data|vbscript):/i.test(value))
            met.push(`${tagName} ${name}=${value}`);
        }
      },
    })
    .on("script", {
      text({ text }) {
        if (text.includes("h0stile")) met.push("script");
      },
    })
    .transform(new Response(text, { headers: { "Content-Type": "text/html" } }))
    .text();
  expect(met).toEqual([]);
}
