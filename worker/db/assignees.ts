/** A read model over responses: the names of those who take care of one. */
import { statement } from "./statement.ts";
import type { Store } from "./store.ts";

const sql = {
  // From one name to the next: the responses that have the same name cost no row.
  listAssignees: statement(`WITH RECURSIVE named (name) AS (
      SELECT (SELECT min(assignee) FROM responses INDEXED BY responses_by_assignee
        WHERE survey_id = :survey AND assignee IS NOT NULL)
      UNION ALL
      SELECT (SELECT min(assignee) FROM responses INDEXED BY responses_by_assignee
        WHERE survey_id = :survey AND assignee IS NOT NULL AND assignee > name)
      FROM named WHERE name IS NOT NULL
    )
    SELECT name FROM named WHERE name IS NOT NULL LIMIT :most`),
};

/** At most `most` names, in the order of their characters. Reads about two rows for each name. */
export async function listAssignees(store: Store, survey: string, most: number): Promise<string[]> {
  return (await store.all<{ name: string }>(sql.listAssignees({ survey, most }))).map(({ name }) => name);
}
