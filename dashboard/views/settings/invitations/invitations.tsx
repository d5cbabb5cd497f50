import { useSignal } from "@preact/signals";
import { limits } from "../../../../shared/limits.ts";
import type { Invitation, InvitationsReply } from "../../../../shared/schema/invitation.ts";
import type { Refusal } from "../../../data/api.ts";
import { call, get } from "../../../data/api.ts";
import { invitationPath, invitationsPath } from "../../../data/api-paths.ts";
import { saveFile } from "../../../files/save-file.ts";
import { writeCsv } from "../../../files/write-csv.ts";
import { faultOf, reasonOf } from "../../../i18n/error-messages.ts";
import { formatInstant } from "../../../i18n/format.ts";
import { separatorHere } from "../../../i18n/separator.ts";
import { t } from "../../../i18n/translate.ts";
import { FileInput } from "../../../ui/file-input.tsx";
import { NumberInput } from "../../../ui/inputs.tsx";
import type { Draft } from "../draft.ts";
import { batchesOf, inviteesOf, linksOf } from "./invitees.ts";
import { MailPreview } from "./mail-preview.tsx";
import { Unsubscribes } from "./unsubscribes.tsx";

/** A list of people comes in as CSV and goes out as CSV with a link for each; the owner's mailer sends them. */
export function Invitations({ draft }: { draft: Draft }) {
  const { id, anonymous, languages, retention_days } = draft.saved.value;
  const days = useSignal<number | null>(Math.min(limits.invitationDaysUsual, retention_days ?? Infinity));
  const reply = useSignal<InvitationsReply | null>(null);
  const expiresAt = useSignal<string | null>(null);
  const refusal = useSignal<Refusal | "nobody" | "unreadable" | null>(null);
  const invite = async (file: File | undefined) => {
    reply.value = null;
    expiresAt.value = null;
    const people = file ? await inviteesOf(await file.text()) : [];
    refusal.value = people === null ? "unreadable" : people.length === 0 ? "nobody" : null;
    const all: InvitationsReply = { invitations: [], skipped: [] };
    for (const respondents of batchesOf(people ?? [])) {
      const part = await call<InvitationsReply>("POST", invitationsPath(id), {
        respondents,
        expires_in_days: days.value,
      });
      if (!part.ok) {
        refusal.value = part.refusal;
        break;
      }
      all.invitations.push(...part.value.invitations);
      all.skipped.push(...part.value.skipped);
    }
    // Invitations made before a refusal stay made, and their links are worth having.
    if (all.invitations.length + all.skipped.length > 0) reply.value = all;
    const last = all.invitations.at(-1);
    const made = last && (await get<Invitation>(invitationPath(id, last.id)));
    if (made?.ok) expiresAt.value = made.value.expires_at;
  };
  return (
    <>
      {anonymous ? (
        <p class="note">{t("invite_anonymous")}</p>
      ) : (
        <>
          <p class="help">{t("invite_help")}</p>
          <NumberInput
            label={t("invite_days")}
            help={t("invite_days_help")}
            notes={{ fault: faultOf(isRefusal(refusal.value) ? refusal.value : null, "/expires_in_days") }}
            value={days.value}
            min={1}
            max={Math.min(limits.invitationDays, retention_days ?? Infinity)}
            onChange={(value) => (days.value = value)}
          />
          <div class="field">
            <label for="people">{t("invite_file")}</label>
            <FileInput id="people" accept=".csv,text/csv" onChange={invite} />
          </div>
        </>
      )}
      {refusal.value && (
        <p class="fault" role="alert">
          {isRefusal(refusal.value) ? reasonOf(refusal.value) : t(`invite_${refusal.value}`)}
        </p>
      )}
      {reply.value && <InvitationsMade reply={reply.value} expiresAt={expiresAt.value} />}
      <h3>{t("mail_preview")}</h3>
      <p class="help">{t("mail_help")}</p>
      <MailPreview survey={id} languages={languages} />
      <Unsubscribes survey={id} />
    </>
  );
}

function isRefusal(value: Refusal | string | null): value is Refusal {
  return value !== null && typeof value !== "string";
}

type Made = { reply: InvitationsReply; expiresAt: string | null };

function InvitationsMade({ reply, expiresAt }: Made) {
  const { invitations, skipped } = reply;
  return (
    <div class="note" role="status">
      <p>{t("invited", { n: invitations.length })}</p>
      {expiresAt && <p>{t("invited_until", { until: formatInstant(expiresAt) })}</p>}
      {skipped.length > 0 && (
        <>
          <p>{t("not_invited", { n: skipped.length })}</p>
          <ul>
            {skipped.slice(0, 20).map(({ respondent, reason }) => (
              <li key={respondent}>
                {respondent}: {t(`skipped_${reason}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      {invitations.length > 0 && (
        <button
          type="button"
          onClick={() => saveFile("invitations.csv", "text/csv", writeCsv(linksOf(reply), separatorHere()))}
        >
          {t("save_links")}
        </button>
      )}
    </div>
  );
}
