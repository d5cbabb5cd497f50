/** Says why the collector refused: what it says of a field stands beside that field. */
import type { Refusal } from "../data/api.ts";
import { t } from "./translate.ts";

/** Why not, in a sentence: the collector's own, or that it was not reached. */
export function reasonOf(refusal: Refusal): string {
  return refusal.code === "offline" ? t("offline_text") : refusal.detail;
}

/** What was said about `pointer` or anything below it; undefined when it was not refused. */
export function faultOf(refusal: Refusal | null, pointer: string): string | undefined {
  const fault = refusal?.errors.find((each) => each.pointer === pointer || each.pointer.startsWith(`${pointer}/`));
  return fault?.detail;
}
