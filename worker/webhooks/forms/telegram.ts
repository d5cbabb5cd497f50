/**
 * Telegram: a bot writes to a chat. The text has no markup; what is bold stands in `entities`. Telegram makes links and mentions of
 * what looks like one, but not within `code` and `pre`, so everything that strangers wrote is in these.
 */
import type { Summary } from "../summary.ts";
import { commentWithin } from "../summary.ts";
import { fieldOf, secondsIn, textOf } from "../verdict.ts";
import { forPeople } from "./for-people.ts";

/** Of a text; counted here in UTF-16 units, of which it never has fewer than characters. */
const TEXT = 4096;

type Style = { type: "bold" | "code" | "pre" } | { type: "text_link"; url: string };
/** Offset and length in UTF-16 units, as in a string of JavaScript. */
type Entity = Style & { offset: number; length: number };

export const telegram = forPeople({
  hasChat: true,
  misfit({ pathname }, chat) {
    if (!/\/bot\d+:[\w-]+\/sendMessage$/.test(pathname))
      return {
        pointer: "/url",
        detail: "must be https://api.telegram.org/bot…/sendMessage with the bot's token after bot",
      };
    if (chat === null || !/^(-?\d{1,20}|@[A-Za-z]\w{3,})$/.test(chat))
      return {
        pointer: "/chat",
        detail: "must be the chat's number, such as -1001234567890, or the @name of a channel",
      };
    return null;
  },
  request: (summary, { webhook }) => ({
    body: { chat_id: webhook.chat, ...textOfMessage(summary), link_preview_options: { is_disabled: true } },
  }),
  judge({ json }) {
    if (fieldOf(json, "ok") === true) return { refusal: null };
    const parameters = fieldOf(json, "parameters");
    const moved = fieldOf(parameters, "migrate_to_chat_id");
    const advice = moved === undefined ? "" : ` The chat's number is ${moved} now.`;
    return {
      refusal: `${textOf(fieldOf(json, "description"))}${advice}`,
      retryAfterMs: secondsIn(fieldOf(parameters, "retry_after")),
    };
  },
});

function textOfMessage(summary: Summary): { text: string; entities: Entity[] } {
  const around = written(summary, "");
  return written(
    summary,
    commentWithin(summary, TEXT - around.text.length, (character) => character.length),
  );
}

function written({ title, note, scores, comment, facts, link }: Summary, shown: string) {
  let text = "";
  const entities: Entity[] = [];
  const add = (part: string, style?: Style) => {
    if (style && part !== "") entities.push({ ...style, offset: text.length, length: part.length });
    text += part;
  };
  add(title, { type: "bold" });
  for (const line of [...(note === null ? [] : [note]), ...scores]) add(`\n${line}`);
  if (comment !== null) {
    add("\n\n");
    add(shown, { type: "pre" });
  }
  if (facts.length > 0) add("\n");
  for (const { name, value } of facts) {
    add(`\n${name}: `);
    add(value, { type: "code" });
  }
  if (link) {
    add("\n\n");
    add(link.text, { type: "text_link", url: link.url });
  }
  return { text, entities };
}
