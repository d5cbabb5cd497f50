/** The forms in which a message can be written. A form that is built stands in this table, and nowhere else. */
import type { WebhookFormat } from "../../shared/vocabulary.ts";
import { invalid } from "../problem.ts";
import type { Form } from "./form.ts";
import { bitrix24 } from "./forms/bitrix24.ts";
import { discord } from "./forms/discord.ts";
import { email } from "./forms/email.ts";
import { googleChat } from "./forms/google-chat.ts";
import { slack } from "./forms/slack.ts";
import { teams } from "./forms/teams.ts";
import { telegram } from "./forms/telegram.ts";
import type { Message } from "./message.ts";
import type { Attempt, Sending } from "./send.ts";
import { send } from "./send.ts";
import { writeStandard } from "./standard.ts";

const forms: Record<WebhookFormat, Form> = {
  standard: { write: writeStandard, hasChat: false, send },
  slack,
  teams,
  discord,
  telegram,
  google_chat: googleChat,
  bitrix24,
  email,
};

/** Writes the message in the webhook's form and sends it once, now. The attempt has so many characters of the answer. */
export async function sendInForm(message: Message, sending: Sending, shown = 0): Promise<Attempt> {
  const form = formOf(message.webhook.format, message.webhook.chat);
  return form.send(await form.write(message, sending.clock()), sending, shown);
}

/** The form; throws `invalid` for a chat that it would not use. */
export function formOf(format: WebhookFormat, chat: string | null): Form {
  const form = forms[format];
  if (chat !== null && !form.hasChat) throw invalid("/chat", `is not used by the format ${format}; leave it out`);
  return form;
}
