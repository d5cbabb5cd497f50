/**
 * Discord: a webhook of a channel. Its Markdown takes a backslash before any ASCII punctuation for "this is meant to the letter", so
 * that nothing is a style, a mention, an emoji or a link. Nobody is notified, whatever stands in the text: `allowed_mentions`.
 */

import type { RespondentGroup } from "../../../shared/questions.ts";
import type { Fact, Summary } from "../summary.ts";
import { commentWithin } from "../summary.ts";
import { fieldOf, secondsIn, textOf } from "../verdict.ts";
import { forPeople } from "./for-people.ts";

/** UTF-16 units of an embed's description, as it is sent. */
const DESCRIPTION = 4096;

const COLOURS: Record<RespondentGroup, number> = { promoter: 0x2e7d32, passive: 0x8d6e00, detractor: 0xc62828 };
const NO_COLOUR = 0x607d8b;

const PUNCTUATION = /[!-/:-@[-`{-~]/g;

export const discord = forPeople({
  misfit({ pathname }) {
    if (/^\/api(\/v\d+)?\/webhooks\/\d+\/[^/]+$/.test(pathname)) return null;
    return {
      pointer: "/url",
      detail: "must be that of a webhook of a channel: …/api/webhooks/ with a number and a token",
    };
  },
  request(summary, { webhook }) {
    const url = new URL(webhook.url);
    // Without it Discord answers before it has looked whether the message can be posted.
    url.searchParams.set("wait", "true");
    return { url: url.href, body: bodyOf(summary) };
  },
  judge({ status, json }) {
    if (status === 204 || (status === 200 && textOf(fieldOf(json, "id")) !== "")) return { refusal: null };
    return { refusal: textOf(fieldOf(json, "message")), retryAfterMs: secondsIn(fieldOf(json, "retry_after")) };
  },
});

function bodyOf(summary: Summary): object {
  const { title, note, scores, facts, link, group } = summary;
  const lines = [...(note === null ? [] : [note]), ...scores].map(literal);
  const description = descriptionOf(summary, facts);
  const embed = {
    ...(link && { title: literal(link.text), url: link.url }),
    ...(description !== "" && { description }),
    color: group === null ? NO_COLOUR : COLOURS[group],
  };
  return {
    content: [`**${literal(title)}**`, ...lines].join("\n"),
    embeds: link === null && description === "" ? [] : [embed],
    allowed_mentions: { parse: [] },
  };
}

function descriptionOf(summary: Summary, facts: readonly Fact[]): string {
  const last = facts.map(({ name, value }) => `**${literal(`${name}:`)}** ${literal(value)}`).join("\n");
  const room = DESCRIPTION - last.length - 2;
  const comment = literal(commentWithin(summary, room, (character) => literal(character).length));
  return [comment, last].filter(Boolean).join("\n\n");
}

function literal(text: string): string {
  return text.replace(PUNCTUATION, "\\$&");
}
