/** The only fetch of the client: addresses, the key, waiting times, and what is sent again. */
import { errorOf, VidhukError } from "./error.ts";

export type Options = {
  /** Where the collector is: `https://feedback.example`. */
  url: string;
  /** A key made by `POST /v1/keys`, or the admin token. In a page of the collector's own host it may be left out: its cookie speaks. */
  key?: string;
  /** How often a call that may be repeated is sent again; 4 where nothing is said, 0: never. */
  retries?: number;
  /** How long a call may take, and how long nothing may come of live events, in ms; 30,000 where nothing is said. */
  timeoutMs?: number;
  /** The longest wait before a call is sent again, in ms; a longer `Retry-After` ends the call. 60,000 where nothing is said. */
  longestWaitMs?: number;
  /** Another fetch than the platform's. */
  fetch?: typeof globalThis.fetch;
};

export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined>;

export type Call = {
  query?: Query | undefined;
  /** Sent as JSON; a string as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** Whether the same call sent twice does what it does sent once; so of every method but POST where nothing is said. */
  repeatable?: boolean;
  /** Whether a 422 is a reply to be read, as of an import with lines that are refused. */
  reads422?: boolean;
};

export type Transport = {
  /** The reply of a call, its body not read yet. Throws `VidhukError`, or the reason of an aborted signal. */
  open(method: string, path: string, call?: Call): Promise<Response>;
  /** The same, its body read by `read`, whose failures are a broken reply's: the call is sent again where it may be. */
  read<Result>(method: string, path: string, call: Call, read: (reply: Response) => Promise<Result>): Promise<Result>;
  /** The JSON of the reply; undefined for 204. */
  json<Result>(method: string, path: string, call?: Call): Promise<Result>;
  options: Required<Pick<Options, "retries" | "timeoutMs">>;
};

const FIRST_WAIT_MS = 500;

export function transportOf(options: Options): Transport {
  const { key, retries = 4, timeoutMs = 30_000, longestWaitMs = 60_000 } = options;
  const base = options.url.replace(/\/+$/, "");
  // Called as a plain function: Workers and browsers refuse a fetch that is called as a method of something else.
  const ownFetch = options.fetch;
  const send: typeof fetch = (...sent) => (ownFetch ? ownFetch(...sent) : fetch(...sent));

  const once = async <Result>(
    method: string,
    path: string,
    { query, body, headers, signal, reads422 = false }: Call,
    read: (reply: Response) => Promise<Result>,
  ): Promise<Result> => {
    const timer = timerOf(timeoutMs);
    const aborted = signal ? AbortSignal.any([signal, timer.signal]) : timer.signal;
    try {
      const reply = await send(base + withQuery(path, query), {
        method,
        headers: {
          ...(key !== undefined && { Authorization: `Bearer ${key}` }),
          ...(body !== undefined && { "Content-Type": "application/json" }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
        signal: aborted,
      });
      if (!reply.ok && !(reads422 && reply.status === 422)) throw await errorOf(reply);
      return await read(reply);
    } catch (error) {
      if (error instanceof VidhukError) throw error;
      if (signal?.aborted) throw signal.reason;
      const took = `no reply within ${timeoutMs} ms`;
      if (timer.signal.aborted) throw new VidhukError(took, { code: "timeout", cause: error });
      throw new VidhukError(error instanceof Error ? error.message : String(error), { code: "network", cause: error });
    } finally {
      timer.stop();
    }
  };

  const read: Transport["read"] = async (method, path, call, reader) => {
    const repeatable = call.repeatable ?? method !== "POST";
    for (let attempt = 0; ; attempt++) {
      try {
        return await once(method, path, call, reader);
      } catch (error) {
        if (!(error instanceof VidhukError)) throw error;
        // What was deleted by the call before, whose reply was lost, is not there any more.
        if (method === "DELETE" && attempt > 0 && error.status === 404) return undefined as never;
        const wait = waitOf(error, attempt);
        const again = error.code === "rate_limited" || (repeatable && isPassing(error));
        if (!again || attempt >= retries || wait > longestWaitMs) throw error;
        await pause(wait, call.signal);
      }
    }
  };

  return {
    read,
    open: (method, path, call = {}) => read(method, path, call, async (reply) => reply),
    json: (method, path, call = {}) =>
      read(method, path, call, async (reply) => (reply.status === 204 ? undefined : await reply.json())),
    options: { retries, timeoutMs },
  };
}

/** Whether the same call may succeed a moment later. */
function isPassing({ code, status }: VidhukError): boolean {
  return code === "network" || code === "timeout" || status === 408 || status === 429 || status >= 500;
}

/** How long to wait before the attempt after this one, in ms: twice as long each time, and never all clients at once. */
export function waitOf({ retryAfter }: Pick<VidhukError, "retryAfter">, attempt: number): number {
  const own = FIRST_WAIT_MS * 2 ** attempt * (0.5 + Math.random() / 2);
  return Math.max(own, (retryAfter ?? 0) * 1000);
}

/** Waits; throws the signal's reason as soon as it is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

function timerOf(ms: number): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ms);
  return { signal: controller.signal, stop: () => clearTimeout(timer) };
}

function withQuery(path: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined && each !== null) params.append(name, String(each));
  const text = params.toString();
  return text === "" ? path : `${path}?${text}`;
}
