import type { InvitationsBody, InvitationsReply } from "../../shared/schema/invitation.ts";
import type { SurveySettings } from "../../shared/schema/survey.ts";
import { emailBlock } from "../pages/email-html.ts";
import { textBlock } from "../pages/email-text.ts";
import type { ScoreLink } from "../pages/score-link.ts";
import { wordingFor } from "../pages/wording.ts";

/** Stands for the link in a block; no text of an owner or a respondent holds it, and it needs no escaping. */
const LINK_MARK = "vidhuk-link-9f1c7d2e";

/**
 * Adds to each invited person the blocks for a mail that `include` names, in the person's language. The block is made once
 * for each language; only the link in it differs from person to person.
 */
export function addBlocks(reply: InvitationsReply, body: InvitationsBody, settings: SurveySettings): InvitationsReply {
  if (body.include.length === 0) return reply;
  const languageOf = new Map(body.respondents.map(({ id, language }) => [id, language]));
  const blocksOf = blockWriter(settings);
  const invitations = reply.invitations.map((invited) => {
    const blocks = blocksOf(languageOf.get(invited.respondent) ?? settings.languages[0] ?? "", invited.url);
    const own = body.include.map((format) => [format, blocks[format]]);
    return { ...invited, ...Object.fromEntries(own) };
  });
  return { ...reply, invitations };
}

type Blocks = Record<InvitationsBody["include"][number], string>;

/** Writes the block in a language around a person's link. */
export function blockWriter(settings: SurveySettings): (language: string, url: string) => Blocks {
  const made = new Map<string, Blocks>();
  return (language, url) => {
    const blocks = made.get(language) ?? blocksIn(language, settings);
    made.set(language, blocks);
    return { html: blocks.html.replaceAll(LINK_MARK, url), text: blocks.text.replaceAll(LINK_MARK, url) };
  };
}

function blocksIn(language: string, settings: SurveySettings): Blocks {
  const words = wordingFor([language], settings);
  const linkOf: ScoreLink = (question, score) => `${LINK_MARK}?${question}=${score}`;
  return {
    html: emailBlock(settings, words, LINK_MARK, linkOf),
    text: textBlock(settings, words, LINK_MARK, linkOf),
  };
}
