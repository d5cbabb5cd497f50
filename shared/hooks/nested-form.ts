/** Forms and queries as objects: `data[FIELDS][ID]=7` is `{"data": {"FIELDS": {"ID": "7"}}}`, as PHP writes and reads it. */
import { limits } from "../limits.ts";

export type Nested = { [name: string]: string | Nested };

/** The form has more fields, or deeper ones, than any sender has; the message is the end of a sentence about it. */
export class FormFault extends Error {}

/**
 * The fields as an object. A name that comes twice keeps the last value, and `tags[]` counts on from 0. A name whose brackets do
 * not match is taken as it stands. Throws `FormFault`.
 */
export function nestedForm(text: string): Nested {
  const form: Nested = Object.create(null);
  let fields = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    fields++;
    if (fields > limits.hookFormFields) throw new FormFault(`has more than ${limits.hookFormFields} fields`);
    const path = pathOf(name);
    if (path.length > limits.hookFormLevels) throw new FormFault(`nests deeper than ${limits.hookFormLevels} levels`);
    place(form, path, value);
  }
  return form;
}

/** `a[b][c]` as its three names. */
function pathOf(name: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(name);
  if (!match) return [name];
  const [, first = "", rest = ""] = match;
  return [first, ...rest.slice(1, -1).split("][")];
}

function place(form: Nested, path: readonly string[], value: string): void {
  let within = form;
  for (const [index, part] of path.entries()) {
    const name = part === "" && index > 0 ? String(Object.keys(within).length) : part;
    if (index === path.length - 1) within[name] = value;
    else {
      // No prototype: a field named `__proto__` is a name like any other.
      const inner: Nested = typeof within[name] === "object" ? within[name] : Object.create(null);
      within[name] = inner;
      within = inner;
    }
  }
}
