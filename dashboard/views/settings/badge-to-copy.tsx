import { badgePath } from "../../data/api-paths.ts";
import { useReply } from "../../data/use-reply.ts";
import { t } from "../../i18n/translate.ts";
import { Copyable } from "../../ui/copyable.tsx";

type Badge = { label: string; message: string };

/** The badge as it reads now, and the address that shields.io draws it from. */
export function BadgeToCopy({ survey }: { survey: string }) {
  const path = badgePath(survey);
  const { value } = useReply<Badge>(path).value;
  const address = `https://img.shields.io/endpoint?url=${encodeURIComponent(location.origin + path)}`;
  return (
    <>
      {value && (
        <p class="badge">
          <span>{value.label}</span>
          <span>{value.message}</span>
        </p>
      )}
      <p class="help">{t("badge_address")}</p>
      <Copyable label={t("badge_address")} text={address} />
    </>
  );
}
