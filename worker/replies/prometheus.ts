/** The state of the collector in the text format of Prometheus, version 0.0.4. */
import type { Status } from "../../shared/schema/status.ts";

export const PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

type Sample = [labels: Readonly<Record<string, string>>, value: number];

/** Every figure of `status` as a gauge. A figure that the plan does not have is left out. */
export function prometheusText(status: Status): string {
  const { today, jobs, webhooks } = status;
  const ofJobs = (value: (job: Status["jobs"][number]) => number): Sample[] =>
    jobs.map((job) => [{ job: job.name }, value(job)]);
  return [
    gauge("info", "1, with the newest migration and the plan as labels.", [
      [{ schema: status.schema, plan: status.plan }, 1],
    ]),
    gauge("database_bytes", "Size of the database.", [[{}, status.database_bytes]]),
    gauge("database_bytes_most", "Size that the plan allows.", [[{}, status.database_bytes_most]]),
    gauge("writes_today", "Counted writes of responses on this day (UTC).", [[{}, today.writes]]),
    gauge("rows_written_today_at_least", "Rows that those writes have written at least.", [
      [{}, today.rows_written_at_least],
    ]),
    today.rows_written_most !== null &&
      gauge("rows_written_a_day_most", "Rows that the plan lets the account write in a day.", [
        [{}, today.rows_written_most],
      ]),
    gauge("plan_limit_reached", "1 where a daily limit of the plan has refused statements today.", [
      [{}, Number(today.limit_reached !== null)],
    ]),
    gauge("surveys", "Surveys.", [[{}, status.surveys]]),
    gauge("surveys_being_erased", "Deleted surveys whose rows a job is erasing.", [[{}, status.surveys_being_erased]]),
    gauge("webhook_messages_waiting", "Messages of webhooks that wait to be sent, counted up to 1000.", [
      [{}, webhooks.messages_waiting],
    ]),
    webhooks.oldest_waiting_since !== null &&
      gauge("webhook_oldest_waiting_since_seconds", "When the oldest of them was written, in Unix time.", [
        [{}, Date.parse(webhooks.oldest_waiting_since) / 1000],
      ]),
    gauge("webhook_messages_dead", "Messages of webhooks that were given up, counted up to 1000.", [
      [{}, webhooks.messages_dead],
    ]),
    gauge(
      "job_ran_at_seconds",
      "When the job ran last, in Unix time.",
      ofJobs((job) => Date.parse(job.ran_at) / 1000),
    ),
    gauge(
      "job_took_seconds",
      "How long its last run took.",
      ofJobs((job) => job.took_ms / 1000),
    ),
    gauge(
      "job_done",
      "Rows dealt with in its last run.",
      ofJobs((job) => job.done),
    ),
    gauge(
      "job_has_more",
      "1 where it left some for its next run.",
      ofJobs((job) => Number(job.more)),
    ),
    gauge(
      "job_failed",
      "1 where its last run failed.",
      ofJobs((job) => Number(job.failed !== null)),
    ),
  ]
    .filter((each) => each !== false)
    .join("");
}

/** One gauge; nothing where there is no sample of it. */
function gauge(name: string, help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return "";
  const lines = samples.map(([labels, value]) => `vidhuk_${name}${labelsOf(labels)} ${value}\n`);
  return `# HELP vidhuk_${name} ${help}\n# TYPE vidhuk_${name} gauge\n${lines.join("")}`;
}

/** The names of jobs and migrations are ours and hold nothing that the format escapes. */
function labelsOf(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}
