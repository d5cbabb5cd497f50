import * as z from "zod";
import { characters, cleanText } from "../text.ts";

/** A string of at most `most` code points, cleaned of control characters and unpaired surrogates. */
export function textUpTo(most: number) {
  return z
    .string()
    .refine((text) => characters(text) <= most, { error: `must be at most ${most} characters` })
    .overwrite(cleanText)
    .meta({ maxLength: most });
}

/** The same, and not empty after trimming. */
export function filledTextUpTo(most: number) {
  return textUpTo(most)
    .overwrite((text) => text.trim())
    .refine((text) => text.length > 0, { error: "must not be empty" });
}
