/** A visitor's device and the collector it sends to, without a browser: storage of any content, and a network that may be down. */
import { vi } from "vitest";
import type { ResponseBody, ResponseReceipt } from "../../shared/schema/response.ts";
import { responseSchema } from "../../shared/schema/response.ts";
import type { WidgetConfig } from "../../shared/schema/survey.ts";
import { openMemory } from "../../widget/memory.ts";
import type { Page, Vidhuk } from "../../widget/page.ts";

export const HOST = "https://feedback.example";
export const KEY = `vidhuk:${HOST}`;
export const SURVEY = "srv_0123456789abcdef";

/** How a browser's storage behaves: `full` takes no write that makes it larger. */
export type StorageKind = "works" | "full" | "throws" | "throws at writes" | "absent";

export type Device = ReturnType<typeof aDevice>;

export function aDevice(content: Record<string, string> = {}, tab: Record<string, string> = {}) {
  const device = {
    local: new Map(Object.entries(content)),
    tab: new Map(Object.entries(tab)),
    kind: "works" as StorageKind,
  };
  return device;
}

function storage(texts: Map<string, string>, kindOf: () => StorageKind): object {
  return new Proxy(
    {},
    {
      get: (_, name) => texts.get(String(name)),
      has: (_, name) => texts.has(String(name)),
      set(_, name, value) {
        const before = texts.has(String(name)) ? String(name).length + texts.get(String(name))!.length : 0;
        const grows = String(name).length + String(value).length > before;
        if (kindOf() === "throws at writes" || (kindOf() === "full" && grows))
          throw new DOMException("No room", "QuotaExceededError");
        texts.set(String(name), String(value));
        return true;
      },
      deleteProperty: (_, name) => texts.delete(String(name)) || true,
      ownKeys: () => [...texts.keys()],
      getOwnPropertyDescriptor: (_, name) =>
        texts.has(String(name)) ? { value: texts.get(String(name)), enumerable: true, configurable: true } : undefined,
    },
  );
}

/** A collector that judges bodies as the real one does and holds one response an id. */
export function aCollector() {
  const collector = {
    up: true,
    /** Answers in the collector's place, which then hears of nothing. */
    stranger: undefined as ((body: ResponseBody) => Response) | undefined,
    /** Each stored response by its id, and how many sends of it came. */
    stored: new Map<string, { body: ResponseBody; sends: number }>(),
    refused: [] as unknown[],
    /** Under which id it stores: another where it does not believe the time in it. */
    idOf: (id: string) => id,
    fetch: async (_: string, { body: text }: { body: string }) => {
      if (!collector.up) throw new TypeError("Failed to fetch");
      const body = JSON.parse(text) as ResponseBody;
      if (collector.stranger) return collector.stranger(body);
      if (!responseSchema.safeParse(body).success) {
        collector.refused.push(body);
        return Response.json({ code: "invalid" }, { status: 422 });
      }
      const there = collector.stored.get(body.id);
      const newer = !there || body.rev! > (there.body.rev ?? 0);
      collector.stored.set(body.id, {
        body: newer ? { ...there?.body, ...body } : there.body,
        sends: (there?.sends ?? 0) + 1,
      });
      const time = new Date().toISOString();
      const receipt: ResponseReceipt = { id: collector.idOf(body.id), created_at: time, updated_at: time };
      return Response.json(receipt, { status: there ? 200 : 201 });
    },
  };
  return collector;
}

/** Puts the browser's globals in the place of Node's for one page view on the device; the page as the loader makes it. */
export function openPageOn(
  device: Device,
  collector: ReturnType<typeof aCollector>,
  config: Partial<WidgetConfig> = {},
): Page {
  const listeners: [string, () => void][] = [];
  const area = (texts: Map<string, string>) => ({
    configurable: true,
    get() {
      if (device.kind === "throws") throw new DOMException("The operation is insecure.", "SecurityError");
      return device.kind === "absent" ? null : storage(texts, () => device.kind);
    },
  });
  Object.defineProperty(globalThis, "localStorage", area(device.local));
  Object.defineProperty(globalThis, "sessionStorage", area(device.tab));
  vi.stubGlobal("fetch", collector.fetch);
  vi.stubGlobal("location", { href: "https://shop.example/cart" });
  vi.stubGlobal("LANGUAGE", "en");
  vi.stubGlobal("window", { addEventListener: (type: string, act: () => void) => listeners.push([type, act]) });
  vi.stubGlobal("addEventListener", (type: string, act: () => void) => listeners.push([type, act]));
  const api = { pages: {}, kept: {} } as unknown as Vidhuk;
  const full = { id: SURVEY, ...config } as WidgetConfig;
  return {
    config: full,
    script: { dataset: {}, attributes: [] },
    host: HOST,
    key: KEY,
    api,
    memory: openMemory(KEY, api, full),
    load: () => import("../../widget/saving/resend.ts"),
    ask: async () => {},
  } as unknown as Page;
}
