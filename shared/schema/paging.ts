import * as z from "zod";
import { limits } from "../limits.ts";

/** How many items are wanted, at most `most`. */
export function limitUpTo(most: number) {
  const error = `must be a whole number from 1 to ${most}`;
  return z
    .string()
    .regex(/^[1-9]\d{0,3}$/, { error })
    .transform(Number)
    .refine((limit) => limit <= most, { error });
}

/** Items of a page where nothing is said. */
export const USUAL_PAGE = 20;

/** Every list's query: how many (default 20), and the `next` of the page before. */
export const pagingSchema = z.strictObject({
  limit: limitUpTo(limits.pageLimit).default(USUAL_PAGE),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,400}$/, { error: "is not one that this list gave out" })
    .optional(),
});

/** Every list's reply: a page of items, and where the next page goes on; null after the last. */
export function pageShapeOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}
export type Page<Item> = { items: Item[]; next: string | null };
