/**
 * Bitrix24: an inbound webhook, which may call methods as the employee who made it. The chat says what becomes of a message: a deal, a
 * task, or a comment in the timeline of something in the CRM. Bitrix24 shows BBCode, for which there is no escape, and some HTML.
 */
import { withoutLinks, withoutTags } from "../literal.ts";
import type { Message } from "../message.ts";
import { fitted } from "../plain.ts";
import type { Summary } from "../summary.ts";
import { commentWithin } from "../summary.ts";
import { fieldOf, textOf } from "../verdict.ts";
import { forPeople } from "./for-people.ts";

/** Characters of a title, and of a comment in the text. */
const TITLE = 200;
const COMMENT = 3000;

/** The address up to the code of the webhook, and the employee's number in it. What stands behind it is Bitrix24's example of a method. */
const ADDRESS = /^(?<base>.*\/rest\/(?<employee>\d+)\/[^/]+)(\/.*)?$/;
const TASKS = /^tasks(?::(?<employee>\d{1,10}))?$/;
const CARD = /^(?<type>lead|deal|contact|company|order|dynamic_\d{1,10}):(?<id>\d{1,10})$/;

export const bitrix24 = forPeople({
  hasChat: true,
  misfit({ pathname }, chat) {
    if (!ADDRESS.test(pathname))
      return { pointer: "/url", detail: "must be that of an inbound webhook: …/rest/ with a number and a code" };
    if (chat === null || !(chat === "deals" || TASKS.test(chat) || CARD.test(chat)))
      return {
        pointer: "/chat",
        detail:
          "must be deals, tasks, tasks:15 with an employee's number, or deal:123 with the number of a deal, lead, contact or company",
      };
    return null;
  },
  request(summary, message) {
    const url = new URL(message.webhook.url);
    const { base = "", employee = "" } = ADDRESS.exec(url.pathname)?.groups ?? {};
    const { method, fields } = callOf(summary, message, employee);
    url.pathname = `${base}/${method}`;
    return { url: url.href, body: { fields } };
  },
  judge({ json }) {
    const error = textOf(fieldOf(json, "error"));
    const isDone = Boolean(fieldOf(json, "result")) && error === "";
    return { refusal: isDone ? null : textOf(fieldOf(json, "error_description")) || error };
  },
});

function callOf(summary: Summary, { id, webhook }: Message, owner: string): { method: string; fields: object } {
  const chat = webhook.chat ?? "";
  const title = fitted(literal(summary.title), TITLE).shown;
  const card = CARD.exec(chat)?.groups;
  if (card) {
    const fields = {
      ENTITY_TYPE: card.type,
      ENTITY_ID: Number(card.id),
      COMMENT: `${title}\n${textOfMessage(summary)}`,
    };
    return { method: "crm.timeline.comment.add", fields };
  }
  const tasks = TASKS.exec(chat);
  if (tasks) {
    const employee = Number(tasks.groups?.employee ?? owner);
    const fields = { TITLE: title, DESCRIPTION: textOfMessage(summary), RESPONSIBLE_ID: employee };
    return { method: "tasks.task.add", fields };
  }
  // By the message's id somebody can tell a deal that was made twice, after an answer that did not come.
  const origin = { ORIGINATOR_ID: "vidhuk", ORIGIN_ID: id };
  return { method: "crm.deal.add", fields: { TITLE: title, COMMENTS: textOfMessage(summary), ...origin } };
}

function textOfMessage(summary: Summary): string {
  const { note, scores, comment, facts, link } = summary;
  const parts = [
    [...(note === null ? [] : [note]), ...scores].map(literal),
    comment === null ? [] : [literal(commentWithin(summary, COMMENT))],
    facts.map(({ name, value }) => `${literal(name)}: ${literal(value)}`),
    link === null ? [] : [`${link.text}: ${link.url}`],
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** `&` stays where it begins no entity. */
function literal(text: string): string {
  return withoutTags(withoutLinks(text))
    .replaceAll("[", "［")
    .replaceAll("]", "］")
    .replace(/&(?=#|\w+;)/g, "＆");
}
