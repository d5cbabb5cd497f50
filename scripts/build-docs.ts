/** Builds docs/*.md into dist/public/docs: plain pages, without a script, to which the dashboard's help leads. */
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Marked } from "marked";
import { removeEarlierBuild } from "./earlier-build.ts";
import { writeHeaders } from "./headers.ts";
import { root } from "./paths.ts";

export type DocPage = { name: string; title: string; markdown: string; html: string };

/** The order in which a reader is likely to need them; documents that are not named here come last. */
const order = [
  "dashboard",
  "widget",
  "emailed-links",
  "api",
  "import",
  "webhooks",
  "live",
  "privacy",
  "deploy",
  "failure",
  "threat-model",
];

/** The pictures that are served with the documents. */
const PICTURE = /^messages\/[\w-]+\.webp$/;

/** Replaces dist/public/docs and its part of dist/public/_headers. */
export async function buildDocs(): Promise<void> {
  const folder = join(root, "dist/public/docs");
  await removeEarlierBuild(folder);
  await mkdir(folder, { recursive: true });
  for (const { name, html } of await renderDocs()) await writeFile(join(folder, `${name}.html`), html);
  await cp(join(root, "docs/messages"), join(folder, "messages"), { recursive: true });
  await writeFile(join(folder, "docs.css"), style);
  await writeHeaders("docs", headers);
}

/** Each document as a page. Its headings have ids, and links between the documents lead from page to page. */
export async function renderDocs(): Promise<DocPage[]> {
  const names = (await readdir(join(root, "docs")))
    .filter((file) => file.endsWith(".md"))
    .map((file) => file.replace(/\.md$/, ""))
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  const documents = await Promise.all(
    names.map(async (name) => {
      const markdown = await readFile(join(root, "docs", `${name}.md`), "utf8");
      const { headings, body } = bodyOf(markdown);
      return { name, title: headings.find(({ depth }) => depth === 1)?.text ?? "", markdown, headings, body };
    }),
  );
  return documents.map((document) => ({
    name: document.name,
    title: document.title,
    markdown: document.markdown,
    html: pageOf(document, documents),
  }));
}

/** The id of a heading, by the rule that GitHub follows: an address that works there works here. */
export function idOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

type Heading = { depth: number; id: string; text: string };
type Document = Omit<DocPage, "html"> & { headings: Heading[]; body: string };

function rank(name: string): number {
  const place = order.indexOf(name);
  return place === -1 ? order.length : place;
}

