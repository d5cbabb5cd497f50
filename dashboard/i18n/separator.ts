/** By what sign a CSV for this reader parts its columns. */
import type { Separator } from "../../shared/csv.ts";
import { readersSeparator } from "../files/write-csv.ts";
import { currentLanguage } from "./current-language.ts";

export function separatorHere(): Separator {
  return readersSeparator(currentLanguage.value, navigator.language);
}
