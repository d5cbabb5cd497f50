import * as z from "zod";
import { instantShape } from "./text.ts";

/** What a job of the cron did in its last run. */
export const jobStatusShape = z.object({
  name: z.string(),
  ran_at: instantShape,
  took_ms: z.int(),
  /** Rows dealt with. */
  done: z.int(),
  /** Whether it left some for the next run. */
  more: z.boolean(),
  /** What went wrong, or null. */
  failed: z.string().nullable(),
});
export type JobStatus = z.output<typeof jobStatusShape>;

/** The reply of `GET /v1/status`. */
export const statusShape = z.object({
  /** The newest migration. */
  schema: z.string(),
  database_bytes: z.int(),
  /** How large Cloudflare's plan lets the database grow. Free, until the database is larger than the free plan allows. */
  database_bytes_most: z.int(),
  plan: z.enum(["free", "paid"]),
  /** The day in UTC, by which Cloudflare counts. */
  today: z.object({
    day: z.string(),
    /** Counted writes of responses: new ones, changes, and settings that outdated the figures. */
    writes: z.int(),
    /** Two rows for each of them and one for each first comment; segments, named people and invitations come on top. */
    rows_written_at_least: z.int(),
    /** What the plan allows; null where it counts by the month. */
    rows_written_most: z.int().nullable(),
    /** The daily limit of the free plan that has refused this copy of the Worker today; null where none has. */
    limit_reached: z.enum(["rows_read", "rows_written"]).nullable(),
  }),
  surveys: z.int(),
  /** Deleted surveys whose rows a job is still erasing. */
  surveys_being_erased: z.int(),
  /** Messages of all webhooks. Each number is counted up to 1,000 and no further. */
  webhooks: z.object({
    /** Those that wait for their first attempt, or for another one. */
    messages_waiting: z.int(),
    /** When the oldest of them was written; null where none waits. */
    oldest_waiting_since: instantShape.nullable(),
    /** Those that were given up; the page of the webhook can send them again. */
    messages_dead: z.int(),
  }),
  jobs: z.array(jobStatusShape),
});
export type Status = z.output<typeof statusShape>;

/** The reply of `GET /health`: 200 when `ok`, else 503 with the migrations that the database lacks. */
export const healthShape = z.object({
  ok: z.boolean(),
  /** The newest migration. */
  schema: z.string(),
  missing: z.array(z.string()).exactOptional(),
  /** What to do about it. */
  detail: z.string().exactOptional(),
  round_trip_ms: z.int(),
  database_bytes: z.int(),
});
export type Health = z.output<typeof healthShape>;
