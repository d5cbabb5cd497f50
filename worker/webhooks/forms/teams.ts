/**
 * Microsoft Teams: the webhook of a workflow, which posts an Adaptive Card. All text stands in `TextRun`s: unlike `TextBlock` and facts
 * these know no Markdown, and a mention would be an entity of the card.
 */
import type { Summary } from "../summary.ts";
import { commentWithin } from "../summary.ts";
import { fieldOf, textOf } from "../verdict.ts";
import { forPeople } from "./for-people.ts";

/** Characters of a comment, and lines of it: a card has 28 kB at most, and each line is a block. */
const COMMENT = 3000;
const LINES = 30;

/** Hosts of the connectors of Office 365, which Microsoft has ended. */
const CONNECTOR = /(^|\.)(webhook\.office\.com|outlook\.office(365)?\.com)$/;

export const teams = forPeople({
  misfit({ hostname }) {
    if (CONNECTOR.test(hostname))
      return { pointer: "/url", detail: "is of an Office 365 connector, which Microsoft has ended; make a workflow" };
    return null;
  },
  request: (summary) => ({
    body: {
      type: "message",
      attachments: [
        { contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content: cardOf(summary) },
      ],
    },
  }),
  judge({ status, text, json }) {
    // 202: the workflow will run. A workflow may have a step that answers otherwise.
    if (status >= 200 && status < 300 && !/error|bad payload/i.test(text)) return { refusal: null };
    return { refusal: textOf(fieldOf(fieldOf(json, "error"), "message")) || text };
  },
});

function cardOf(summary: Summary): object {
  const { title, note, scores, comment, facts, link } = summary;
  const lines = [...(note === null ? [] : [note]), ...scores];
  const quoted = comment === null ? [] : linesOf(commentWithin(summary, COMMENT));
  return {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    msteams: { width: "Full" },
    body: [
      block([run(title, { weight: "Bolder", size: "Medium" })]),
      ...lines.map((line) => block([run(line)], "Small")),
      ...(quoted.length === 0
        ? []
        : [{ type: "Container", style: "emphasis", items: quoted.map((line) => block([run(line)], "None")) }]),
      ...facts.map(({ name, value }) => block([run(`${name}: `, { weight: "Bolder" }), run(value)], "Small")),
    ],
    actions: link === null ? [] : [{ type: "Action.OpenUrl", title: link.text, url: link.url }],
  };
}

/** Clients differ in whether a line break within a run is shown, so each line is a block; further ones stand in the last. */
function linesOf(comment: string): string[] {
  const lines = comment.split("\n");
  return lines.length <= LINES ? lines : [...lines.slice(0, LINES - 1), lines.slice(LINES - 1).join(" ↵ ")];
}

function block(inlines: object[], spacing = "Default"): object {
  return { type: "RichTextBlock", spacing, inlines };
}

function run(text: string, look: object = {}): object {
  // An empty run is refused.
  return { type: "TextRun", text: text || " ", ...look };
}
