/** Fills a survey with responses of three years, by plain inserts: the real triggers count them. */

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
    remark, lower(remark), iif(remark IS NULL, NULL, at),
    json_object('plan', plan, 'department', department),
    json_patch(
      json_object('plan', plan, 'department', department, 'channel', 'page'),
      iif(remark LIKE '%elivery%' OR remark LIKE '%оставк%', '{"×Delivery":"true"}', '{}')
    ),
    json_extract('["uk","en","ru","uk-UA"]', '$[' || (i % 4) || ']'), 'page'
  FROM (
    SELECT value AS i, ?2 - (value * 619 % ${DAYS}) * 86400000 - value % 80000 * 1000 AS at,
      iif(value % 3 = 0, json_extract(?4, '$[' || (value / 3 % 16) || ']'), NULL) AS remark,
      json_extract('["free","pro","team","enterprise"]', '$[' || (value * 7 % 4) || ']') AS plan,
      'department ' || (value * 11 % 10) AS department
    FROM json_each(?3)
  )`;

/** Adds `count` responses, the newest at `now`. */
export async function seedResponses(database: D1Database, survey: string, count: number, now: number): Promise<void> {
  for (let start = 0; start < count; start += CHUNK) {
    const numbers = Array.from({ length: Math.min(CHUNK, count - start) }, (_, index) => start + index);
    await database.prepare(sql).bind(survey, now, JSON.stringify(numbers), JSON.stringify(COMMENTS)).run();
  }
}
