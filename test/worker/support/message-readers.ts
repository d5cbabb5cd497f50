/**
 * Messages of webhooks as their services show them, by the rules that each service documents: the text that a reader sees, and all
 * that the service would make of it beyond text (mentions, links, styles). The forms' own bold names and links are not counted.
 */
import type { WebhookFormat } from "../../../shared/vocabulary.ts";

export type Seen = { text: string; active: string[] };

/** Reads the body of a request; throws where the service would refuse its structure. */
export const readers: Record<Exclude<WebhookFormat, "standard">, (body: never) => Seen> = {
  slack: (body: { text: string; blocks: { type: string; elements: SlackElement[] }[] }) => {
    const active = [...body.text.matchAll(/<[^>]*>|&(?!amp;|lt;|gt;)/g)].map(([found]) => found);
    const inner = body.blocks.flatMap(({ elements }) => elements).flatMap(({ elements = [] }) => elements);
    for (const { type, text } of inner) if (type !== "text" && type !== "link") active.push(`${type} ${text}`);
    return { text: inner.map(({ text }) => text).join(""), active };
  },

  teams: (body: { type: string; attachments: { contentType: string; content: CardPart }[] }) => {
    const [{ contentType, content } = fail("no card")] = body.attachments;
    if (body.type !== "message" || contentType !== "application/vnd.microsoft.card.adaptive") fail("no card");
    const active: string[] = [];
    const lines: string[] = [];
    const walk = (part: CardPart) => {
      for (const each of [...(part.body ?? []), ...(part.items ?? [])]) walk(each);
      // All others show Markdown.
      if (!["AdaptiveCard", "Container", "RichTextBlock"].includes(part.type)) active.push(part.type);
      if (!part.inlines) return;
      if (part.inlines.some(({ type, text }) => type !== "TextRun" || text === "")) fail("a run without text");
      lines.push(part.inlines.map(({ text }) => (text === " " ? "" : text)).join(""));
    };
    walk(content);
    if (new TextEncoder().encode(JSON.stringify(body)).length > 28_000) fail("more than 28 kB");
    return { text: lines.join("\n"), active };
  },

  discord: (body: { content: string; embeds: { description?: string }[]; allowed_mentions: object }) => {
    if (JSON.stringify(body.allowed_mentions) !== '{"parse":[]}') fail("somebody could be mentioned");
    const description = body.embeds[0]?.description ?? "";
    if (body.content.length > 2000 || description.length > 4096) fail("too long");
    const all = `${body.content}\n${description}`.replace(/^\*\*((?:[^*\\\n]|\\.)*)\*\*/gm, "$1");
    const active = [...all.replace(/\\[!-/:-@[-`{-~]/g, "").matchAll(/[!-/:-@[-`{-~]+/g)].map(([found]) => found);
    return { text: all.replace(/\\([^0-9A-Za-z\s])/g, "$1"), active };
  },

  telegram: ({ text, entities, ...body }: { text: string; entities: TelegramEntity[]; parse_mode?: string }) => {
    if (text.length > 4096 || "parse_mode" in body) fail("too long, or with markup");
    let free = text;
    for (const { type, offset, length } of entities)
      if (type !== "bold") free = free.slice(0, offset) + " ".repeat(length) + free.slice(offset + length);
    const found = /[@#$/][\p{L}\w]+|\w+:\/\/\S*|[\w-]+\.[a-z]{2,}|\+?\d[\d ()-]{8,}\d/giu;
    return { text, active: [...free.matchAll(found)].map(([each]) => each) };
  },

  google_chat: (body: { cardsV2: { card: GoogleCard }[]; text?: string }) => {
    if ("text" in body) fail("a plain message, which has mentions");
    const [{ card } = fail("no card")] = body.cardsV2;
    const widgets = card.sections.flatMap((section) => section.widgets);
    const shown = widgets.flatMap(({ textParagraph, decoratedText }) => textParagraph ?? decoratedText ?? []);
    const tagged = shown.map(({ text }) => text).join("\n");
    const flat = [card.header.title, ...shown.map(({ topLabel = "" }) => topLabel)].join("\n");
    const active = [...tagged.matchAll(/<|&(?!amp;|lt;|gt;)|https?:\/\/\S*|\bwww\.\S+/gi), ...flat.matchAll(/</g)];
    if (new TextEncoder().encode(JSON.stringify(body)).length > 32_000) fail("more than 32 kB");
    const labelled = shown.map(({ topLabel, text }) => (topLabel ? `${topLabel}: ${text}` : text)).join("\n");
    const text = labelled.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
    return { text: `${card.header.title}\n${text}`, active: active.map(([found]) => found) };
  },

  bitrix24: ({ fields }: { fields: Record<string, string> }) => {
    const { TITLE = "", DESCRIPTION = "", COMMENTS = "", COMMENT = "" } = fields;
    const text = [TITLE, DESCRIPTION, COMMENTS, COMMENT].filter(Boolean).join("\n");
    if ([...TITLE].length > 250) fail("a title too long");
    const own = text.replace(/: https:\/\/vidhuk\.example\/dashboard\/\S*$/, "");
    return {
      text,
      active: [...own.matchAll(/\[[^\]]*\]?|<|&(#\d+|#x[\da-f]+|\w+);|https?:\/\/\S*|\bwww\.\S+/gi)].map(([f]) => f),
    };
  },

  email: ({ subject, text, html }: { subject: string; text: string; html: string }) => {
    const own = /^https:\/\/vidhuk\.example\/dashboard\/\S*$/;
    const tags = [...html.replace("<!doctype html>", "").matchAll(/<[^>]*>/g)].map(([tag]) => tag);
    const plain =
      /^<\/?(html|head|body|title|p|blockquote|br)( (lang|dir|style)="[^"&]*")*>$|^<meta [a-z- ="8]*>$|^<\/a>$/;
    const link = (tag: string) => own.test(/^<a href="([^"]*)">$/.exec(tag)?.[1] ?? "");
    const body = html.slice(html.indexOf("<body"));
    const shown = unescaped(body.replace(/<br>|<\/p>|<\/blockquote>/g, "\n").replace(/<[^>]*>/g, ""));
    const unquoted = text.replace(/^> /gm, "");
    const lines = (all: string) => all.split("\n").filter((line) => line.trim() !== "" && !own.test(line));
    const active = [
      ...tags.filter((tag) => !plain.test(tag) && !link(tag)),
      ...[...`${shown}\n${text}`.matchAll(/https?:\/\/\S*|\bwww\.\S+/gi)].map(([f]) => f).filter((f) => !own.test(f)),
    ];
    if (active.length > 0) return { text: unquoted, active };
    if (lines(shown).join("\n") !== lines(unquoted).join("\n")) fail("two parts that say different things");
    if (/\n/.test(subject) || !unquoted.startsWith(subject)) fail("a subject of its own");
    return { text: unquoted, active };
  },
};

function unescaped(html: string): string {
  const signs: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return html.replace(/&([^;]*);/g, (_, name) => signs[name] ?? fail(`an escape &${name};`));
}

/** The text as it was, without what some services' forms do to keep signs and addresses from meaning something. */
export function withoutLookAlikes(text: string): string {
  const signs: Record<string, string> = { "‹": "<", "›": ">", "［": "[", "］": "]", "＆": "&" };
  const plain = text.replace(/[‹›［］＆]/g, (sign) => signs[sign] ?? sign);
  return plain.replaceAll(": //", "://").replaceAll("www. ", "www.");
}

function fail(why: string): never {
  throw new Error(`the service would refuse this: ${why}`);
}

type SlackElement = { type: string; text?: string; elements?: SlackElement[] };
type CardPart = {
  type: string;
  body?: CardPart[];
  items?: CardPart[];
  inlines?: { type: string; text: string }[];
};
type TelegramEntity = { type: string; offset: number; length: number };
type GoogleText = { text: string; topLabel?: string };
type GoogleCard = {
  header: { title: string };
  sections: { widgets: { textParagraph?: GoogleText; decoratedText?: GoogleText }[] }[];
};
