import { useSignal } from "@preact/signals";
import type { InvitationsReply } from "../../../../shared/schema/invitation.ts";
import { saveFile } from "../../../charts/save.ts";
import { csvOf } from "../../../charts/table.ts";
import type { Refusal } from "../../../data/api.ts";
import { call } from "../../../data/api.ts";
import { invitationsPath } from "../../../data/api-paths.ts";
import { reasonOf } from "../../../i18n/error-messages.ts";
import { t } from "../../../i18n/translate.ts";
import type { Draft } from "../draft.ts";
import { batchesOf, linksOf, peopleOf } from "./invitees.ts";
import { MailPreview } from "./mail-preview.tsx";
import { Unsubscribes } from "./unsubscribes.tsx";

/** People in as CSV, their links out as CSV; sending is the mailer's. */
export function Invitations({ draft }: { draft: Draft }) {
  const { id } = draft.saved.value;
  const reply = useSignal<InvitationsReply | null>(null);
  const refusal = useSignal<Refusal | "nobody" | null>(null);
  const invite = async (file: File | undefined) => {
    reply.value = null;
    const people = file ? peopleOf(await file.text()) : [];
    refusal.value = people.length === 0 ? "nobody" : null;
    const all: InvitationsReply = { invitations: [], skipped: [] };
    for (const respondents of batchesOf(people)) {
      const part = await call<InvitationsReply>("POST", invitationsPath(id), { respondents });
      if (!part.ok) {
        refusal.value = part.refusal;
        break;
      }
      all.invitations.push(...part.value.invitations);
      all.skipped.push(...part.value.skipped);
    }
    // What was made before a fault is made: its links are worth having.
    if (all.invitations.length + all.skipped.length > 0) reply.value = all;
  };
  return (
    <>
      <p class="help">{t("invite_help")}</p>
      <div class="field">
        <label for="people">{t("invite_file")}</label>
        <input
          id="people"
          type="file"
          accept=".csv,text/csv"
          onChange={(event) => event.currentTarget.files && invite(event.currentTarget.files[0])}
        />
      </div>
      {refusal.value && (
        <p class="fault" role="alert">
          {refusal.value === "nobody" ? t("invite_nobody") : reasonOf(refusal.value)}
        </p>
      )}
      {reply.value && <Made reply={reply.value} />}
      <h3>{t("mail_preview")}</h3>
      <p class="help">{t("mail_help")}</p>
      <MailPreview survey={id} />
      <Unsubscribes survey={id} />
    </>
  );
}

function Made({ reply }: { reply: InvitationsReply }) {
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
        <button type="button" onClick={() => saveFile("invitations.csv", "text/csv", csvOf(linksOf(reply)))}>
          {t("save_links")}
        </button>
      )}
    </div>
  );
}
