/**
 * Who may change an answer, as a rule of its own beside the collector's: each way in which a response came, each sender, each
 * act, and what must come of it. The tests go through every combination.
 */

/** How the response came that is to be changed; `bare`: without a secret. */
export const channels = ["page", "bare page", "link", "invitation", "api", "bare api", "import"] as const;
export type Channel = (typeof channels)[number];

export const acts = ["repeat", "amend", "clear the comment"] as const;
export type Act = (typeof acts)[number];

export const keys = [
  "no key",
  "metrics key",
  "comments key",
  "write key",
  "admin key",
  "root key",
  "own survey's write key",
  "other survey's write key",
  "other survey's admin key",
  "expired key",
  "revoked key",
] as const;
export type Key = (typeof keys)[number];

export const secrets = ["no secret", "the secret", "another secret"] as const;
export type Secret = (typeof secrets)[number];

/** Whoever posts to /v1/responses. */
export type Sender = { key: Key; secret: Secret };
export const senders: readonly Sender[] = keys.flatMap((key) => secrets.map((secret) => ({ key, secret })));

/** `changed`: the row has changed. `kept`: the reply is 200 and the row is as it was. Else the code of the refusal. */
export type Verdict = "changed" | "kept" | "not_yours" | "unauthorized";

const MAY_WRITE: readonly Key[] = ["write key", "admin key", "root key", "own survey's write key"];
const HAS_SECRET: readonly Channel[] = ["page", "api"];

export function verdictOf(channel: Channel, { key, secret }: Sender, act: Act): Verdict {
  if (key === "expired key" || key === "revoked key") return "unauthorized";
  if (channel === "link" || channel === "invitation") return "not_yours";
  const isOwner = HAS_SECRET.includes(channel) ? secret === "the secret" : MAY_WRITE.includes(key);
  if (act === "repeat") return isOwner || !HAS_SECRET.includes(channel) ? "kept" : "not_yours";
  return isOwner ? "changed" : "not_yours";
}

/** Whether the change was by a key and not by the secret, so that the audit log must have a line of it. */
export function leavesTrace({ key }: Sender, verdict: Verdict): boolean {
  return verdict === "changed" && MAY_WRITE.includes(key);
}
