/** What segments and their values are called on the page. */

import type { Channel } from "../../shared/vocabulary.ts";
import { channels, devices } from "../../shared/vocabulary.ts";
import { languageName } from "./format.ts";
import { t } from "./translate.ts";

/** The collector's own words in the reader's; the owner's as they are. */
export function valueName(segment: string, value: string): string {
  if (segment === "channel") return channels.some((each) => each === value) ? t(`channel_${value as Channel}`) : value;
  if (segment === "device") return devices.some((each) => each === value) ? t(`device_${value as "phone"}`) : value;
  if (segment === "language") return languageName(value);
  return value;
}

/** All values that the collector ever gives a segment of its own; null where anything may come. */
export function closedValues(segment: string): readonly string[] | null {
  return segment === "channel" ? channels : segment === "device" ? devices : null;
}

export function segmentName(segment: string): string {
  if (segment === "channel") return t("channel");
  if (segment === "language") return t("answered_in");
  if (segment === "page") return t("page");
  return segment === "device" ? t("device") : segment;
}
