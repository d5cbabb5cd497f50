/** Fills a survey with responses of three years, by plain inserts: the real triggers count them. */

import type { Topic } from "../../shared/comments/topics.ts";
import { topicFinder } from "../../shared/comments/topics.ts";
import { segmentOfTopic } from "../../shared/segments.ts";

/** D1, in a test or through wrangler's proxy. */
type Database = { prepare(sql: string): { bind(...params: unknown[]): { run(): Promise<unknown> } } };

const CHUNK = 20_000;
const DAYS = 1095;

/** Sixteen comments of four languages; a third of the responses has one. */
const COMMENTS = [
  "Доставка запізнилася на два дні, кур'єр не подзвонив",
  "Швидка доставка, дякую!",
  "The courier was rude and the box was open",
  "Great service, will order again",
  "Оператор поддержки не помог, пришлось ждать час",
  "Ціна зависока для такої якості",
  "Payment failed twice before it went through",
  "Сайт гальмує на телефоні",
  "Delivery was fast and the staff were friendly",
  "Не прийшло підтвердження на пошту",
  "Всё понравилось, спасибо",
  "The size guide is wrong, I had to send it back",
  "配送が遅いです",
  "Возврат денег занял две недели",
  "Легко замовити, гарний вибір",
  "I could not find the invoice",
];

const sql = `INSERT INTO responses (survey_id, id, created_at, day, received_at, updated_at, updated_day, nps, csat,
    comment, folded, comment_at, properties, segments, locale, channel)
  SELECT ?1,
    substr(printf('%012x', at), 1, 8) || '-' || substr(printf('%012x', at), 9) || printf('-7%03x-8%03x-%012x', i % 4096, i / 4096, i),
    at, date(at / 1000, 'unixepoch'), at, at, date(at / 1000, 'unixepoch'),
    iif(i % 9 = 8, NULL, json_extract('[0,2,3,5,6,7,7,8,8,9,9,9,10,10,10,10,1,4]', '$[' || (i * 31 % 18) || ']')),
    iif(i % 5 < 2, NULL, json_extract('[1,2,3,4,4,5,5,5]', '$[' || (i * 13 % 8) || ']')),
    said ->> '$.text', lower(said ->> '$.text'), iif(said IS NULL, NULL, at),
    json_object('plan', plan, 'department', department, 'store', store),
    json_patch(json_object('plan', plan, 'department', department, 'store', store, 'channel', 'page'),
      json_patch(?5, coalesce(said ->> '$.topics', '{}'))),
    json_extract('["uk","en","ru","uk-UA"]', '$[' || (i % 4) || ']'), 'page'
  FROM (
    SELECT value AS i, ?2 - (value * 619 % ${DAYS}) * 86400000 - value % 80000 * 1000 AS at,
      iif(value % 3 = 0, json_extract(?4, '$[' || (value / 3 % 16) || ']'), NULL) AS said,
      json_extract('["free","pro","team","enterprise"]', '$[' || (value * 7 % 4) || ']') AS plan,
      'department ' || (value * 11 % 10) AS department, 'store ' || (value * 37 % 100) AS store
    FROM json_each(?3)
  )`;

const SEGMENTS = ["plan", "department", "store", "channel"];

/** What the survey declares; its counters know nothing else. */
type Declared = { segments: readonly string[]; topics: readonly Topic[] };

/** Adds `count` responses, the newest at `now` (ms since 1970). Of the segments they know `plan` (4 values), `department`
 *  (10), `store` (100) and `channel` (1). */
export async function seedResponses(
  database: Database,
  survey: string,
  { segments, topics }: Declared,
  count: number,
  now: number,
): Promise<void> {
  const find = topicFinder(topics);
  const said = COMMENTS.map((text) => ({
    text,
    topics: Object.fromEntries(find(text).map((name) => [segmentOfTopic(name), "true"])),
  }));
  // As JSON's merge patch has it: null takes out.
  const undeclared = Object.fromEntries(
    SEGMENTS.filter((name) => !segments.includes(name)).map((name) => [name, null]),
  );
  for (let start = 0; start < count; start += CHUNK) {
    const numbers = Array.from({ length: Math.min(CHUNK, count - start) }, (_, index) => start + index);
    await database
      .prepare(sql)
      .bind(survey, now, JSON.stringify(numbers), JSON.stringify(said), JSON.stringify(undeclared))
      .run();
  }
}
