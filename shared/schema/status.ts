/** What a job of the cron did in its last run. */
export type JobStatus = {
  name: string;
  ran_at: string;
  took_ms: number;
  /** Rows dealt with. */
  done: number;
  /** Whether it left some for the next run. */
  more: boolean;
  failed: string | null;
};

/** The reply of `GET /v1/status`. */
export type Status = {
  /** The newest migration. */
  schema: string;
  database_bytes: number;
  surveys: number;
  /** Deleted ones whose rows a job is still erasing. */
  surveys_being_erased: number;
  jobs: JobStatus[];
};
