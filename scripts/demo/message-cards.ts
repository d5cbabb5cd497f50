/**
 * The messages of webhooks as neutral cards: what their bodies say, in the order and with the emphasis that they ask for. How a service
 * looks is not imitated.
 */

type Json = Record<string, unknown>;
type Widget = {
  textParagraph?: { text: string };
  decoratedText?: { topLabel: string; text: string };
  buttonList?: { buttons: { text: string }[] };
};
type Run = { type: string; text: string; weight?: string; style?: { bold?: true } };

/** The HTML of a card for the body that a service was sent, by the name of its format. */
export const cards: Record<string, (body: never) => string> = {
  slack({ blocks: [{ elements }] }: { blocks: [{ elements: { type: string; elements: Run[] }[] }] }) {
    return elements
      .map(({ type, elements: runs }) => {
        const inner = runs.map(({ type: kind, text, style }) =>
          kind === "link" ? link(text) : run(text, style?.bold),
        );
        return type === "rich_text_quote" ? `<blockquote>${inner.join("")}</blockquote>` : `<p>${inner.join("")}</p>`;
      })
      .join("");
  },

  teams({ attachments: [{ content }] }: { attachments: [{ content: Json }] }) {
    const block = (part: Json): string =>
      part.type === "Container"
        ? `<blockquote>${(part.items as Json[]).map(block).join("")}</blockquote>`
        : `<p>${(part.inlines as Run[]).map(({ text, weight }) => run(text, weight === "Bolder")).join("")}</p>`;
    const buttons = (content.actions as { title: string }[]).map(({ title }) => button(title));
    return [...(content.body as Json[]).map(block), ...buttons].join("");
  },

  discord({ content, embeds }: { content: string; embeds: { title: string; description: string; color: number }[] }) {
    const boxes = embeds.map(
      ({ title, description, color }) =>
        `<div class="bar" style="border-color: #${color.toString(16).padStart(6, "0")}">
          <p>${link(withoutEscapes(title))}</p><p>${markdown(description)}</p>
        </div>`,
    );
    return [`<p>${markdown(content)}</p>`, ...boxes].join("");
  },

  telegram({ text, entities }: { text: string; entities: { type: string; offset: number; length: number }[] }) {
    const tags: Record<string, string> = { bold: "strong", code: "code", pre: "pre", text_link: "a" };
    let html = "";
    let at = 0;
    for (const { type, offset, length } of entities) {
      const tag = tags[type] ?? "span";
      html += `${escapeHtml(text.slice(at, offset))}<${tag}>${escapeHtml(text.slice(offset, offset + length))}</${tag}>`;
      at = offset + length;
    }
    // A block stands on lines of its own.
    return `<div class="lines">${`${html}${escapeHtml(text.slice(at))}`.replace(/\n*<pre>/, "<pre>").replace(/<\/pre>\n*/, "</pre>")}</div>`;
  },

  google_chat({
    cardsV2: [{ card }],
  }: {
    cardsV2: [{ card: { header: { title: string }; sections: [{ widgets: Widget[] }] } }];
  }) {
    const widget = ({ textParagraph, decoratedText, buttonList }: Widget): string => {
      // These texts are escaped already.
      if (textParagraph) return `<p>${textParagraph.text}</p>`;
      if (decoratedText) return `<p><small>${escapeHtml(decoratedText.topLabel)}</small>\n${decoratedText.text}</p>`;
      return (buttonList?.buttons ?? []).map(({ text }) => button(text)).join("");
    };
    return `<p>${run(card.header.title, true)}</p>${card.sections[0].widgets.map(widget).join("")}`;
  },

  email({ subject, html }: { subject: string; html: string }) {
    const inner = /<body[^>]*>([\s\S]*)<\/body>/.exec(html)?.[1] ?? "";
    return `<p><small>${escapeHtml(subject)}</small></p><div>${inner}</div>`;
  },

  bitrix24({ fields }: { fields: Record<string, string> }) {
    const text = fields.DESCRIPTION ?? "";
    return `<p>${run(fields.TITLE ?? "", true)}</p><p>${escapeHtml(text).replace(/https?:\S+$/, (url) => `<a>${url}</a>`)}</p>`;
  },
};

/** The style of the page on which a card stands. */
export const cardStyle = `
  body { margin: 0; padding: 12px; background: #f1f0ec; font: 15px/1.45 system-ui, "DejaVu Sans", sans-serif; color: #1c1d1b; }
  main { padding: 12px 16px; border: 1px solid #d8d6ce; border-radius: 10px; background: #fff; overflow-wrap: anywhere; }
  .lines { white-space: pre-wrap; }
  .lines pre { margin: 8px 0; }
  p, blockquote, pre { margin: 0 0 8px; white-space: pre-wrap; }
  blockquote { padding: 6px 12px; border-left: 4px solid #d8d6ce; background: #f8f7f4; }
  blockquote p { margin: 0; }
  .bar { padding: 8px 12px 0; border-left: 4px solid; background: #f8f7f4; }
  pre, code { font: 13px/1.45 ui-monospace, "DejaVu Sans Mono", monospace; background: #f1f0ec; }
  pre { padding: 8px 10px; }
  a { color: #1f5c4d; text-decoration: underline; }
  small { color: #5e605a; }
  .button { display: inline-block; padding: 4px 12px; border: 1px solid #8a8c84; border-radius: 6px; }
`;

function run(text: string, isBold = false): string {
  return isBold ? `<strong>${escapeHtml(text)}</strong>` : escapeHtml(text);
}

function link(text: string): string {
  return `<a>${escapeHtml(text)}</a>`;
}

function button(text: string): string {
  return `<span class="button">${escapeHtml(text)}</span>`;
}

function markdown(text: string): string {
  return escapeHtml(text)
    .replace(/\*\*((?:\\.|[^*\\])+)\*\*/g, "<strong>$1</strong>")
    .replace(/\\(&(?:amp|lt|gt|quot);|[^\w\s])/g, "$1");
}

function withoutEscapes(text: string): string {
  return text.replace(/\\([^\w\s])/g, "$1");
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
