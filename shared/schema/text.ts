import * as z from "zod";
import { limits } from "../limits.ts";
import { characters, cleanText } from "../text.ts";
import { eitherOf } from "../vocabulary.ts";

/**
 * A string cleaned of control characters and unpaired surrogates, and then of at most `most` code points: a line break is one,
 * also where it came as CRLF.
 */
export function textUpTo(most: number) {
  return z
    .string()
    .overwrite(cleanText)
    .refine((text) => characters(text) <= most, { error: `must be at most ${most} characters` })
    .meta({ maxLength: most });
}

/** An instant in a reply: RFC 3339 in UTC, as `2026-11-22T12:00:00.000Z`. */
export const instantShape = z.iso.datetime();

/** BCP 47 in outline: "uk", "en-GB", "zh-Hant-TW". */
export const languageTag = z
  .string()
  .max(limits.localeCharacters, { error: `must be at most ${limits.localeCharacters} characters` })
  .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, { error: "must be a language tag such as uk or pt-BR" });

/** One of the listed words; the refusal names them all. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, { error: `must be ${eitherOf(words)}` });
}

/** A text as `textUpTo` has it that is not empty after trimming. */
export function filledTextUpTo(most: number) {
  return textUpTo(most)
    .overwrite((text) => text.trim())
    .refine((text) => text.length > 0, { error: "must not be empty" });
}

/** An instant as it is asked for: RFC 3339, in any zone. */
export const instant = z.iso
  .datetime({ offset: true, error: "must be an instant such as 2026-11-22T09:30:00Z" })
  .max(limits.instantCharacters, { error: `must be at most ${limits.instantCharacters} characters` });
