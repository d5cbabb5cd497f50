/** The salts table: one secret per UTC day, made by chance and derived from nothing, so that deleting it is the end of it. */
import { addDays, dayInZone } from "../../shared/calendar.ts";
import { randomText } from "../crypto/random-text.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

const sql = {
  findSalt: statement(`SELECT salt FROM salts WHERE day = :day`),
  insertSalt: statement(`INSERT INTO salts (day, salt) VALUES (:day, :salt) ON CONFLICT (day) DO NOTHING`),
  purgeSalts: statement(`DELETE FROM salts WHERE day < :before`),
};

/** What this isolate last read: of one day only, so that memory forgets as the table does. */
let latest: { day: string; salt: string } | undefined;

/** The salt of the day of `now`; the first to ask makes it. Costs a query per isolate and day. */
export async function findSaltOfDay(store: Store, now: number): Promise<string> {
  const day = dayInZone(now, "UTC");
  if (latest?.day !== day) latest = { day, salt: (await findSalt(store, day)) ?? (await makeSalt(store, day)) };
  return latest.salt;
}

/** Destroys the salts of days gone by, and has tomorrow's ready. */
export async function rotateSalts(store: Store, now: number): Promise<void> {
  const day = dayInZone(now, "UTC");
  await store.all(sql.purgeSalts({ before: day }));
  await makeSalt(store, day);
  await makeSalt(store, addDays(day, 1));
}

async function findSalt(store: Store, day: string): Promise<string | null> {
  return (await store.first<{ salt: string }>(sql.findSalt({ day })))?.salt ?? null;
}

/** Whoever comes second gets what the first one made. */
async function makeSalt(store: Store, day: string): Promise<string> {
  await store.all(sql.insertSalt({ day, salt: randomText(32) }));
  return (await findSalt(store, day))!;
}
