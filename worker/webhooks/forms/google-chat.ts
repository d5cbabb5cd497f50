/**
 * Google Chat: a webhook of a space, which posts a card. Texts of a card may have a few tags of HTML, so these are escaped; mentions
 * such as `<users/all>` mean something in plain messages alone. Titles and labels have no tags, and no escapes either.
 */
import { withoutLinks, withoutTags } from "../literal.ts";
import type { Summary } from "../summary.ts";
import { commentWithin } from "../summary.ts";
import { fieldOf, textOf } from "../verdict.ts";
import { forPeople } from "./for-people.ts";

/** Characters of a comment: a card has 32 kB at most. */
const COMMENT = 3000;

export const googleChat = forPeople({
  misfit({ pathname, searchParams }) {
    if (/^\/v1\/spaces\/[^/]+\/messages$/.test(pathname) && searchParams.has("key") && searchParams.has("token"))
      return null;
    return { pointer: "/url", detail: "must be that of a webhook of a space: …/v1/spaces/…/messages?key=…&token=…" };
  },
  request: (summary) => ({
    body: {
      cardsV2: [{ cardId: "vidhuk", card: cardOf(summary) }],
      fallbackText: withoutTags([summary.title, ...summary.scores].join(" · ")),
    },
  }),
  judge({ status, json }) {
    if (status === 200 && textOf(fieldOf(json, "name")) !== "") return { refusal: null };
    return { refusal: textOf(fieldOf(fieldOf(json, "error"), "message")) };
  },
});

function cardOf(summary: Summary): object {
  const { title, note, scores, comment, facts, link } = summary;
  const lines = [...(note === null ? [] : [note]), ...scores];
  const widgets = [
    ...(lines.length === 0 ? [] : [{ textParagraph: { text: escaped(lines.join("\n")) } }]),
    ...(comment === null ? [] : [{ textParagraph: { text: escaped(commentWithin(summary, COMMENT)) } }]),
    ...facts.map(({ name, value }) => ({
      decoratedText: { topLabel: withoutTags(name), text: escaped(value), wrapText: true },
    })),
    ...(link === null
      ? []
      : [{ buttonList: { buttons: [{ text: link.text, onClick: { openLink: { url: link.url } } }] } }]),
  ];
  return { header: { title: withoutTags(title) }, sections: [{ widgets }] };
}

function escaped(text: string): string {
  return withoutLinks(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
