/** The forms in which a message can be written. A form that is built stands in this table, and nowhere else. */
import type { WebhookFormat } from "../../shared/vocabulary.ts";
import { eitherOf, webhookFormats } from "../../shared/vocabulary.ts";
import { invalid } from "../problem.ts";
import type { Message, WrittenMessage } from "./message.ts";
import { writeStandard } from "./standard.ts";

export type Form = {
  /** The message as it is sent; `now` (ms) is the time of the attempt. */
  write(message: Message, now: number): Promise<WrittenMessage>;
  /** Whether the form writes to a `chat`; the others refuse one. */
  hasChat: boolean;
};

const forms: Partial<Record<WebhookFormat, Form>> = {
  standard: { write: writeStandard, hasChat: false },
};

/** The form; throws `invalid` for one that is not built yet, and for a chat that it would not use. */
export function formOf(format: WebhookFormat, chat: string | null): Form {
  const form = forms[format];
  const built = webhookFormats.filter((each) => forms[each]);
  if (!form) throw invalid("/format", `is not built yet in this version, which has ${eitherOf(built)}`);
  if (chat !== null && !form.hasChat) throw invalid("/chat", `is not used by the format ${format}; leave it out`);
  return form;
}
