/** The texts of one conversation: the owner's over the built-in, the brand put in. */
import type { WidgetConfig } from "../shared/schema/survey.ts";
import type { BuiltInTexts, Texts } from "../shared/strings/keys.ts";
import type { WidgetTexts } from "./strings/keys.ts";

type AllTexts = BuiltInTexts & WidgetTexts;

export function wordingOf({ texts, brand }: WidgetConfig, builtIn: AllTexts) {
  const own: Partial<Texts> = texts?.[LANGUAGE] ?? {};
  return (key: keyof AllTexts): string =>
    (own[key as keyof Texts] ?? builtIn[(brand ? key : `${key}_unnamed`) as "thanks"] ?? builtIn[key])
      .split("{brand}")
      .join(brand ?? "");
}
