/** What a form is: how a message is written for one kind of receiver, and sent. */
import type { Message, WrittenMessage } from "./message.ts";
import type { Sender } from "./send.ts";

/** What is wrong with a setting; `detail` is the end of a sentence that begins with the field's name. */
export type Misfit = { pointer: "/url" | "/chat"; detail: string };

export type Form = {
  /** The message as it is sent; `now` (ms) is the time of the attempt. */
  write(message: Message, now: number): Promise<WrittenMessage>;
  /** Whether the form writes to a `chat`; the others refuse one. */
  hasChat: boolean;
  /** What is wrong with an address, which is one that may be asked, or with the chat; null if both will do. */
  misfit?(url: URL, chat: string | null): Misfit | null;
  /** It writes to a mailbox: the address is `mailto:` and one address. The others are asked by HTTP. */
  isMail?: true;
  /** Sends what was written. The test of a webhook uses it too, so that what it says holds for messages. */
  send: Sender;
};
