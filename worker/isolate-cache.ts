/**
 * What one isolate of the Worker remembers between requests. It spares queries and is never the truth: another isolate may
 * have written since, and this one may be ended at any moment. Whoever keeps something here says what makes it safe.
 */
export type IsolateCache<Value> = {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  delete(key: string): void;
  /** The value of the key; `make` gives it where there is none yet. */
  getOrMake(key: string, make: () => Value): Value;
};

/** Holds `most` values at once. When it is full it is emptied: that costs a few queries again, and no bookkeeping. */
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
