/** Mails and pages, as a sender and a browser handle them. */
import { env } from "cloudflare:workers";
import type { InvitationsReply, InvitedPerson } from "../../../shared/schema/invitation.ts";
import type { Collector, Reply } from "./collector.ts";
import { ADMIN } from "./collector.ts";

type Call = Record<string, unknown> & { respondents: (string | Record<string, unknown>)[] };

export function invitePeople(
  collector: Collector,
  survey: string,
  { respondents, ...rest }: Call,
  headers: Record<string, string> = {},
): Promise<Reply<InvitationsReply>> {
  const people = respondents.map((each) => (typeof each === "string" ? { id: each } : each));
  const body = { respondents: people, ...rest };
  return collector.request<InvitationsReply>("POST", `/v1/surveys/${survey}/invitations`, body, {
    ...ADMIN,
    ...headers,
  });
}

/** One invited person, whose url is a path. */
export async function anInvitation(
  collector: Collector,
  survey: string,
  person: string | Record<string, unknown> = crypto.randomUUID(),
  rest: Record<string, unknown> = {},
): Promise<InvitedPerson> {
  const reply = await invitePeople(collector, survey, { respondents: [person], ...rest });
  const [made] = reply.body.invitations ?? [];
  if (!made) throw new Error(reply.text);
  return { ...made, url: new URL(made.url).pathname, unsubscribe_url: new URL(made.unsubscribe_url).pathname };
}

/** A person's browser without scripts, or one that adds what our script adds. */
export const SCRIPTLESS = { noscript: "1" };
export const PERSON = { js: "1", proof: "2" };

/** Opens the page, waits like a reader and sends its form with these fields. */
export async function answerPage(
  collector: Collector,
  path: string,
  fields: Record<string, string>,
  { readMs = 5000, headers = {} }: { readMs?: number; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const page = await collector.get(path, headers);
  collector.clock.now += readMs;
  const reply = await sendForm(
    collector,
    path.split("?")[0] ?? path,
    { ...hiddenFields(page.text), ...fields },
    headers,
  );
  collector.clock.now -= readMs;
  return reply;
}

export function sendForm(
  collector: Collector,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return collector.request("POST", path, new URLSearchParams(fields).toString(), {
    "Content-Type": "application/x-www-form-urlencoded",
    ...headers,
  });
}

/** The hidden fields outside of noscript, as a browser with scripts would send them. */
export function hiddenFields(page: string): Record<string, string> {
  const shown = page.replace(/<noscript>.*?<\/noscript>/gs, "");
  const inputs = shown.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  return Object.fromEntries([...inputs].map(([, name = "", value = ""]) => [unescaped(name), unescaped(value)]));
}

function unescaped(value: string): string {
  const marks: Record<string, string> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };
  return value.replace(/&(?:lt|gt|quot|#39|amp);/g, (mark) => marks[mark] ?? mark);
}

export async function responsesOf(survey: string) {
  const { results } = await env.DB.prepare("SELECT * FROM responses WHERE survey_id = ? ORDER BY id")
    .bind(survey)
    .all();
  return results;
}
