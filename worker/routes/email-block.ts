import { Hono } from "hono";
import { linkParametersOf } from "../../shared/links/link-parameters.ts";
import type { EmailBlock } from "../../shared/schema/invitation.ts";
import { emailBlockQuerySchema } from "../../shared/schema/invitation.ts";
import type { App } from "../env.ts";
import { needs } from "../http/auth.ts";
import { publicUrl } from "../http/public-url.ts";
import { readQuery } from "../http/query.ts";
import { emailBlock } from "../pages/email-html.ts";
import { textBlock } from "../pages/email-text.ts";
import type { ScoreLink } from "../pages/score-link.ts";
import { wordingFor } from "../pages/wording.ts";
import { propertiesForMail } from "../survey-form/link-properties.ts";
import { surveyOfPath } from "../surveys/find-survey.ts";

/**
 * GET /v1/surveys/:survey/email-block: the block for a mailer's template, with a merge tag of the mailer in each link.
 * `link={{vidhuk_url}}` is for a mailer that has each person's own link in a field. `r={{id}}` is for one that has only their
 * id: the answers then stay unverified. `department={{branch}}` puts that property into each link.
 */
export const emailBlocks = new Hono<App>().get("/", needs("metrics"), async (c) => {
  const { link, r, language, ...others } = readQuery(c, emailBlockQuerySchema);
  const { id, settings } = await surveyOfPath(c);
  const words = wordingFor(language ? [language] : [], settings);
  const properties = linkParametersOf(propertiesForMail(others, settings));
  const open = `${publicUrl(c)}/s/${id}?lang=${words.language}${properties}`;
  const plain = link === undefined ? `${open}&r=${r}` : link + properties.replace("&", "?");
  const linkOf: ScoreLink = (question, score) =>
    link === undefined ? `${open}&${question}=${score}&r=${r}` : `${link}?${question}=${score}${properties}`;
  const block = { html: emailBlock(settings, words, plain, linkOf), text: textBlock(settings, words, plain, linkOf) };
  return c.json(block satisfies EmailBlock);
});
