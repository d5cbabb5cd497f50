/** The survey into which a file is imported. */
import type { SurveyClient } from "../../client/index.ts";
import { Vidhuk, VidhukError } from "../../client/index.ts";
import { localVars } from "../local-vars.ts";
import { statePlaces } from "../paths.ts";
import type { Words } from "./words.ts";
import { ImportRefused } from "./words.ts";

/** A long import is worth waiting for: a collector that restarts, or a limit that passes within minutes. */
const PATIENCE = { retries: 12, longestWaitMs: 120_000, timeoutMs: 120_000 };

/**
 * The survey that was named, or the only one there is. Throws `ImportRefused` where there are several or none, and where the
 * collector does not answer.
 */
export async function surveyOf({ survey, url, key }: Words): Promise<{ survey: SurveyClient; name: string }> {
  const place = url ?? `http://127.0.0.1:${process.env.PORT || 8787}`;
  const vidhuk = new Vidhuk({ url: place, key: key ?? (await localKey(url)), ...PATIENCE });
  const asking = new Vidhuk({ url: place, key: key ?? (await localKey(url)), retries: 0 });
  try {
    if (survey !== null) {
      const { name } = await asking.survey(survey).read();
      return { survey: vidhuk.survey(survey), name };
    }
    const { items: found } = await asking.surveys().page();
    const [only] = found;
    if (only && found.length === 1) return { survey: vidhuk.survey(only.id), name: only.name };
    if (!only) throw new ImportRefused("There is no survey yet. Make one in the dashboard first.");
    const list = found.map(({ id, name }) => `  --survey ${id}   ${name}`);
    throw new ImportRefused(`Which survey?\n${list.join("\n")}`);
  } catch (error) {
    if (!(error instanceof VidhukError)) throw error;
    const hint = error.code === "network" && url === null ? " Is `npm start` running?" : "";
    throw new ImportRefused(`${place} does not let a file in: ${error.message}${hint}`);
  }
}

async function localKey(url: string | null): Promise<string> {
  if (url !== null)
    throw new ImportRefused("Put a key that may write into the variable VIDHUK_KEY for the collector at --url.");
  return (await localVars(statePlaces().devVars)).ADMIN_TOKEN;
}
