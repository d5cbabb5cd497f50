/**
 * The open page on a tablet that people pass on. Its script sends each answer under an id of its own making, later if there is no
 * network, and may send it again: the answer counts once.
 */

import { instantOfResponseId } from "../../shared/response-id.ts";
import { responseIdSchema } from "../../shared/schema/response.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import type { Store } from "../db/store.ts";
import { isBelievable } from "../responses/stored-ids.ts";
import type { Stamp } from "./form-token.ts";
import { kioskAnswerId } from "./form-token.ts";

/** Whether the page is a tablet's: as `?kiosk=` says (0: no), else as the survey says. */
export function isKiosk(query: URLSearchParams, { kiosk }: Pick<SurveySettings, "kiosk">): boolean {
  const said = query.get("kiosk");
  return said === null ? kiosk : said !== "0";
}

export type KioskAnswer = { id: string; answeredAt: number };

/**
 * The id under which the answer is stored, and when it was given. The time is the tablet's where it can be believed, else the
 * server's. Null where the form brings no id: its page runs no scripts, and sends once, at once.
 */
export async function kioskAnswer(
  store: Store,
  survey: string,
  { sent, stamp, now }: { sent: string | null; stamp: Stamp; now: number },
): Promise<KioskAnswer | null> {
  const mark = responseIdSchema.safeParse(sent ?? "").data;
  if (mark === undefined) return null;
  const isKnown = isBelievable(mark, now);
  const at = isKnown ? Math.min(instantOfResponseId(mark), now) : stamp.madeAt;
  return { id: await kioskAnswerId(store, survey, mark, at), answeredAt: isKnown ? at : now };
}
