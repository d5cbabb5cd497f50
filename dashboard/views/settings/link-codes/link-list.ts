/** From a list of branches, tables or employees to a link for each. */
import { limits } from "../../../../shared/limits.ts";
import { linkedNames, linkParametersOf } from "../../../../shared/links/link-parameters.ts";
import { isMergeTag } from "../../../../shared/links/merge-tag.ts";
import { asSeen, characters } from "../../../../shared/text.ts";
import { readRows } from "../../../files/read-csv.ts";
import type { Table } from "../../../files/write-csv.ts";

/** One place where a link hangs: its properties, and what stands below its code. */
export type Place = { properties: Record<string, string>; caption: string };

/** Why a list is not taken, and the words of it that are at fault. */
export type ListFault = {
  reason: "quotes" | "too_many" | "value_too_long" | "value_unreadable" | "unknown_columns" | "no_property";
  about?: string;
};

export type LinkList = { places: Place[] } | { fault: ListFault };

/**
 * Reads one value a line for the property `name`; or a table, where its first line has several cells of which at least one names
 * a property that the survey counts by. Equal lines are one place, and empty ones none.
 */
export async function readLinkList(text: string, name: string, segments: readonly string[]): Promise<LinkList> {
  const known = linkedNames(segments);
  const lines = text.split(/\r\n?|\n/).map((line) => line.trim());
  const [first = ""] = lines;
  const isTable = /[\t;,]/.test(first) && ((await readRows(first)) ?? [])[0]?.some((cell) => known.includes(cell));
  const rows = isTable
    ? await readRows(text)
    : [[name], ...lines.filter((line) => line !== name).map((line) => [line])];
  if (rows === null) return { fault: { reason: "quotes" } };
  const [names = [], ...others] = rows;
  if (!isTable && name === "") return { fault: { reason: "no_property" } };
  const unknown = isTable ? names.filter((each) => each !== "" && !known.includes(each)) : [];
  if (unknown.length > 0) return { fault: { reason: "unknown_columns", about: unknown.join(", ") } };
  const places = new Map<string, Place>();
  for (const cells of others) {
    const pairs = names.flatMap((each, index) => {
      const value = asSeen(cells[index] ?? "");
      return each === "" || value === "" ? [] : [[each, value] as const];
    });
    const fault = pairs.map(([, value]) => faultOf(value)).find((each) => each !== null);
    if (fault) return { fault };
    const properties = Object.fromEntries(pairs);
    if (pairs.length > 0)
      places.set(JSON.stringify(pairs), { properties, caption: pairs.map(([, value]) => value).join(" · ") });
  }
  if (places.size > limits.listedLinks) return { fault: { reason: "too_many" } };
  return { places: [...places.values()] };
}

function faultOf(value: string): ListFault | null {
  if (characters(value) > limits.propertyValueCharacters) return { reason: "value_too_long", about: value };
  return isMergeTag(value) || value.includes("\ufffd") ? { reason: "value_unreadable", about: value } : null;
}

/** The link of a place. `link`: that of the survey; `onTablet`: for a tablet that people pass from hand to hand. */
export function linkOf(link: string, { properties }: Place, onTablet = false): string {
  return `${link}${`${linkParametersOf(properties)}${onTablet ? "&kiosk=1" : ""}`.replace("&", "?")}`;
}

/** A row for each place: its properties, its link and the link for a tablet. */
export function linkTable(link: string, places: readonly Place[]): Table {
  const names = [...new Set(places.flatMap(({ properties }) => Object.keys(properties)))];
  return {
    columns: [...names, "link", "tablet_link"],
    rows: places.map((place) => [
      ...names.map((name) => place.properties[name] ?? ""),
      linkOf(link, place),
      linkOf(link, place, true),
    ]),
  };
}
