/** Sends the parts of a file in their order. After a cut it goes on with the part that did not arrive; a part may come twice. */
import type { Part } from "../files/lines.ts";
import type { PartReply, Refusal, Reply } from "./api.ts";
import { wait } from "./wait.ts";

/** So often a part is sent before the reader is told; the waits between double, and are 3.5 seconds together. */
const TRIES = 4;
const FIRST_WAIT_MS = 500;

/** How the sending ended: all is sent; a part was refused, or did not arrive; its lines are refused; the reader stopped it. */
export type Ending =
  | { how: "done" }
  | { how: "refused"; refusal: Refusal }
  | { how: "lines"; part: Part; reply: PartReply }
  | { how: "stopped" }
  /** The file changed or went away while it was read, or it cannot be read. */
  | { how: "unreadable"; error: unknown };

export type Sending = {
  /** Sends what is left. It may be called again after each ending but `done` and `unreadable`. */
  goOn(signal: AbortSignal): Promise<Ending>;
};

/** `onPart` is called after each part that the collector took. */
export function sendParts<Sent extends Part>(
  parts: AsyncIterator<Sent>,
  send: (part: Sent, signal: AbortSignal) => Promise<Reply<PartReply>>,
  onPart: (part: Sent, reply: PartReply) => void,
): Sending {
  let pending: Sent | null = null;
  return {
    async goOn(signal) {
      for (;;) {
        try {
          pending ??= (await parts.next()).value ?? null;
        } catch (error) {
          return { how: "unreadable", error };
        }
        if (pending === null) return { how: "done" };
        if (signal.aborted) return { how: "stopped" };
        const part = pending;
        const reply = await sendPatiently(() => send(part, signal), signal);
        if (reply.ok && reply.value.isStored) {
          pending = null;
          onPart(part, reply.value);
          continue;
        }
        if (signal.aborted) return { how: "stopped" };
        return reply.ok ? { how: "lines", part, reply: reply.value } : { how: "refused", refusal: reply.refusal };
      }
    },
  };
}

async function sendPatiently(send: () => Promise<Reply<PartReply>>, signal: AbortSignal): Promise<Reply<PartReply>> {
  for (let tries = 1; ; tries++) {
    const reply = await send();
    if (reply.ok || !isPassing(reply.refusal) || tries === TRIES || signal.aborted) return reply;
    await wait(FIRST_WAIT_MS * 2 ** (tries - 1), signal);
  }
}

/** Whether the same may succeed a moment later. */
function isPassing({ status }: Refusal): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}
