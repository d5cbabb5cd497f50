/** The collector in a folder of the shop's own host, and tags that script optimisers have moved or run themselves. */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPage } from "../support/chromium.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { aSurvey, metricsOf } from "./collector.ts";
import { pending, satisfied, score } from "./visitor.ts";

/** How a page of the shop brings the script in; `src` is its address. */
const tags: Record<string, (src: string) => string> = {
  "a tag": (src) => `<script async src="${src}"></script>`,
  "a module": (src) => `<script type="module" src="${src}"></script>`,
  "a tag that code puts in": (src) =>
    `<script>document.head.append(Object.assign(document.createElement("script"), { src: "${src}" }))</script>`,
  "a tag that code puts in and takes away at once": (src) =>
    `<script>{ const tag = document.createElement("script"); tag.src = "${src}"; document.head.append(tag); tag.remove() }</script>`,
  "a tag whose text an optimiser runs": (src) =>
    `<script type="text/plain" src="${src}"></script>
     <script>fetch("${src}").then((reply) => reply.text()).then((text) => (0, eval)(text))</script>`,
  "a tag whose text an optimiser puts in a tag of its own": (src) =>
    `<script type="text/plain" src="${src}"></script>
     <script>fetch("${src}").then((reply) => reply.text()).then((text) => {
       document.head.append(Object.assign(document.createElement("script"), { text }));
     })</script>`,
};

let markup = "";
const lost: string[] = [];
/** Nothing but the page and the folders is served: what leaves them is a 404 of the shop. */
const shop = createServer((asked, reply) => {
  const { method, url = "", headers } = asked;
  const [, path] = /^(?:\/feedback|\/w\/w)(\/.*)/.exec(url) ?? [];
  if (!path) {
    if (url !== "/" && url !== "/favicon.ico") lost.push(url);
    reply
      .writeHead(url === "/" ? 200 : 404, { "Content-Type": "text/html" })
      .end(url === "/" ? markup : "no such page");
    return;
  }
  const { hostname, port, host } = new URL(sharedCollector().url);
  asked.pipe(
    request({ hostname, port, path, method, headers: { ...headers, host } }, (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(reply);
    }),
  );
});

beforeAll(() => new Promise<void>((ready) => shop.listen(0, "127.0.0.1", ready)));
afterAll(() => {
  shop.close();
  shop.closeAllConnections();
});

test.each([...Object.keys(tags).map((tag) => ["/feedback", tag] as const), ["/w/w", "a tag"] as const])(
  "in the folder %s, with %s, somebody is asked and the answer arrives",
  async (folder, tag) => {
    const survey = await aSurvey();
    const origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
    markup = `<!doctype html><html lang="en"><title>Shop</title><body><h1>Shop</h1>${tags[tag]!(`${folder}/w/${survey}.js`)}`;
    lost.length = 0;
    const page = await openPage();
    await page.goto(origin);
    await score(page, 9).click();
    await satisfied(page).waitFor();
    await expect.poll(async () => (await metricsOf(survey)).nps?.distribution[9]).toBe(1);
    expect(lost).toEqual([]);
    // Kept under the folder's own name: another collector on the same host has another.
    await expect.poll(() => pending(page, { url: origin + folder })).toMatchObject([{ sent: 1 }]);
  },
);
