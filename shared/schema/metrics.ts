import * as z from "zod";
import { isDay } from "../calendar.ts";
import type { CsatChange, CsatMetrics, NpsChange, NpsMetrics } from "../score.ts";

/** One stretch of the series: first and last day inclusive. */
export type MetricsPoint = {
  start: string;
  end: string;
  responses: number;
  comments: number;
  nps: NpsMetrics | null;
  csat: CsatMetrics | null;
};

/** The reply of `GET /v1/surveys/:id/metrics`. `nps` and `csat` are null where nobody answered. */
export type Metrics = {
  survey: string;
  from: string;
  to: string;
  timezone: string;
  responses: number;
  nps: NpsMetrics | null;
  csat: CsatMetrics | null;
  comments: number;
  shown: number | null;
  dismissed: number | null;
  /** In-page responses per 100 shown; null where views are not counted. */
  response_rate: number | null;
  targets: Record<"nps" | "csat", { target: number; gap: number | null; cleared: boolean | null } | null>;
  series?: MetricsPoint[];
  change?: { from: string; to: string; nps: NpsChange | null; csat: CsatChange | null };
  updated_at: string | null;
};

const day = z.string().refine(isDay, { error: "must be a calendar day such as 2026-11-22" });

/** The query of `GET /v1/surveys/:id/metrics`: days are inclusive, in the survey's time zone. */
export const metricsQuerySchema = z.strictObject({
  from: day.optional(),
  to: day.optional(),
  interval: z
    .enum(["day", "week", "month", "quarter", "year"], { error: "must be day, week, month, quarter or year" })
    .optional(),
});
export type MetricsQuery = z.output<typeof metricsQuerySchema>;
