/** Queries as a program has them: numbers as numbers, instants as they are or as a `Date`. */
import type {
  CombinedMetricsQueryInput,
  CombinedTopicsQueryInput,
  ExportQueryInput,
  FilterInput,
  MetricsQueryInput,
  TopicsQueryInput,
} from "./types.ts";

type Numbers<Query, Names extends keyof Query> = Omit<Query, Names> & { [Name in Names]?: number | undefined };

export type MetricsQuery = Numbers<MetricsQueryInput, "rolling">;
export type CombinedMetricsQuery = Numbers<CombinedMetricsQueryInput, "rolling">;
export type TopicsQuery = Numbers<TopicsQueryInput, "suggest">;
export type CombinedTopicsQuery = CombinedTopicsQueryInput;
/** `limit`: how many each page has, at most 100. */
export type CommentFilter = Omit<Numbers<FilterInput, "limit" | "min_score" | "max_score">, "cursor">;
export type ResponseFilter = Omit<
  Numbers<ExportQueryInput, "min_score" | "max_score">,
  "limit" | "cursor" | "after" | "after_updated_at" | "separator" | "updated_since"
> & { updated_since?: string | Date | undefined };
export type CsvFilter = ResponseFilter & Pick<ExportQueryInput, "separator">;
