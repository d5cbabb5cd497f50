import { useSignal } from "@preact/signals";
import type { InvitationsReply } from "../../../../shared/schema/invitation.ts";
import type { Refusal } from "../../../data/api.ts";
import { call } from "../../../data/api.ts";
import { invitationsPath } from "../../../data/api-paths.ts";
import { saveFile } from "../../../files/save-file.ts";
import { writeCsv } from "../../../files/write-csv.ts";
import { reasonOf } from "../../../i18n/error-messages.ts";
import { separatorHere } from "../../../i18n/separator.ts";
import { t } from "../../../i18n/translate.ts";
import { FileInput } from "../../../ui/file-input.tsx";
import type { Draft } from "../draft.ts";
import { batchesOf, inviteesOf, linksOf } from "./invitees.ts";
import { MailPreview } from "./mail-preview.tsx";
import { Unsubscribes } from "./unsubscribes.tsx";

/** A list of people comes in as CSV and goes out as CSV with a link for each; the owner's mailer sends them. */
export function Invitations({ draft }: { draft: Draft }) {
  const { id } = draft.saved.value;
  const reply = useSignal<InvitationsReply | null>(null);
  const refusal = useSignal<Refusal | "nobody" | "unreadable" | null>(null);
  const invite = async (file: File | undefined) => {
    reply.value = null;
    const people = file ? await inviteesOf(await file.text()) : [];
    refusal.value = people === null ? "unreadable" : people.length === 0 ? "nobody" : null;
    const all: InvitationsReply = { invitations: [], skipped: [] };
    for (const respondents of batchesOf(people ?? [])) {
      const part = await call<InvitationsReply>("POST", invitationsPath(id), { respondents });
      if (!part.ok) {
        refusal.value = part.refusal;
        break;
      }
      all.invitations.push(...part.value.invitations);
      all.skipped.push(...part.value.skipped);
    }
    // Invitations made before a refusal stay made, and their links are worth having.
    if (all.invitations.length + all.skipped.length > 0) reply.value = all;
  };
  return (
    <>
      <p class="help">{t("invite_help")}</p>
      <div class="field">
        <label for="people">{t("invite_file")}</label>
        <FileInput id="people" accept=".csv,text/csv" onChange={invite} />
      </div>
      {refusal.value && (
        <p class="fault" role="alert">
          {typeof refusal.value === "string" ? t(`invite_${refusal.value}`) : reasonOf(refusal.value)}
        </p>
      )}
      {reply.value && <InvitationsMade reply={reply.value} />}
      <h3>{t("mail_preview")}</h3>
      <p class="help">{t("mail_help")}</p>
      <MailPreview survey={id} />
      <Unsubscribes survey={id} />
    </>
  );
}

function InvitationsMade({ reply }: { reply: InvitationsReply }) {
  const { invitations, skipped } = reply;
  return (
    <div class="note" role="status">
      <p>{t("invited", { n: invitations.length })}</p>
      {skipped.length > 0 && (
        <>
          <p>{t("not_invited", { n: skipped.length })}</p>
          <ul>
            {skipped.slice(0, 20).map(({ respondent, reason }) => (
              <li key={respondent}>
                {respondent}: {reason.replaceAll("_", " ")}
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
