/** All rows of a survey, page by page in the order of their keys, and the same rows put into another survey. */
import { answerCounters } from "../../shared/cases.ts";
import { scoreNames, scoresOf } from "../../shared/questions.ts";
import type { ArchivedKind } from "../../shared/schema/archive.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import type { Backfill } from "./backfill.ts";
import { outdateFigures } from "./rollups.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

export type ArchivedRow = Record<string, string | number | null>;

type Table = {
  table: string;
  /** The columns by which rows are told apart within a survey, in the order of the primary key. */
  key: readonly string[];
  columns: readonly string[];
  /** Which of the survey's rows are left out. */
  only?: string;
};

const COUNTERS = [
  ...scoreNames.flatMap((name) => scoresOf[name].map((score) => `${name}_${score}`)),
  ...["responses", "in_page", "comments", "unhappy", "shown", "dismissed", "changes"],
];

/** Each column that leaves, by the type of the line. A new column of one of these tables belongs here, or a test fails. */
export const archivedTables: Readonly<Record<ArchivedKind, Table>> = {
  stored_response: {
    table: "responses",
    key: ["id"],
    columns: [
      ...[
        "created_at",
        "day",
        "received_at",
        "updated_at",
        "updated_day",
        "rev",
        ...scoreNames,
        "comment",
        "comment_at",
      ],
      ...["folded", "respondent_id", "respondent_verified", "properties", "segments", "locale", "language", "device"],
      ...["page", "channel", "flags", "tags", "status", "note", "excluded", "sealed"],
      ...["assignee", "replied_at", "resolved_at"],
    ],
    only: "AND test = 0",
  },
  stored_invitation: {
    table: "invitations",
    key: ["id"],
    columns: [
      ...["respondent_id", "language", "properties", "confirm", "created_at", "expires_at", "revoked_at", "mailing"],
    ],
  },
  stored_unsubscribe: { table: "unsubscribes", key: ["respondent_id"], columns: ["source", "created_at"] },
  unnamed_unsubscribe: {
    table: "unnamed_unsubscribes",
    key: ["respondent_hash"],
    columns: ["source", "created_at"],
  },
  segment_value: { table: "segment_values", key: ["segment", "value"], columns: [] },
  rollup: { table: "rollups", key: ["segment", "day", "value"], columns: COUNTERS },
  answered_day: { table: "cases_daily", key: ["day"], columns: answerCounters },
  // Last, for from then on the job that folds them may run.
  folding_value: { table: "folding_values", key: ["segment", "value"], columns: ["remaining", "after"] },
};

const kinds = Object.keys(archivedTables) as ArchivedKind[];

function listing({ table, key, columns, only = "" }: Table) {
  const after = key.map((_, at) => `:after ->> ${at}`).join(", ");
  return statement<string>(`SELECT ${[...key, ...columns].join(", ")} FROM ${table}
    WHERE survey_id = :survey AND (${key.join(", ")}) > (${after}) ${only} ORDER BY ${key.join(", ")} LIMIT :most`);
}

/** Rows are stored while the survey is still being made from the archive. Counters replace those that triggers have made. */
function storing({ table, key, columns }: Table) {
  const all = [...key, ...columns];
  const replaced = columns
    // An archive of an earlier version knows only how many were unhappy at least; the responses, which come first, are counted.
    .map((name) => (name === "unhappy" ? "unhappy = max(unhappy, excluded.unhappy)" : `${name} = excluded.${name}`))
    .join(", ");
  return statement<string>(`INSERT INTO ${table} (survey_id, ${all.join(", ")})
    SELECT :survey, ${all.map((name) => `value ->> '${name}'`).join(", ")} FROM json_each(:rows)
    WHERE EXISTS (SELECT 1 FROM surveys WHERE id = :survey AND restoring ->> 'archive' = :archive
      AND restoring ->> 'whole' = 0)
    ON CONFLICT (survey_id, ${key.join(", ")}) DO ${table === "rollups" ? `UPDATE SET ${replaced}` : "NOTHING"}
    RETURNING 1`);
}

const statementsOf = <Made>(make: (table: Table) => Made) =>
  Object.fromEntries(kinds.map((kind) => [kind, make(archivedTables[kind])])) as Record<ArchivedKind, Made>;

const lists = statementsOf(listing);
const stores = statementsOf(storing);

