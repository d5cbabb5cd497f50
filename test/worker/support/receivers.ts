/** The world outside as a `fetch`: receivers of webhooks by host, and the services that say which addresses a name has. */

export type Got = { url: string; headers: Headers; body: string };

type Answer = Response | "never" | "broken";

const PUBLIC = { A: ["93.184.215.14"], AAAA: ["2606:2800:21f:cb07:6820:80da:af6b:8b2c"] };

/** Which addresses a name has; those that are not here have public ones. `null`: the services do not answer. */
export type Names = Record<string, { A?: string[]; AAAA?: string[] } | null>;

export function aWorld(names: Names = {}) {
  const got: Got[] = [];
  const answers: Answer[] = [];
  /** What all receivers answer when nothing is left in `answers`. */
  const usual = { answer: () => new Response("ok") as Answer };

  const fetch = (async (input: string, init: RequestInit = {}) => {
    const url = new URL(input);
    if (/^(cloudflare-dns\.com|dns\.google)$/.test(url.hostname)) return resolved(url);
    got.push({ url: input, headers: new Headers(init.headers), body: String(init.body) });
    const answer = answers.shift() ?? usual.answer();
    if (answer === "broken") throw new TypeError("connection lost");
    if (answer === "never")
      return new Promise((_, reject) => init.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
    return answer;
  }) as typeof globalThis.fetch;

  function resolved(url: URL): Response {
    const name = url.searchParams.get("name") ?? "";
    const found = name in names ? names[name] : PUBLIC;
    if (found === null) return new Response("busy", { status: 503 });
    const kind = url.searchParams.get("type") === "28" ? "AAAA" : "A";
    const addresses = found?.[kind] ?? [];
    const type = kind === "A" ? 1 : 28;
    return Response.json({
      Status: 0,
      Answer: [{ type: 5, data: "other.example." }, ...addresses.map((data) => ({ type, data }))],
    });
  }

  return {
    fetch,
    got,
    answers,
    usual,
    /** What has come since the last call, as JSON. */
    take: () => got.splice(0).map(({ body }) => JSON.parse(body)),
  };
}
