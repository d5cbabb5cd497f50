/** Answers on their way: each stays on the device until the collector has confirmed that very revision. */
import type { ResponseBody } from "../../shared/schema/response.ts";
import type { Reply } from "../transport.ts";
import { post } from "../transport.ts";

export const send = (host: string, body: ResponseBody, by = post): Promise<Reply> => by(`${host}/v1/responses`, body);

/**
 * Whether the reply is the collector's receipt for this response. A service worker, a proxy or the Wi-Fi of a hotel says
 * 200 too, and some send back what they were sent, which has no time of storing. The collector may have put another time
 * into the id, where the device's clock is wrong; the random part after it stays.
 */
export const isReceipt = ({ body }: Reply, { id }: ResponseBody) =>
  body?.created_at && body.id?.endsWith?.(id.slice(13));
