/** Answers on their way: each stays on the device until the collector has confirmed that very revision. */
import type { ResponseBody } from "../shared/schema/response.ts";
import type { Asking } from "./asking.ts";
import type { Kept, Memory } from "./memory.ts";
import type { Reply } from "./transport.ts";
import { post } from "./transport.ts";

export const send = (host: string, body: ResponseBody): Promise<Reply> => post(`${host}/v1/responses`, body);

export const isStored = ({ status }: Reply) => status === 200 || status === 201;

/** Marks the revision as confirmed; an entry whose conversation is over leaves the device. */
export function confirm(memory: Memory, id: string, rev: number | undefined): void {
  memory.change((kept) => {
    const entry = kept.outbox?.[id];
    if (entry?.body.rev === rev) entry!.sent = rev!;
    sweep(kept);
  });
}

/** The conversation is over: what is confirmed goes. */
export function finish(memory: Memory, id: string): void {
  memory.tab("");
  memory.change((kept) => {
    delete kept.outbox?.[id]?.step;
    sweep(kept);
  });
}

function sweep(kept: Kept): void {
  for (const [id, entry] of Object.entries(kept.outbox ?? {}))
    if (entry.sent === entry.body.rev && entry.step == null) delete kept.outbox![id];
  if (!Object.keys(kept.outbox ?? {})[0]) delete kept.outbox;
}

/** The quick way: one try. Whatever is not plain success is for the slow way, in a file of its own. */
export async function deliver(asking: Asking, body: ResponseBody): Promise<void> {
  const { id, rev } = body;
  if (isStored(await send(asking.host, { ...body }))) confirm(asking.memory, id, rev);
  else slowly(asking);
}

function slowly(asking: Asking): void {
  import(/* @vite-ignore */ `./resend.${BUILD}.js`).then(
    (module) => module.resend(asking),
    () => addEventListener("online", () => slowly(asking), { once: true }),
  );
}
