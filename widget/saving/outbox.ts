/** Answers on their way: each stays on the device until the collector has confirmed that very revision. */
import type { ResponseBody } from "../../shared/schema/response.ts";
import type { Reply } from "../transport.ts";
import { post } from "../transport.ts";

export const send = (host: string, body: ResponseBody): Promise<Reply> => post(`${host}/v1/responses`, body);

export const isStored = ({ status }: Reply) => status === 200 || status === 201;
