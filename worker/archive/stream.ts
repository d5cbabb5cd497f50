/** All that is stored of a survey, as lines of NDJSON. The Worker holds one page of rows in memory at a time. */
import type { ArchivedKind, ArchiveHead } from "../../shared/schema/archive.ts";
import { ARCHIVE_VERSION, archivedRows } from "../../shared/schema/archive.ts";
import type { ArchivedRow } from "../db/archive.ts";
import { keyOf, listArchived, listEverywhere } from "../db/archive.ts";
import { migrations } from "../db/migrations.ts";
import type { Store } from "../db/store.ts";
import type { StoredSurvey } from "../db/surveys.ts";
import { sealCursor } from "../http/cursor.ts";

/** Rows of one query, and queries of one request: an invocation on the free plan has 50. */
const PAGE = 500;
const PAGES = 40;

/** Those who want no invitations from any survey stand behind those of this one, and are restored as the survey's own. */
const sections = [...(Object.keys(archivedRows) as ArchivedKind[]), "everywhere"] as const;

/** Where the stream goes on: the archive's name, the section, the key of the last row that went out, and how many rows did. */
export type ArchivePosition = { archive: string; section: number; after: string[] | null; rows: number };

type Found = { lines: ({ type: ArchivedKind } & ArchivedRow)[]; next: string[] | null };

/**
 * The lines from the position on; null: from the first. A failure ends the stream with an error, so that no part passes for the
 * whole: only a stream that ends with the line `end` is whole, and one that ends with `next` goes on with its cursor.
 */
export function archiveStream(
  store: Store,
  survey: StoredSurvey,
  position: ArchivePosition | null,
  now: number,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const archive = position?.archive ?? `${survey.id} ${new Date(now).toISOString()}`;
  let { section, after, rows } = position ?? { section: 0, after: null, rows: 0 };
  let pages = 0;
  let isOpen = true;
  const lines = position ? [] : [headOf(survey, archive)];
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!isOpen) return controller.close();
      const out: object[] = lines.splice(0);
      const kind = sections[section];
      if (kind === undefined) {
        out.push({ type: "end", archive, rows });
        isOpen = false;
      } else if (pages === PAGES) {
        const place = encodeURIComponent(JSON.stringify([archive, section, after, rows]));
        out.push({ type: "next", cursor: sealCursor(place) });
        isOpen = false;
      } else {
        pages++;
        const found = await listSection(store, survey.id, kind, after);
        for (const { type, ...row } of found.lines) out.push({ type, n: ++rows, ...row });
        after = found.next;
        if (after === null) section++;
      }
      if (out.length > 0) controller.enqueue(encoder.encode(out.map((line) => `${JSON.stringify(line)}\n`).join("")));
      else await this.pull?.(controller);
    },
  });
}

/** The position that a cursor holds, which `openCursor` has opened; null for a text that holds none. */
export function positionOf(held: string): ArchivePosition | null {
  try {
    const [archive, section, after, rows] = JSON.parse(decodeURIComponent(held));
    const isKey = after === null || (Array.isArray(after) && after.every((part) => typeof part === "string"));
    const isPlace = Number.isInteger(section) && Number.isInteger(rows) && isKey;
    return typeof archive === "string" && isPlace ? { archive, section, after, rows } : null;
  } catch {
    return null;
  }
}

function headOf(survey: StoredSurvey, archive: string): ArchiveHead {
  return {
    type: "archive",
    version: ARCHIVE_VERSION,
    archive,
    survey: survey.id,
    schema: migrations.at(-1)!,
    first_open_day: survey.firstOpenDay,
    purged_before: survey.purgedBefore,
    filling: survey.filling,
    settings: survey.settings,
  };
}

async function listSection(
  store: Store,
  survey: string,
  kind: (typeof sections)[number],
  after: string[] | null,
): Promise<Found> {
  if (kind === "everywhere") {
    const rows = await listEverywhere(store, survey, after?.[0] ?? "", PAGE);
    const lines = rows.flatMap(({ named, ...row }) => (named ? [{ type: "stored_unsubscribe" as const, ...row }] : []));
    return { lines, next: rows.length < PAGE ? null : [rows.at(-1)!.respondent_id] };
  }
  const rows = await listArchived(store, survey, kind, after, PAGE);
  const next = rows.length < PAGE ? null : keyOf(kind, rows.at(-1)!);
  return { lines: rows.map((row) => ({ type: kind, ...row })), next };
}
