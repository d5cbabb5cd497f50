/** Invites the people whom events name: each event once, ever, and each person as the throttle of the survey allows. */
import { limits } from "../../shared/limits.ts";
import { mintResponseId } from "../../shared/response-id.ts";
import type { HookOutcome } from "../../shared/schema/hook.ts";
import { DAY_MS } from "../../shared/time/calendar.ts";
import type { HookSkip } from "../../shared/vocabulary.ts";
import { hashText } from "../crypto/hash.ts";
import type { EventInvitation, InvitedByEvent } from "../db/hook-events.ts";
import { insertByEvents, listEvents, listInvitedByEvents } from "../db/hook-events.ts";
import type { StoredHook } from "../db/hooks.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { linkKey } from "../invitations/link-key.ts";
import { linkSigner, wholeHour } from "../invitations/link-token.ts";
import { mustInvite } from "../invitations/must-invite.ts";
import { unsubscribeSigner } from "../invitations/unsubscribe-token.ts";
import { Problem } from "../problem.ts";
import { invitedAnywhereSince, invitedSince, judgeContacts } from "../respondents/contact-throttle.ts";
import type { ReadEvent } from "./read-event.ts";
import { whyNoEvent } from "./read-event.ts";
import { sendAt } from "./send-at.ts";

type Call = { host: string; now: number };

/** An event that may bring an invitation; `hash` names it. */
type Named = ReadEvent & { respondent: string; hash: string };

/**
 * What came of each event, in their order. The same event again gives the same invitation, while that is there. The link works
 * at once; `send_at` says when the delay and the quiet hours are over.
 */
export async function inviteByEvents(
  store: Store,
  survey: StoredSurvey,
  hook: StoredHook,
  events: readonly ReadEvent[],
  { host, now }: Call,
): Promise<HookOutcome[]> {
  const { named, skips } = await nameEvents(hook, events);
  const known = await listEvents(
    store,
    hook.id,
    [...named.values()].map(({ hash }) => hash),
  );
  const invited = new Map<string, InvitedByEvent>();
  const news = [...named].filter(([, { hash }]) => !known.has(hash));
  const judged =
    news.length === 0
      ? []
      : await judge(
          store,
          survey,
          hook,
          news.map(([, each]) => each.respondent),
          now,
        );
  const wanted: EventInvitation[] = [];
  for (const [at, [index, event]] of news.entries()) {
    const refusal = judged[at] ?? null;
    if (refusal) skips.set(index, refusal);
    else wanted.push(invitationOf(event, hook, zoneOf(event, survey), now));
  }
  if (wanted.length > 0) {
    const since = { here: invitedSince(survey.settings, now), anywhere: invitedAnywhereSince(survey.settings, now) };
    const made = await insertByEvents(store, { survey: survey.id, hook: hook.id }, wanted, since);
    for (const each of made) invited.set(each.event, each);
    // Fewer are stored than were wanted if another call ran at the same time: this event again, or another mailing.
    if (made.length < wanted.length)
      for (const each of await listEvents(
        store,
        hook.id,
        wanted.map(({ event }) => event),
      ))
        known.add(each);
  }
  const earlier = [...named.values()].filter(({ hash }) => known.has(hash) && !invited.has(hash));
  if (earlier.length > 0)
    for (const each of await listInvitedByEvents(
      store,
      survey.id,
      earlier.map(({ hash, respondent }) => ({ event: hash, respondent })),
    ))
      invited.set(each.event, each);

  const linksOf = invited.size > 0 ? await linkMaker(store, survey, { host, now }) : null;
  return Promise.all(
    events.map(async (_, index): Promise<HookOutcome> => {
      const event = named.get(index);
      const skipped = skips.get(index);
      if (skipped || !event) return { skipped: skipped ?? "no_event" };
      const invitation = invited.get(event.hash);
      // The event has brought an invitation to another person, or one that was erased; or another mailing was faster.
      if (!invitation || !linksOf) return { skipped: known.has(event.hash) ? "duplicate" : "invited_recently" };
      if (invitation.revoked_at !== null) return { skipped: "revoked" };
      const at = sendAt(hook.settings, zoneOf(event, survey), now);
      return { ...(await linksOf(invitation, event)), ...(waits(hook) && { send_at: new Date(at).toISOString() }) };
    }),
  );
}

/** The events that may bring an invitation, by their place, and why each other one brings none. */
async function nameEvents(hook: StoredHook, events: readonly ReadEvent[]) {
  const named = new Map<number, Named>();
  const skips = new Map<number, HookSkip>();
  const seen = new Set<string>();
  for (const [index, event] of events.entries()) {
    const why = hook.offAt === null ? whyNoEvent(event) : "off";
    if (why || event.event === null || event.respondent === null) {
      skips.set(index, why ?? "no_event");
      continue;
    }
    const hash = (await hashText(`${hook.id} ${event.event}`)).slice(0, HASH_CHARACTERS);
    const names = [`event ${hash}`, `person ${event.respondent}`];
    if (names.some((each) => seen.has(each))) skips.set(index, "duplicate");
    else named.set(index, { ...event, respondent: event.respondent, hash });
    for (const each of names) seen.add(each);
  }
  return { named, skips };
}

/** 132 bits. */
const HASH_CHARACTERS = 22;

/** Why each person is not invited; null if they may be. */
async function judge(
  store: Store,
  survey: StoredSurvey,
  { settings }: StoredHook,
  respondents: readonly string[],
  now: number,
): Promise<(HookSkip | null)[]> {
  try {
    await mustInvite(store, survey, settings, now);
  } catch (error) {
    // The sender cannot mend the settings of the survey; a refusal would only make it send again, and give up one day.
    if (error instanceof Problem && CLOSED.has(error.code)) return respondents.map(() => "closed");
    throw error;
  }
  return (await judgeContacts(store, survey, respondents, now)).map(({ refusal }) => refusal);
}

const CLOSED = new Set(["closed", "unsupported_combination", "invalid"]);

function zoneOf({ time_zone }: ReadEvent, survey: StoredSurvey): string {
  return time_zone ?? survey.settings.timezone;
}

function waits({ settings }: StoredHook): boolean {
  return settings.delay_minutes > 0 || settings.quiet_hours !== null;
}

function invitationOf(event: Named, { settings }: StoredHook, zone: string, now: number): EventInvitation {
  return {
    event: event.hash,
    id: mintResponseId(now, crypto.getRandomValues(new Uint8Array(10))),
    respondent_id: event.respondent,
    language: event.language,
    properties: JSON.stringify(event.properties),
    confirm: null,
    created_at: now,
    // No invitation is valid for longer than its row is kept.
    expires_at: wholeHour(
      Math.min(sendAt(settings, zone, now) + settings.expires_in_days * DAY_MS, now + limits.invitationDays * DAY_MS),
    ),
  };
}

async function linkMaker(store: Store, survey: StoredSurvey, { host, now }: Call) {
  const sign = await linkSigner(await linkKey(store, survey.id, now));
  const signUnsubscribe = await unsubscribeSigner(store);
  return async ({ id, expires_at }: InvitedByEvent, { respondent, language }: Named) => ({
    invitation: id,
    url: `${host}/r/${await sign(id, expires_at)}`,
    unsubscribe_url: `${host}/u/${await signUnsubscribe({ respondent, survey: survey.id, language })}`,
  });
}
