/**
 * Cloudflare's side of Turnstile in a page: a script and a frame at the real addresses, as strict as theirs. Its element
 * has to be in the page's own tree; an error nobody takes is thrown into the page; the frame obeys the page's policy.
 */
import type { BrowserContext, Locator, Page } from "playwright-core";

export type Turnstile = {
  /** What the tokens begin with, for worker-siteverify.ts. */
  token: "person" | "outage" | "machine";
  /** Whether the visitor has to tick a box. */
  interactive: boolean;
  /** Whether the script can be had at all. */
  reachable: boolean;
  /** The addresses asked for so far. */
  readonly requests: string[];
};

export async function playTurnstile(context: BrowserContext, wishes: Partial<Turnstile> = {}): Promise<Turnstile> {
  const cloudflare: Turnstile = { token: "person", interactive: false, reachable: true, requests: [], ...wishes };
  await context.route("https://challenges.cloudflare.com/**", (route) => {
    const url = route.request().url();
    cloudflare.requests.push(url);
    if (!cloudflare.reachable) return route.abort();
    const { token, interactive } = cloudflare;
    if (url.includes("/api.js")) return route.fulfill({ contentType: "text/javascript", body: `(${script})()` });
    const body = `<!doctype html><html lang="en"><title>-</title><main><label><input type="checkbox"> Verify you are human</label></main>
      <script>(${frame})(${JSON.stringify({ token, interactive })})</script>`;
    return route.fulfill({ contentType: "text/html; charset=utf-8", body });
  });
  return cloudflare;
}

/** The box to tick, in a frame that no selector reaches. */
export function humanBox(page: Page): Locator {
  const frame = page.frames().findLast((each) => each.url().startsWith("https://challenges.cloudflare.com/frame"));
  if (!frame) throw new Error("Turnstile has no frame on the page");
  return frame.getByRole("checkbox", { name: "Verify you are human" });
}

/** Runs in the page. */
function script() {
  type Options = Record<string, string> & Record<string, (token?: string) => unknown>;
  const tag = document.currentScript as HTMLScriptElement;
  if (!tag.src.startsWith("https://challenges.cloudflare.com/turnstile/v0/api.js")) throw Error("no script tag");
  const widgets = new Map<string, { wrapper: HTMLElement; frame: HTMLIFrameElement; options: Options }>();
  const turnstile = {
    renderedAt: [] as number[],
    render(container: HTMLElement, options: Options) {
      let top: Element = container;
      while (top.parentElement) top = top.parentElement;
      if (top !== document.documentElement) throw Error("[Cloudflare Turnstile] no path to the document.");
      if (!/^[0-9A-Za-z_-]{3,100}$/.test(options.sitekey!)) throw Error("[Cloudflare Turnstile] sitekey.");
      const id = `cf-${turnstile.renderedAt.push(Date.now())}`;
      const wrapper = document.createElement("div");
      const frame = document.createElement("iframe");
      frame.title = "Widget containing a Cloudflare security challenge";
      frame.setAttribute("sandbox", "allow-same-origin allow-scripts allow-popups");
      frame.style.cssText = "border:none;width:1px;height:1px;opacity:0.01;position:fixed";
      frame.src = `https://challenges.cloudflare.com/frame#${id}`;
      wrapper.attachShadow({ mode: "closed" }).append(frame);
      container.append(wrapper);
      widgets.set(id, { wrapper, frame, options });
      return id;
    },
    remove(id: string) {
      widgets.get(id)?.wrapper.remove();
      widgets.delete(id);
    },
  };
  addEventListener("message", ({ data, source }) => {
    for (const { frame, options } of widgets.values()) {
      if (frame.contentWindow !== source) continue;
      if (data.interactive) {
        options["before-interactive-callback"]?.();
        frame.style.cssText = `border:none;height:65px;width:${options.size === "compact" ? "150px" : "100%"}`;
      } else options.callback?.(data.token);
    }
  });
  Object.assign(window, { turnstile });
}

/** Runs in the frame. */
function frame({ token, interactive }: Pick<Turnstile, "token" | "interactive">) {
  const done = () => parent.postMessage({ token: `${token}-${crypto.randomUUID()}` }, "*");
  if (!interactive) return done();
  parent.postMessage({ interactive }, "*");
  document.querySelector("input")?.addEventListener("change", done);
}
