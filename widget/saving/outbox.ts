/** Answers on their way: each stays on the device until the collector has confirmed that very revision. */
import type { ResponseBody } from "../../shared/schema/response.ts";
import type { Kept } from "../memory.ts";
import type { Page } from "../page.ts";
import type { Reply } from "../transport.ts";
import { post } from "../transport.ts";

export const send = (host: string, body: ResponseBody): Promise<Reply> => post(`${host}/v1/responses`, body);

export const isStored = ({ status }: Reply) => status === 200 || status === 201;

export function confirm(page: Page, id: string, rev: number | undefined): void {
  page.memory.keep((kept) => {
    const entry = kept.outbox?.[id];
    if (entry && rev === entry.body.rev) entry.sent = rev!;
    sweep(kept);
  });
}

/** What is confirmed, and of no conversation that goes on, leaves the device. */
export function sweep(kept: Kept): void {
  for (const [id, { sent, body, step }] of Object.entries(kept.outbox ?? {}))
    if (sent === body.rev && step == null) delete kept.outbox![id];
  if (!Object.keys(kept.outbox ?? {})[0]) delete kept.outbox;
}
