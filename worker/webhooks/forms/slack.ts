/**
 * Slack: an incoming webhook. Everything stands in a `rich_text` block, whose text elements Slack shows to the letter: mentions, links
 * and styles would be elements of their own. Only `text`, which notifications show, is in Slack's markup.
 */
import type { Summary } from "../summary.ts";
import { commentWithin } from "../summary.ts";
import { forPeople } from "./for-people.ts";

/** Characters of a comment; Slack refuses blocks that are much longer. */
const COMMENT = 3000;

type Element = { type: "text"; text: string; style?: { bold: true } } | { type: "link"; url: string; text: string };

export const slack = forPeople({
  misfit({ pathname }) {
    // A workflow of Slack takes fields that its maker has named, and no message.
    if (/^\/(triggers|workflows)\//.test(pathname))
      return {
        pointer: "/url",
        detail: "is of a workflow; make an incoming webhook, whose address has /services/ in it",
      };
    return null;
  },
  request: (summary) => ({
    body: {
      text: escaped([summary.title, ...summary.scores].join(" · ")),
      blocks: [{ type: "rich_text", elements: sectionsOf(summary) }],
      unfurl_links: false,
      unfurl_media: false,
    },
  }),
  judge({ status, text }) {
    return { refusal: status === 200 && text.trim() === "ok" ? null : text };
  },
});

function sectionsOf(summary: Summary): object[] {
  const { title, note, scores, comment, facts, link } = summary;
  const lines = [...(note === null ? [] : [note]), ...scores].join("\n");
  const sections = [section([bold(title), ...(lines === "" ? [] : [text(`\n${lines}`)])])];
  if (comment !== null) sections.push({ type: "rich_text_quote", elements: [text(commentWithin(summary, COMMENT))] });
  const last: Element[] = facts.flatMap(({ name, value }) => [bold(`${name}: `), text(`${value}\n`)]);
  if (link) last.push({ type: "link", ...link });
  if (last.length > 0) sections.push(section(last));
  return sections;
}

function section(elements: Element[]): { type: string; elements: Element[] } {
  return { type: "rich_text_section", elements };
}

function text(text: string): Element {
  return { type: "text", text };
}

function bold(text: string): Element {
  return { type: "text", text, style: { bold: true } };
}

/** The three characters by which Slack's markup begins what is no text. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
