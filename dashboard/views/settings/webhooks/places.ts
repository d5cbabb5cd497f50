/** Where messages of webhooks can go, in the order in which they are offered, and what each is told of where the reader says nothing. */
import type { ScoreName } from "../../../../shared/questions.ts";
import { groupsOf, scoreNames } from "../../../../shared/questions.ts";
import type { Webhook } from "../../../../shared/schema/webhook.ts";
import type { WebhookFormat } from "../../../../shared/vocabulary.ts";
import type { StringKey } from "../../../i18n/translate.ts";
import { t } from "../../../i18n/translate.ts";
import type { Chosen } from "./filter-fields.tsx";
import { NO_CONDITIONS } from "./filter-fields.tsx";

type Place = {
  /** The name of the service; a text where it is none. */
  name: string | { text: StringKey };
  /** How its addresses look. */
  address: string;
  /** Where the address comes from. */
  help: StringKey;
  /** The address, of what the reader has pasted. */
  addressOf?: (pasted: string) => string;
  /** What else has to be said: how it is called, how to find it, and an example. */
  chat?: { label: StringKey; help: StringKey; example: string };
};

export const places: Record<WebhookFormat, Place> = {
  telegram: {
    name: "Telegram",
    address: "https://api.telegram.org/bot123456:ABC…/sendMessage",
    help: "place_telegram_help",
    // A token as BotFather writes it.
    addressOf: (pasted) => (/^\d+:[\w-]+$/.test(pasted) ? `https://api.telegram.org/bot${pasted}/sendMessage` : pasted),
    chat: { label: "webhook_chat", help: "place_telegram_chat", example: "-1001234567890" },
  },
  slack: { name: "Slack", address: "https://hooks.slack.com/services/…", help: "place_slack_help" },
  teams: { name: "Microsoft Teams", address: "https://….powerplatform.com/…", help: "place_teams_help" },
  discord: { name: "Discord", address: "https://discord.com/api/webhooks/…", help: "place_discord_help" },
  google_chat: {
    name: "Google Chat",
    address: "https://chat.googleapis.com/…?key=…&token=…",
    help: "place_google_chat_help",
  },
  bitrix24: {
    name: "Bitrix24",
    address: "https://….bitrix24.eu/rest/1/…/",
    help: "place_bitrix24_help",
    chat: { label: "place_bitrix24_target", help: "place_bitrix24_chat", example: "tasks" },
  },
  email: {
    name: { text: "place_email" },
    address: "team@shop.example",
    help: "place_email_help",
    addressOf: (pasted) => (/^mailto:/i.test(pasted) ? pasted : `mailto:${pasted}`),
  },
  standard: { name: { text: "place_program" }, address: "https://", help: "webhook_url_help" },
};

export const placeFormats = Object.keys(places) as WebhookFormat[];

export function placeName(format: WebhookFormat): string {
  const { name } = places[format];
  return typeof name === "string" ? name : t(name.text);
}

/** How many characters at the end of an address tell two apart and give no secret away. */
const TAIL = 4;

/**
 * The address of a program or of a mailbox; of a service for people its name, with the chat or the end of the address, for whoever
 * has the whole address can write there.
 */
export function webhookName({ format, url, chat }: Pick<Webhook, "format" | "url" | "chat">): string {
  if (format === "standard") return url;
  if (format === "email") return url.replace(/^mailto:/i, "");
  return `${placeName(format)}: ${chat ?? `…${url.slice(-TAIL)}`}`;
}

/** What a webhook is told of at first: people of comments by the unhappy, programs of everything. */
export function usualFor(format: WebhookFormat, questions: readonly string[]): Chosen {
  if (format === "standard") return { events: ["response.created", "comment.created"], conditions: NO_CONDITIONS };
  const asked = scoreNames.find((name) => questions.includes(name));
  const groups: Partial<Record<ScoreName, string[]>> = asked ? { [asked]: groupsOf(asked).slice(-1) } : {};
  return { events: ["comment.created"], conditions: { ...NO_CONDITIONS, groups } };
}
