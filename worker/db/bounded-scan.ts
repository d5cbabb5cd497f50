/**
 * Lists of responses that look at a bounded number of rows whatever a filter leaves out: a page may come
 * back short, with a cursor from which the next one goes on.
 */
import type { Filter } from "../../shared/schema/filter.ts";
import { MATCHES, matching } from "./response-filter.ts";
import type { ItemRow } from "./response-items.ts";
import { ITEM_COLUMNS } from "./response-items.ts";
import type { NamesIn, Param } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** `next`: the key of the last row looked at, null where the list ends. */
export type Scanned<Row> = { rows: Row[]; next: string | null };

/** At most `filter.limit` rows out of the `most` that may be looked at. `values` are those of the order's own names. */
export type Scan<Row, Names extends string> = (
  store: Store,
  filter: Filter,
  most: number,
  values: Readonly<Record<Names, Param>>,
) => Promise<Scanned<Row>>;

/**
 * `among`: which rows of a survey there are and in which order, after the key of the page before. `where`: a further
 * condition beside the filter's, on the rows looked at. `key`: that key as an expression whose `last` value is the last
 * row's, and `keyOf` the same in a row.
 */
export function boundedScan<Row extends ItemRow, Among extends string, Where extends string>(order: {
  index: string;
  among: Among;
  where: Where;
  key: string;
  last: "min" | "max";
  keyOf: (row: Row) => string;
}): Scan<Row, NamesIn<Among> | NamesIn<Where>> {
  const ofAll = `FROM responses ${order.index} WHERE ${order.among} LIMIT :most`;
  const ofOne = `FROM responses INDEXED BY responses_by_respondent
    WHERE respondent_id = :respondent AND ${order.among} LIMIT :most`;
  // The outer condition picks from the rows looked at as they come.
  const list = (rows: string) =>
    statement<string>(
      `SELECT ${ITEM_COLUMNS} FROM (SELECT * ${rows}) WHERE test = 0 ${order.where} AND ${MATCHES} LIMIT :found`,
    );
  const reach = (rows: string) =>
    statement<string>(
      `SELECT count(*) AS rows, ${order.last}(${order.key}) AS reached FROM (SELECT comment_at, updated_at, id ${rows})`,
    );
  const sql = { list: list(ofAll), listOfOne: list(ofOne), reach: reach(ofAll), reachOfOne: reach(ofOne) };

  return async (store, filter, most, values) => {
    const { limit, respondent } = filter;
    const looked = { ...values, most, ...(respondent !== undefined && { respondent }) };
    const isOfOne = respondent !== undefined;
    const found = await store.all<Row>(
      (isOfOne ? sql.listOfOne : sql.list)({ ...looked, ...matching(filter), found: limit + 1 }),
    );
    if (found.length > limit) return { rows: found.slice(0, limit), next: order.keyOf(found[limit - 1]!) };
    if (most <= limit + 1) return { rows: found, next: null };
    // Fewer were found: the list has ended, or the rows that may be looked at have.
    const reached = await store.first<{ rows: number; reached: string | null }>(
      (isOfOne ? sql.reachOfOne : sql.reach)(looked),
    );
    return { rows: found, next: reached && reached.rows >= most ? reached.reached : null };
  };
}
