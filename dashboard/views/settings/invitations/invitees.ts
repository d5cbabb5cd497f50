/** From a list of people to what the collector takes, and from its links to a list for the mailer. Pure. */
import { limits } from "../../../../shared/limits.ts";
import type { InvitationsReply } from "../../../../shared/schema/invitation.ts";
import type { Rows } from "../../../charts/table.ts";
import { readCsv } from "../../../data/read-csv.ts";

export type Person = { id: string; email?: string; language?: string; properties?: Record<string, string> };

/** People by `id`, else by their address; every column that is not ours is a property. */
export function peopleOf(text: string): Person[] {
  return readCsv(text)
    .map(({ id = "", email = "", language = "", ...rest }) => {
      const properties = Object.fromEntries(Object.entries(rest).filter(([name, value]) => name && value));
      return {
        id: id || email,
        ...(email && { email }),
        ...(language && { language }),
        ...(Object.keys(properties).length > 0 && { properties }),
      };
    })
    .filter((person) => person.id !== "");
}

/** As many at once as the collector takes. */
export function batchesOf(people: readonly Person[]): Person[][] {
  const batches: Person[][] = [];
  for (let start = 0; start < people.length; start += limits.invitations)
    batches.push(people.slice(start, start + limits.invitations));
  return batches;
}

/** A row a person: the link, the links of each score, the way out. */
export function linksOf({ invitations }: Pick<InvitationsReply, "invitations">): Rows {
  const scores = (["nps", "csat"] as const).flatMap((question) =>
    Object.keys(invitations[0]?.score_urls[question] ?? {}).map((score) => [question, score] as const),
  );
  return {
    columns: ["id", "email", "url", ...scores.map((pair) => pair.join("_")), "unsubscribe_url"],
    rows: invitations.map((person) => [
      person.respondent,
      person.email ?? "",
      person.url,
      ...scores.map(([question, score]) => person.score_urls[question]?.[score] ?? ""),
      person.unsubscribe_url,
    ]),
  };
}
