import type { ComponentChildren } from "preact";
import { address } from "../address/address.ts";
import { helpFor } from "../address/help-pages.ts";
import { hrefTo } from "../address/routes.ts";
import { may, reachesAll, signOut } from "../data/session.ts";
import { t } from "../i18n/translate.ts";
import { Menu } from "./menu.tsx";
import { Preferences } from "./preferences.tsx";

/** The line above every view: the way home, what the view is about, and the reader's own things. */
export function TopBar({ children }: { children?: ComponentChildren }) {
  return (
    <header class="top">
      <a class="skip" href={location.hash || "#/"} onClick={toMain}>
        {t("skip")}
      </a>
      <a class="home" href={hrefTo("surveys", {})}>
        Vidhuk<span class="hidden">: {t("all_surveys")}</span>
      </a>
      {children}
      <HelpLink class="help-link" />
      <Menu label={t("you")}>
        <HelpLink class="button help-in-menu" />
        <Preferences />
        {may("admin") && reachesAll() && (
          <a class="button" href={hrefTo("status", {})}>
            {t("status_link")}
          </a>
        )}
        {may("admin") && (
          <a class="button" href={hrefTo("log", {})}>
            {t("log")}
          </a>
        )}
        <button type="button" onClick={signOut}>
          {t("sign_out")}
        </button>
      </Menu>
    </header>
  );
}

/** On a phone it stands in the menu, so that the survey's name has room. */
function HelpLink({ class: name }: { class: string }) {
  return (
    <a class={name} href={helpFor(address.value)} target="_blank" rel="noopener" title={t("help_title")}>
      {t("help")}
    </a>
  );
}

function toMain(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("main")?.focus();
}
