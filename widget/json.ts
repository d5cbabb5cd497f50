/** JSON text of a value, whatever `toJSON` an old library has given to the page's strings, numbers or lists. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, function (this: Record<string, unknown>, name) {
    return this[name];
  });
