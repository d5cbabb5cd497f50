/**
 * What one isolate of the Worker remembers between requests, to save queries. It may be outdated, because another isolate may
 * have written since, and it may be lost at any moment. Code that keeps a value here says in a comment why that is safe.
 */
export type IsolateCache<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  /** The value of the key; if there is none, `make` makes it and it is stored. */
  getOrMake(key: string, make: () => Value): Value;
};

/** A cache of at most `most` values. When it is full it is emptied: that costs some queries again, and needs no bookkeeping. */
export function isolateCache<Value>(most: number): IsolateCache<Value> {
  const values = new Map<string, Value>();
  const set = (key: string, value: Value): void => {
    if (values.size >= most && !values.has(key)) values.clear();
    values.set(key, value);
  };
  return {
    get: (key) => values.get(key),
    set,
    delete: (key) => void values.delete(key),
    getOrMake(key, make) {
      const there = values.get(key);
      if (there !== undefined) return there;
      const made = make();
      set(key, made);
      return made;
    },
  };
}
