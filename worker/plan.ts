/** What Cloudflare's plans allow of one D1 database, by its price list of November 2026. */

export type PlanName = "free" | "paid";

/** `rowsWrittenADay`: per account, from midnight to midnight UTC; null where the plan counts by the month. */
export const plans = {
  free: { databaseBytes: 500_000_000, rowsWrittenADay: 100_000 },
  paid: { databaseBytes: 10_000_000_000, rowsWrittenADay: null },
} as const satisfies Record<PlanName, { databaseBytes: number; rowsWrittenADay: number | null }>;

/** The plan as far as the size of the database tells: one that is larger than the free plan allows is on the paid plan. */
export function planOf(databaseBytes: number): PlanName {
  return databaseBytes > plans.free.databaseBytes ? "paid" : "free";
}
