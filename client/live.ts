/** Server-sent events of one survey, read with the key in a header; goes on by itself where it left off. */
import { VidhukError } from "./error.ts";
import type { Query, Transport } from "./transport.ts";
import { pause, waitOf } from "./transport.ts";
import type { CommentItem, Metrics, MoreComments } from "./types.ts";

/** `more`: so many comments came that they were not told one by one; read them at `path`. */
export type LiveEvent =
  | { type: "metrics"; data: Metrics }
  | { type: "comment"; data: CommentItem }
  | { type: "more"; data: MoreComments };

type Heard = { id: string; retryMs: number };

/**
 * Events without end; `break` or the signal ends them. After a cut it goes on behind the last event; it throws where the
 * collector refuses, or cannot be reached `retries` times one after the other.
 */
export async function* live(
  transport: Transport,
  path: string,
  query: Query,
  signal: AbortSignal | undefined,
): AsyncGenerator<LiveEvent> {
  const heard: Heard = { id: "", retryMs: 1000 };
  for (let failures = 0; ; ) {
    const headers = { Accept: "text/event-stream", ...(heard.id !== "" && { "Last-Event-ID": heard.id }) };
    try {
      const reply = await transport.open("GET", path, { query, headers, signal });
      for await (const event of eventsOf(reply, heard, transport.options.timeoutMs)) {
        failures = 0;
        yield event;
      }
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (error instanceof VidhukError || failures >= transport.options.retries) throw error;
      await pause(waitOf({ retryAfter: null }, failures++), signal);
    }
    await pause(heard.retryMs, signal);
  }
}

async function* eventsOf(reply: Response, heard: Heard, idleMs: number): AsyncGenerator<LiveEvent> {
  const reader = (reply.body ?? new ReadableStream<Uint8Array>()).getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (;;) {
      const { done, value } = await within(reader.read(), idleMs);
      if (done) return;
      text += decoder.decode(value, { stream: true });
      for (let end = text.indexOf("\n\n"); end !== -1; end = text.indexOf("\n\n")) {
        const event = eventOf(text.slice(0, end), heard);
        text = text.slice(end + 2);
        if (event) yield event;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** The event of a block of lines; null for a comment, and for an event that this version does not know. */
function eventOf(block: string, heard: Heard): LiveEvent | null {
  const fields: Record<string, string> = {};
  for (const line of block.split("\n")) {
    const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (name !== undefined) fields[name] = value ?? "";
  }
  if (fields.retry !== undefined) heard.retryMs = Number(fields.retry);
  if (fields.id !== undefined) heard.id = fields.id;
  const { event: type, data } = fields;
  return data !== undefined && (type === "metrics" || type === "comment" || type === "more")
    ? { type, data: JSON.parse(data) }
    : null;
}

/** Fails where nothing came for so long: the connection is dead. The collector sends something every 15 seconds. */
async function within<Result>(result: Promise<Result>, ms: number): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came for ${ms} ms`)), ms);
  });
  return Promise.race([result, late]).finally(() => clearTimeout(timer));
}
