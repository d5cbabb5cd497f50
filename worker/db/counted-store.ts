import type { Store } from "./store.ts";

/** A store that counts the statements it is asked for: the plan limits them in one invocation. */
export type CountedStore = Store & { asked(): number };

export function countedStore(store: Store): CountedStore {
  let asked = 0;
  const count = (statements: number) => {
    asked += statements;
  };
  return {
    ...store,
    all(query) {
      count(1);
      return store.all(query);
    },
    first(query) {
      count(1);
      return store.first(query);
    },
    batch(queries) {
      count(queries.length);
      return store.batch(queries);
    },
    asked: () => asked,
  };
}
