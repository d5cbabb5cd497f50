/** The forms in which a message can be written. A form that is built stands in this table, and nowhere else. */
import type { WebhookFormat } from "../../shared/vocabulary.ts";
import { eitherOf, webhookFormats } from "../../shared/vocabulary.ts";
import { invalid } from "../problem.ts";
import type { Message, WrittenMessage } from "./message.ts";
import type { Attempt, Sender, Sending } from "./send.ts";
import { send } from "./send.ts";
import { writeStandard } from "./standard.ts";

export type Form = {
  /** The message as it is sent; `now` (ms) is the time of the attempt. */
  write(message: Message, now: number): Promise<WrittenMessage>;
  /** Whether the form writes to a `chat`; the others refuse one. */
  hasChat: boolean;
  /** Sends what was written. The test of a webhook uses it too, so that what it says holds for messages. */
  send: Sender;
};

const forms: Partial<Record<WebhookFormat, Form>> = {
  standard: { write: writeStandard, hasChat: false, send },
};

/** Writes the message in the webhook's form and sends it once, now. With `reads` the attempt has the beginning of the answer. */
export async function sendInForm(message: Message, sending: Sending, reads = false): Promise<Attempt> {
  const form = formOf(message.webhook.format, message.webhook.chat);
  return form.send(await form.write(message, sending.clock()), sending, reads);
}

/** The form; throws `invalid` for one that is not built yet, and for a chat that it would not use. */
export function formOf(format: WebhookFormat, chat: string | null): Form {
  const form = forms[format];
  const built = webhookFormats.filter((each) => forms[each]);
  if (!form) throw invalid("/format", `is not built yet in this version, which has ${eitherOf(built)}`);
  if (chat !== null && !form.hasChat) throw invalid("/chat", `is not used by the format ${format}; leave it out`);
  return form;
}
