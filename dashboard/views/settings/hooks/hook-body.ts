/** What the form for a hook holds, and the body that it sends. */
import type { NewHookInput } from "../../../../shared/schema/hook.ts";
import type { HookSignature } from "../../../../shared/vocabulary.ts";

/** Empty texts are what was left out. `properties`: a line for each, its name, a blank and its pointer. */
export type HookForm = {
  name: string;
  event: string;
  respondent: string;
  email: string;
  language: string;
  timeZone: string;
  properties: string[];
  each: string;
  whenPointer: string;
  whenEquals: string;
  delay: number | null;
  quietFrom: string;
  quietTo: string;
  signature: HookSignature | "";
  secret: string;
  token: string;
  inbound: string;
  linkField: string;
};

export const EMPTY: HookForm = {
  name: "",
  event: "",
  respondent: "",
  email: "",
  language: "",
  timeZone: "",
  properties: [],
  each: "",
  whenPointer: "",
  whenEquals: "",
  delay: 0,
  quietFrom: "",
  quietTo: "",
  signature: "",
  secret: "",
  token: "",
  inbound: "",
  linkField: "",
};

export function bodyOf(form: HookForm): NewHookInput {
  const properties = Object.fromEntries(form.properties.map(propertyOf));
  return {
    name: form.name,
    map: {
      // What is left out is refused as missing; an empty pointer would be the whole event.
      ...(form.event && { event: form.event }),
      ...(form.respondent && { respondent: form.respondent }),
      ...(form.email && { email: form.email }),
      ...(form.language && { language: form.language }),
      ...(form.timeZone && { time_zone: form.timeZone }),
      ...(form.properties.length > 0 && { properties }),
    } as NewHookInput["map"],
    ...(form.each && { each: form.each }),
    ...(form.whenPointer && { when: { pointer: form.whenPointer, equals: form.whenEquals } }),
    delay_minutes: form.delay as number,
    ...((form.quietFrom || form.quietTo) && { quiet_hours: { from: form.quietFrom, to: form.quietTo } }),
    ...(form.signature && { signature: form.signature }),
    ...(form.secret && { secret: form.secret }),
    ...((form.token || form.inbound) && {
      bitrix24: {
        application_token: form.token,
        inbound_url: form.inbound,
        ...(form.linkField && { link_field: form.linkField }),
      },
    }),
  };
}

/** `department /deal/department`; a line without a pointer goes to the collector, which says what is wrong with it. */
function propertyOf(line: string): [string, string] {
  const at = line.indexOf(" /");
  return at < 0 ? [line, "?"] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}