function bodyOf(markdown: string): { headings: Heading[]; body: string } {
  const headings: Heading[] = [];
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        headings.push({ depth, id: idOf(text), text: text.replaceAll(/[`*]/g, "") });
        return `<h${depth} id="${idOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        if (href.startsWith("https://")) return `<a href="${escapeHtml(href)}" rel="noopener">${text}</a>`;
        const [, page = "", id = ""] = /^(?:([a-z-]+)\.md)?(#[\w-]+)?$/.exec(href) ?? [];
        // A file of the project is not served; its name is still worth reading.
        return page || id ? `<a href="${page}${id}">${text}</a>` : text;
      },
      image: ({ href, text }) =>
        PICTURE.test(href) ? `<img src="${href}" alt="${escapeHtml(text)}" loading="lazy">` : escapeHtml(text),
      html: ({ text }) => escapeHtml(text),
    },
    hooks: {
      // What scrolls by itself can be reached with the keyboard. All text is escaped: these are our own tags.
      postprocess: (html) =>
        html
          .replaceAll("<pre>", '<pre tabindex="0">')
          .replaceAll("<table>", '<div class="wide" role="region" aria-label="Table" tabindex="0"><table>')
          .replaceAll("</table>", "</table></div>")
          .replaceAll(/<thead>\s*<tr>\s*(<th><\/th>\s*)+<\/tr>\s*<\/thead>/g, ""),
    },
  });
  const body = marked.parse(markdown, { async: false });
  return { headings, body };
}

function pageOf(document: Document, all: readonly Document[]): string {
  const links = all.map(({ name, title }) =>
    name === document.name
      ? `<li><a href="${name}" aria-current="page">${escapeHtml(title)}</a>${sectionsOf(document)}</li>`
      : `<li><a href="${name}">${escapeHtml(title)}</a></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escapeHtml(document.title)} · Vidhuk</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="docs.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><a href="/dashboard/">Vidhuk</a></header>
<main id="main" tabindex="-1">
${document.body}</main>
<nav aria-label="Documents">
<ul>
${links.join("\n")}
</ul>
</nav>
</body>
</html>
`;
}

function sectionsOf({ headings }: Document): string {
  const sections = headings.filter(({ depth }) => depth === 2);
  if (sections.length === 0) return "";
  return `<ul>${sections.map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`).join("")}</ul>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

const style = `:root {
  color-scheme: light dark;
  --ground: light-dark(#faf9f6, #161715);
  --ink: light-dark(#1c1d1b, #edece8);
  --quiet: light-dark(#5e605a, #a9aaa3);
  --line: light-dark(#e3e1da, #363733);
  --paper: light-dark(#ffffff, #1e1f1d);
  --accent: light-dark(#1f5c4d, #7fc9b3);
  font: 100%/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  background: var(--ground);
  color: var(--ink);
  scroll-padding-top: 1rem;
  -webkit-text-size-adjust: 100%;
}
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  max-width: 72rem;
  padding: 1rem clamp(1rem, 4vw, 2.5rem) 5rem;
  display: grid;
  grid-template: "header header" auto "nav main" 1fr / 14rem minmax(0, 44rem);
  gap: 1.5rem clamp(1.5rem, 5vw, 4rem);
}
header { grid-area: header; }
header a { color: inherit; font-weight: 700; text-decoration: none; }
main { grid-area: main; outline: none; overflow-wrap: break-word; }
nav { grid-area: nav; font-size: 0.9rem; line-height: 1.4; }
nav > ul { position: sticky; top: 1.25rem; max-height: calc(100vh - 2.5rem); overflow-y: auto; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav ul ul { margin: 0.1rem 0 0.5rem; padding-inline-start: 0.75rem; border-inline-start: 2px solid var(--line); }
nav a { display: block; padding: 0.3rem 0; color: var(--quiet); text-decoration: none; }
nav a:hover { color: var(--ink); text-decoration: underline; }
nav [aria-current] { color: var(--ink); font-weight: 600; }
h1, h2, h3 { line-height: 1.25; letter-spacing: -0.01em; text-wrap: balance; }
h1 { margin: 0 0 1.25rem; font-size: 1.8rem; }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.25rem; }
h3 { margin: 1.75rem 0 0.5rem; font-size: 1.05rem; }
p, ul, ol, pre, .wide { margin: 0 0 1rem; }
main ul, main ol { padding-inline-start: 1.4rem; }
main li { margin-bottom: 0.35rem; }
a { color: var(--accent); text-underline-offset: 0.15em; }
code { font: 0.875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
:not(pre) > code { padding: 0.1em 0.3em; border-radius: 4px; background: var(--line); }
pre { overflow-x: auto; padding: 0.9rem 1rem; border: 1px solid var(--line); border-radius: 10px; background: var(--paper); }
pre code { overflow-wrap: normal; }
img { display: block; width: 27.5rem; max-width: 100%; height: auto; border: 1px solid var(--line); border-radius: 10px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.9rem; line-height: 1.5; }
th, td { min-width: 6.5rem; padding: 0.55rem 1.25rem 0.55rem 0; text-align: start; vertical-align: top; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; top: -4rem; padding: 0.5rem 1rem; background: var(--paper); }
.skip:focus { top: 0.5rem; }
@media (max-width: 52rem) {
  body { grid-template: "header" auto "main" auto "nav" auto / minmax(0, 1fr); gap: 1rem; }
  nav { padding-top: 1.5rem; border-top: 1px solid var(--line); }
  nav > ul { position: static; max-height: none; }
  h1 { font-size: 1.5rem; }
}
@media print {
  nav, header, .skip { display: none; }
  body { display: block; }
}
`;

const headers = `/docs/*
  Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
`;

if (import.meta.main) await buildDocs();
