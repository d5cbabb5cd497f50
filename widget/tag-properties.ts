import { limits } from "../shared/limits.ts";
import type { Page } from "./page.ts";

/**
 * What is known of the visit: the page's own word, then what the tag says as `data-p-plan="pro"`, then what the script's address
 * says. At most as many as the collector takes.
 */
export function visitProperties({ config, script, api }: Page): Record<string, unknown> {
  const own = api.person?.properties;
  const ofTag: Record<string, string> = {};
  for (const { name, value } of script.attributes)
    if (/^data-p-./.test(name))
      // By characters: no emoji is cut in half.
      ofTag[name.slice(7, 7 + limits.propertyNameCharacters)] = [...value]
        .slice(0, limits.propertyValueCharacters)
        .join("");
  return Object.fromEntries(
    Object.entries({ ...own, ...config.properties, ...ofTag, ...own }).slice(0, limits.properties),
  );
}
