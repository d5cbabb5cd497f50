import { useSignal } from "@preact/signals";
import { makeSignInAddress } from "../../data/session.ts";
import { formatInstant } from "../../i18n/format.ts";
import { t } from "../../i18n/translate.ts";
import { Copyable } from "../../ui/copyable.tsx";

/** Signs a colleague in with a key just made, without the key being sent: a one-time address stands for it. */
export function ColleagueAddress({ apiKey }: { apiKey: string }) {
  const made = useSignal<{ address: string; expires_at: string } | null>(null);
  const failed = useSignal(false);
  const make = async () => {
    made.value = await makeSignInAddress(apiKey);
    failed.value = made.value === null;
  };
  return (
    <>
      {made.value && (
        <>
          <p>{t("colleague_help", { until: formatInstant(made.value.expires_at) })}</p>
          <Copyable key={made.value.address} label={t("colleague_address")} text={made.value.address} />
        </>
      )}
      {failed.value && (
        <p class="fault" role="alert">
          {t("failed_title")}
        </p>
      )}
      <button type="button" onClick={make}>
        {t("colleague_make")}
      </button>
    </>
  );
}
