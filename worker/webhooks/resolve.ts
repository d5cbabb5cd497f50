/**
 * The addresses of a name, asked by DNS over HTTPS: a Worker cannot ask the system. The platform resolves the name once more when
 * the message is sent, and no Worker can tell it which address to take: docs/threat-model.md says what that leaves open.
 */

/** Two services that answer in the same JSON. The second is asked where the first does not answer. */
const SERVICES = ["https://cloudflare-dns.com/dns-query", "https://dns.google/resolve"];
const TIMEOUT_MS = 3000;
const NO_ERROR = 0;
const NO_SUCH_NAME = 3;
/** The numbers of the kinds of records that hold an address: A and AAAA. */
const ADDRESS_KINDS = [1, 28];

type Reply = { Status?: unknown; Answer?: { type: number; data: string }[] };

/** All addresses of the name, none where it has none; null if no service could say. */
export async function addressesOf(fetch: typeof globalThis.fetch, name: string): Promise<string[] | null> {
  for (const service of SERVICES) {
    const found = await Promise.all(ADDRESS_KINDS.map((kind) => ask(fetch, service, name, kind)));
    if (found.every((each) => each !== null)) return found.flat();
  }
  return null;
}

async function ask(
  fetch: typeof globalThis.fetch,
  service: string,
  name: string,
  kind: number,
): Promise<string[] | null> {
  try {
    const reply = await fetch(`${service}?name=${encodeURIComponent(name)}&type=${kind}`, {
      headers: { Accept: "application/dns-json" },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!reply.ok) return null;
    const { Status, Answer = [] } = await reply.json<Reply>();
    if (Status !== NO_ERROR && Status !== NO_SUCH_NAME) return null;
    // Of a chain of names the last has the address.
    return Answer.filter(({ type }) => type === kind).map(({ data }) => String(data));
  } catch {
    return null;
  }
}
