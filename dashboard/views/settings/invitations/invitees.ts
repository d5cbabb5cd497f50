/** From a list of people to what the collector takes, and from its links to a list for the mailer. */
import { limits } from "../../../../shared/limits.ts";
import { scoreNames } from "../../../../shared/questions.ts";
import type { InvitationsReply } from "../../../../shared/schema/invitation.ts";
import { readCsv } from "../../../files/read-csv.ts";
import type { Table } from "../../../files/write-csv.ts";

/** A person who is to be invited, as the collector takes them. */
export type Invitee = { id: string; email?: string; language?: string; properties?: Record<string, string> };

/** The people in a CSV file, each by `id`, else by their address; every other column is a property. Null: not to be read. */
export async function inviteesOf(csv: string): Promise<Invitee[] | null> {
  const rows = await readCsv(csv);
  return rows === null ? null : rows.map(inviteeOf).filter(({ id }) => id !== "");
}

function inviteeOf({ id = "", email = "", language = "", ...rest }: Record<string, string>): Invitee {
  const properties = Object.fromEntries(Object.entries(rest).filter(([name, value]) => name && value));
  return {
    id: id || email,
    ...(email && { email }),
    ...(language && { language }),
    ...(Object.keys(properties).length > 0 && { properties }),
  };
}

/** As many people at once as the collector takes. */
export function batchesOf(invitees: readonly Invitee[]): Invitee[][] {
  const batches: Invitee[][] = [];
  for (let start = 0; start < invitees.length; start += limits.invitations)
    batches.push(invitees.slice(start, start + limits.invitations));
  return batches;
}

/** A row for each person: their link under the name that the block of a mail and docs/emailed-links.md give it, the links of each score, and the link that unsubscribes them. */
export function linksOf({ invitations }: Pick<InvitationsReply, "invitations">): Table {
  const scores = scoreNames.flatMap((question) =>
    Object.keys(invitations[0]?.score_urls[question] ?? {}).map((score) => [question, score] as const),
  );
  return {
    columns: ["id", "email", "vidhuk_url", ...scores.map((pair) => pair.join("_")), "unsubscribe_url"],
    rows: invitations.map((each) => [
      each.respondent,
      each.email ?? "",
      each.url,
      ...scores.map(([question, score]) => each.score_urls[question]?.[score] ?? ""),
      each.unsubscribe_url,
    ]),
  };
}
