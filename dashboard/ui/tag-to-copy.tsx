import { t } from "../i18n/translate.ts";
import { Copyable } from "./copyable.tsx";

/** The one line that an owner pastes. */
export function TagToCopy({ survey }: { survey: string }) {
  return <Copyable label={t("script_tag")} text={`<script async src="${location.origin}/w/${survey}.js"></script>`} />;
}
