/** Lists of any length, in constant memory. */
import { VidhukError } from "./error.ts";
import type { Query, Transport } from "./transport.ts";
import type { Page } from "./types.ts";

export type Asked = { signal?: AbortSignal | undefined };

/** A list: all of it with `for await`, or a page of it. */
export type Listing<Item> = AsyncIterable<Item> & {
  /** The page that begins at `cursor`, the `next` of the page before; without it the first. */
  page(cursor?: string | null): Promise<Page<Item>>;
};

/** The items of one page where a list is read from end to end. */
const WHOLE_PAGE = 100;
/** Responses of one part of a stream. */
const PART = 1000;

export function listing<Item>(
  transport: Transport,
  path: string,
  query: Query = {},
  { signal }: Asked = {},
): Listing<Item> {
  const page = (cursor?: string | null, limit = query.limit) =>
    transport.json<Page<Item>>("GET", path, { query: { ...query, limit, cursor }, signal });
  return {
    page,
    async *[Symbol.asyncIterator]() {
      for (let cursor: string | null = null; ; ) {
        const { items, next }: Page<Item> = await page(cursor, query.limit ?? WHOLE_PAGE);
        yield* items;
        if (next === null) return;
        cursor = next;
      }
    },
  };
}

/**
 * All responses as texts of `accept`, each of whole rows. They come in parts, each of which is asked for again where it was cut,
 * so that a long history passes the limits of one request; a part that fails again is asked for in half the size.
 */
export async function* parts(
  transport: Transport,
  path: string,
  accept: "text/csv" | "application/x-ndjson",
  query: Query = {},
  { signal }: Asked = {},
): AsyncGenerator<string> {
  let limit = PART;
  let columns: string | null = null;
  for (let cursor: string | null = null; ; ) {
    const asked: Query = { ...query, limit, cursor };
    const part = transport.read("GET", path, { query: asked, headers: { Accept: accept }, signal }, async (reply) => {
      const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await reply.arrayBuffer());
      if (!isWhole(text, accept)) throw new VidhukError("the part broke off", { code: "network" });
      return { text, columns: reply.headers.get("Vidhuk-Columns"), next: nextOf(reply.headers.get("Link")) };
    });
    try {
      const { text, columns: named, next } = await part;
      if (columns !== null && named !== columns)
        throw new VidhukError("the columns have changed meanwhile: begin again", { code: "conflict", status: 409 });
      columns = named;
      if (text !== "") yield text;
      if (next === null) return;
      cursor = next;
    } catch (error) {
      const isTooMuch = error instanceof VidhukError && (error.status === 0 || error.status >= 500);
      if (!isTooMuch || limit === 1) throw error;
      limit = Math.ceil(limit / 10);
    }
  }
}

/** Whether a text ends where a row ends; in a CSV a line break between quotation marks ends none. */
function isWhole(text: string, accept: string): boolean {
  if (accept !== "text/csv") return text === "" || text.endsWith("\n");
  return text === "" || (text.endsWith("\r\n") && text.split('"').length % 2 === 1);
}

function nextOf(link: string | null): string | null {
  const [, address] = /<([^>]+)>; rel="next"/.exec(link ?? "") ?? [];
  return address === undefined ? null : new URL(address, "http://_").searchParams.get("cursor");
}
