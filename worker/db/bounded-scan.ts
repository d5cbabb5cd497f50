/**
 * Lists of responses that look at a bounded number of rows, however few of them the filter lets through. A page may hold
 * fewer responses than were asked for; its cursor then says where the next page goes on.
 */
import type { RowFilter } from "./response-filter.ts";
import { MATCHES, matching } from "./response-filter.ts";
import type { ItemRow } from "./response-items.ts";
import { ITEM_COLUMNS } from "./response-items.ts";
import type { NamesIn, Param } from "./statement.ts";
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

/** `next`: the key of the last row looked at, null where the list ends. */
export type Scanned<Row> = { rows: Row[]; next: string | null };

/**
 * Finds at most `filter.limit` rows among the first `most`. `values` are the values of the parameters in `among` and `where`.
 */
export type Scan<Row, Names extends string> = (
  store: Store,
  filter: RowFilter,
  most: number,
  values: Readonly<Record<Names, Param>>,
) => Promise<Scanned<Row>>;

/**
 * Makes a scan. `among`: the condition that says which rows are looked at, after the last row of the page before, and their
 * order. `where`: a further condition on these rows, beside the filter. `key`: an SQL expression for a row's position in the
 * order, whose minimum or maximum (`last`) is that of the last row; `keyOf` makes the same text of a row.
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
  // The inner select bounds how many rows are looked at; the outer conditions keep the order of these rows.
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
    // Fewer rows were found than asked for: either the list has ended, or as many rows as allowed were looked at.
    const reached = await store.first<{ rows: number; reached: string | null }>(
      (isOfOne ? sql.reachOfOne : sql.reach)(looked),
    );
    return { rows: found, next: reached && reached.rows >= most ? reached.reached : null };
  };
}
