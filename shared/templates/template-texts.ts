/** What one language says in the templates of surveys. */
import type { Texts } from "../strings/keys.ts";
import type { TemplateName, TopicName } from "./names.ts";

export type TemplateTexts = {
  /** The wording of a template's own; all else is the built-in one. */
  texts: Record<TemplateName, Partial<Texts>>;
  /** What each topic is called, and the beginnings of the words by which comments name it. */
  topics: Record<TopicName, { name: string; stems: readonly string[] }>;
};