const sql = {
  // People who want no invitations from any survey, as far as this survey knows them. `named`: whether it does.
  listEverywhere: statement(`SELECT respondent_id, source, created_at,
      EXISTS (SELECT 1 FROM responses INDEXED BY responses_by_respondent
        WHERE respondent_id = gone.respondent_id AND survey_id = :survey)
      OR EXISTS (SELECT 1 FROM invitations INDEXED BY invitations_by_respondent
        WHERE respondent_id = gone.respondent_id AND survey_id = :survey) AS named
    FROM unsubscribes AS gone WHERE survey_id = '' AND respondent_id > :after ORDER BY respondent_id LIMIT :most`),
  beginRestoring: statement(`UPDATE surveys SET settings = :settings, first_open_day = :first_open_day,
      purged_before = :purged_before, updated_at = max(:now, updated_at + 1), version = version + 1, filling = NULL,
      restoring = json_object('archive', :archive, 'whole', 0, 'rows', 0, 'filling', json(:to_fill))
    WHERE id = :survey AND deleted_at IS NULL AND restoring IS NULL
      AND NOT EXISTS (SELECT 1 FROM responses WHERE survey_id = :survey)
      AND NOT EXISTS (SELECT 1 FROM invitations WHERE survey_id = :survey)
      AND NOT EXISTS (SELECT 1 FROM rollups WHERE survey_id = :survey AND (responses > 0 OR shown > 0 OR dismissed > 0))
    RETURNING id`),
  noteRestored:
    statement(`UPDATE surveys SET restoring = json_set(restoring, '$.rows', max(restoring ->> 'rows', :rows))
    WHERE id = :survey AND restoring ->> 'archive' = :archive AND restoring ->> 'whole' = 0`),
  endRestoring: statement(`UPDATE surveys SET filling = restoring ->> 'filling', version = version + 1,
      restoring = json_object('archive', :archive, 'whole', 1, 'rows', restoring ->> 'rows')
    WHERE id = :survey AND restoring ->> 'archive' = :archive AND restoring ->> 'whole' = 0`),
};

/** At most `most` rows after the key `after` (null: from the first). Reads so many rows. */
export async function listArchived(
  store: Store,
  survey: string,
  kind: ArchivedKind,
  after: readonly string[] | null,
  most: number,
): Promise<ArchivedRow[]> {
  const from = JSON.stringify(after ?? archivedTables[kind].key.map(() => ""));
  return store.all<ArchivedRow>(lists[kind]({ survey, after: from, most }));
}

export function keyOf(kind: ArchivedKind, row: ArchivedRow): string[] {
  return archivedTables[kind].key.map((name) => String(row[name]));
}

/** At most `most` people who want no invitations at all, after `after`, with whether the survey knows them. */
export async function listEverywhere(store: Store, survey: string, after: string, most: number) {
  type Row = { respondent_id: string; source: string; created_at: number; named: number };
  return store.all<Row>(sql.listEverywhere({ survey, after, most }));
}

/** The archive that rows belong to, and the survey that is made from it. */
export type Restored = { survey: string; archive: string };

type Head = {
  settings: SurveySettings;
  firstOpenDay: string;
  purgedBefore: number;
  filling: Backfill | null;
  now: number;
};

/**
 * Gives the survey the archive's settings, and keeps answers out of it. False where it has answers, invitations or an archive
 * already.
 */
export async function beginRestoring(store: Store, { survey, archive }: Restored, head: Head): Promise<boolean> {
  const values = {
    survey,
    archive,
    settings: JSON.stringify(head.settings),
    first_open_day: head.firstOpenDay,
    purged_before: head.purgedBefore,
    to_fill: JSON.stringify(head.filling),
    now: head.now,
  };
  return (await store.all(sql.beginRestoring(values))).length > 0;
}

/**
 * Stores rows as they are. Returns how many it stored. Counters take the place of those that the responses before them have made:
 * each counter of a response is among the archive's.
 */
export async function storeArchived(
  store: Store,
  { survey, archive }: Restored,
  kind: ArchivedKind,
  rows: readonly ArchivedRow[],
): Promise<number> {
  return (await store.all(stores[kind]({ survey, archive, rows: JSON.stringify(rows) }))).length;
}

/** Remembers that the archive's first `rows` rows have come. */
export async function noteRestored(store: Store, { survey, archive }: Restored, rows: number): Promise<void> {
  await store.all(sql.noteRestored({ survey, archive, rows }));
}

/** Opens the survey again, and outdates what was read of it meanwhile. `day`: the survey's today. */
export async function endRestoring(store: Store, { survey, archive }: Restored, day: string): Promise<void> {
  await store.batch([sql.endRestoring({ survey, archive }), outdateFigures(survey, day)]);
}
