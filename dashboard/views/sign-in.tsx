import { useSignal } from "@preact/signals";
import { hrefOfHelp, signInHelp } from "../address/help-pages.ts";
import type { Refusal } from "../data/api.ts";
import type { SignedOut } from "../data/session.ts";
import { signIn, signInByColleague } from "../data/session.ts";
import { t } from "../i18n/translate.ts";
import { Preferences } from "../ui/preferences.tsx";

/** Whether the collector runs where `npm start` runs it; a deployed one has a name. */
function isOwnMachine(): boolean {
  return ["127.0.0.1", "localhost", "[::1]"].includes(location.hostname);
}

export function SignIn({ why }: { why: SignedOut }) {
  return (
    <main class="sign-in">
      <h1>Vidhuk</h1>
      <p class="lead">{t("sign_in_lead")}</p>
      {typeof why === "object" ? <ColleagueForm code={why.colleaguesCode} /> : <KeyForm why={why} />}
      <Preferences />
    </main>
  );
}

/** A colleague's address is used up by a press, not by being opened: programs look into mails before people do. */
function ColleagueForm({ code }: { code: string }) {
  const { submit, busy, refusal } = useSubmit(() => signInByColleague(code));
  return (
    <form onSubmit={submit}>
      <p>{t("sign_in_colleague")}</p>
      <p class="help">
        {t("sign_in_lasts")} <a href={hrefOfHelp(signInHelp)}>{t("help")}</a>
      </p>
      <RefusalNote refusal={refusal.value} />
      <button type="submit" class="main" aria-disabled={busy.value}>
        {t("sign_in_submit")}
      </button>
    </form>
  );
}

/** A key that is pasted once becomes a cookie that no script can read. */
function KeyForm({ why }: { why: SignedOut }) {
  const { submit, busy, refusal } = useSubmit((form) => {
    const key = String(form.get("key")).trim();
    return key ? signIn({ key }) : null;
  });
  return (
    <>
      {why === "session_ended" && !refusal.value && <p class="note">{t("sign_in_ended")}</p>}
      {why === "code_refused" && !refusal.value && (
        <div class="note" role="alert">
          <p>{t("code_refused")}</p>
          <p>{t(isOwnMachine() ? "code_again_here" : "code_again_deployed")}</p>
        </div>
      )}
      <form onSubmit={submit}>
        <label for="key">{t("sign_in_key")}</label>
        <input
          id="key"
          name="key"
          type="password"
          autocomplete="current-password"
          required
          aria-describedby="key-help"
          aria-invalid={refusal.value !== null}
        />
        <p id="key-help" class="help">
          {t(isOwnMachine() ? "sign_in_help_here" : "sign_in_help_deployed")} {t("sign_in_lasts")}{" "}
          <a href={hrefOfHelp(signInHelp)}>{t("help")}</a>
        </p>
        <RefusalNote refusal={refusal.value} />
        <button type="submit" class="main" aria-disabled={busy.value}>
          {t("sign_in_submit")}
        </button>
      </form>
    </>
  );
}

/** Sends the form with `send`, one send at a time; `refusal` is what came of the last one. A `send` of null sends nothing. */
function useSubmit(send: (form: FormData) => Promise<Refusal | null> | null) {
  const refusal = useSignal<Refusal | null>(null);
  const busy = useSignal(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const sending = busy.value ? null : send(new FormData(event.currentTarget as HTMLFormElement));
    if (!sending) return;
    busy.value = true;
    refusal.value = await sending;
    busy.value = false;
  };
  return { submit, busy, refusal };
}

function RefusalNote({ refusal }: { refusal: Refusal | null }) {
  if (!refusal) return null;
  return (
    <p class="fault" role="alert">
      {refusal.status === 401
        ? t("sign_in_refused")
        : t(refusal.code === "offline" ? "refused_offline" : "failed_title")}
    </p>
  );
}
