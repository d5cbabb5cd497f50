import type { JobStatus } from "../../shared/schema/status.ts";
import type { StoredRun } from "../db/jobs.ts";

export function publicRun({ name, ran_at, took_ms, done, more, failed }: StoredRun): JobStatus {
  return { name, ran_at: new Date(ran_at).toISOString(), took_ms, done, more: more === 1, failed };
}
