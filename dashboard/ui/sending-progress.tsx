import { t } from "../i18n/translate.ts";

type Props = {
  /** How much is done, out of `of`. */
  done: number;
  of: number;
  /** The same in words. */
  text: string;
};

/** How far a file has been sent or read. */
export function SendingProgress({ done, of, text }: Props) {
  return (
    <div class="sending">
      <progress aria-label={t("sending")} max={Math.max(1, of)} value={Math.min(done, of)} />
      {/* Not announced: it changes several times a second. */}
      <p class="help">{text}</p>
    </div>
  );
}
