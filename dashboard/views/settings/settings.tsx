import { useMemo } from "preact/hooks";
import type { Survey } from "../../../shared/schema/survey.ts";
import type { Params } from "../../address/routes.ts";
import { hrefTo } from "../../address/routes.ts";
import { t } from "../../i18n/translate.ts";
import { Select } from "../../ui/select.tsx";
import { Audience } from "./audience.tsx";
import { draftOf } from "./draft.ts";
import { FiguresSection } from "./figures-section.tsx";
import { HooksSection } from "./hooks/hooks.tsx";
import { Invitations } from "./invitations/invitations.tsx";
import { KeysSection } from "./keys-section.tsx";
import { Look } from "./look.tsx";
import { Privacy } from "./privacy.tsx";
import { QuestionsSection } from "./questions-section.tsx";
import { SaveBar } from "./save-bar.tsx";
import { Sharing } from "./sharing.tsx";
import { Texts } from "./texts.tsx";
import { WebhooksSection } from "./webhooks/webhooks.tsx";

const sections = {
  questions: QuestionsSection,
  texts: Texts,
  look: Look,
  audience: Audience,
  figures: FiguresSection,
  sharing: Sharing,
  invitations: Invitations,
  hooks: HooksSection,
  webhooks: WebhooksSection,
  keys: KeysSection,
  privacy: Privacy,
} as const;

export type Section = keyof typeof sections;
const names = Object.keys(sections) as Section[];

/** All that an owner can set, in sections; what is changed in one section waits while another is looked at. */
export function Settings({ survey, params }: { survey: Survey; params: Params }) {
  const draft = useMemo(() => draftOf(survey), [survey.id]);
  const section = names.find((each) => each === params.section) ?? "questions";
  const Section = sections[section];
  const linkTo = (name: string) => hrefTo("settings", { survey: survey.id, section: name });
  return (
    <div class="settings">
      <h1>{t("settings")}</h1>
      <nav class="sections" aria-label={t("settings")}>
        {names.map((name) => (
          <a key={name} href={linkTo(name)} aria-current={name === section ? "page" : undefined}>
            {t(`settings_${name}`)}
          </a>
        ))}
      </nav>
      <div class="sections-select">
        <Select
          label={t("settings")}
          quiet
          value={section}
          options={names.map((name) => [name, t(`settings_${name}`)])}
          onChange={(name) => {
            location.hash = linkTo(name);
          }}
        />
      </div>
      <section class="settings-section" aria-labelledby="settings-section">
        <h2 id="settings-section">{t(`settings_${section}`)}</h2>
        <Section draft={draft} />
      </section>
      <SaveBar draft={draft} />
    </div>
  );
}
