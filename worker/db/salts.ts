/** The salts table: one random secret for each UTC day. Nothing else holds it, so nobody can compute it once it is deleted. */
import { addDays, dayInZone } from "../../shared/time/calendar.ts";
import { randomText } from "../crypto/random-text.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

const sql = {
  findSalt: statement(`SELECT salt FROM salts WHERE day = :day`),
  insertSalt: statement(`INSERT INTO salts (day, salt) VALUES (:day, :salt) ON CONFLICT (day) DO NOTHING`),
  purgeSalts: statement(`DELETE FROM salts WHERE day < :before`),
};

/**
 * The salt that this isolate last read. It keeps the salt of one day only, so that memory holds none that the table has lost.
 */
let latest: { day: string; salt: string } | undefined;

/** The salt of the day of `now`; the first request of the day makes it. Costs one query for each isolate and day. */
export async function findSaltOfDay(store: Store, now: number): Promise<string> {
  const day = dayInZone(now, "UTC");
  if (latest?.day !== day) latest = { day, salt: (await findSalt(store, day)) ?? (await makeSalt(store, day)) };
  return latest.salt;
}

/** Deletes the salts of past days, and makes those of today and tomorrow. */
export async function rotateSalts(store: Store, now: number): Promise<void> {
  const day = dayInZone(now, "UTC");
  await store.all(sql.purgeSalts({ before: day }));
  await makeSalt(store, day);
  await makeSalt(store, addDays(day, 1));
}

async function findSalt(store: Store, day: string): Promise<string | null> {
  return (await store.first<{ salt: string }>(sql.findSalt({ day })))?.salt ?? null;
}

/** Makes the day's salt unless it is there. Of two requests at once both get the one that was stored first. */
async function makeSalt(store: Store, day: string): Promise<string> {
  await store.all(sql.insertSalt({ day, salt: randomText(32) }));
  return (await findSalt(store, day))!;
}
