import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Language } from "../../../../shared/languages.ts";
import { chooseLanguage } from "../../../../shared/languages.ts";
import { emailBlockPath } from "../../../data/api-paths.ts";
import { useReply } from "../../../data/use-reply.ts";
import { currentLanguage } from "../../../i18n/current-language.ts";
import { languageName } from "../../../i18n/format.ts";
import { t } from "../../../i18n/translate.ts";
import { CopyButton } from "../../../ui/copyable.tsx";
import { Select } from "../../../ui/select.tsx";

/** The frame's own, above and below, in px. */
const FRAME_BORDERS = 2;

/** The email block as it stands in a mail, in each language of the survey, and its markup for the mailer's template. */
export function MailPreview({ survey, languages }: { survey: string; languages: readonly Language[] }) {
  const language = useSignal<Language>(chooseLanguage([currentLanguage.value], languages));
  const frame = useRef<HTMLIFrameElement>(null);
  const ready = useSignal(false);
  const height = useSignal<number | null>(null);
  const path = emailBlockPath(survey, { link: "{{vidhuk_url}}", language: language.value });
  const { value } = useReply<{ html: string; text: string }>(path).value;
  useEffect(() => {
    const onMessage = ({ source, data }: MessageEvent<{ type: string; height?: number }>) => {
      if (source !== frame.current?.contentWindow) return;
      if (data?.type === "vidhuk:mail-ready") ready.value = true;
      if (data?.type === "vidhuk:mail-height" && data.height) height.value = data.height;
    };
    addEventListener("message", onMessage);
    return () => removeEventListener("message", onMessage);
  }, []);
  useEffect(() => {
    if (ready.value && value)
      frame.current?.contentWindow?.postMessage({ type: "vidhuk:mail", html: value.html }, location.origin);
  }, [ready.value, value]);
  return (
    <>
      {languages.length > 1 && (
        <Select
          label={t("mail_language")}
          value={language.value}
          options={languages.map((each) => [each, languageName(each)])}
          onChange={(value) => (language.value = value as Language)}
        />
      )}
      <iframe
        ref={frame}
        class="mail"
        src="/mail-preview/"
        title={t("mail_preview")}
        style={height.value === null ? {} : { height: `${height.value + FRAME_BORDERS}px` }}
      />
      {value && <CopyButton key={value.html} label={t("copy_html")} text={value.html} />}
    </>
  );
}
