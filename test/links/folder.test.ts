/**
 * The collector in a folder of the shop's own host, behind a proxy that strips the folder, as people do for first-party
 * addresses.
 */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openPage } from "../support/chromium.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { anInvitation, aSurvey, commentsOf, countOf, distributionOf } from "./collector.ts";

const FOLDER = "/feedback";
const lost: string[] = [];

/** Only the folder leads to the collector: any other address gets a 404 of the shop. */
const proxy = createServer((asked, reply) => {
  const { method, url = "", headers } = asked;
  if (!url.startsWith(`${FOLDER}/`)) {
    lost.push(url);
    reply.writeHead(404).end("the shop has no such page");
    return;
  }
  const { hostname, port, host } = new URL(sharedCollector().url);
  const onward = { hostname, port, path: url.slice(FOLDER.length), method, headers: { ...headers, host } };
  asked.pipe(
    request(onward, (answer) => {
      reply.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(reply);
    }),
  );
});

beforeAll(() => new Promise<void>((ready) => proxy.listen(0, "127.0.0.1", ready)));
afterAll(() => proxy.close());

/** The same address as seen from outside. */
function outside(url: string): string {
  const { port } = proxy.address() as AddressInfo;
  const { pathname, search } = new URL(url);
  return `http://127.0.0.1:${port}${FOLDER}${pathname}${search}`;
}

it.each(["", "/", "."])(
  "a person answers by the open link, changes it, and is thanked each time (with %j behind it)",
  async (tail) => {
    const survey = await aSurvey();
    const page = await openPage();
    await page.goto(outside(`${sharedCollector().url}/s/${survey}${tail}?nps=3`));
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("button", { name: "Change my answer" }).click();
    await page.getByText("You chose 3.").waitFor();
    await page.getByRole("radio", { name: "8 out of 10" }).check();
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: "Thank you!" }).waitFor();
    expect(await distributionOf(survey)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
    expect(lost.filter((url) => url !== "/favicon.ico")).toEqual([]);
  },
);

it("a person answers an invitation by a gesture, sends a comment, and finds the way to unsubscribe", async () => {
  const mail = await anInvitation({ confirm: "gesture" });
  const page = await openPage();
  await page.goto(outside(mail.score_urls.nps?.["9"] as string));
  await page.getByRole("heading", { name: "Lumen" }).click();
  await expect.poll(() => countOf(mail.survey)).toBe(1);
  await page.getByRole("textbox").fill("from a folder");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("heading", { name: "Thank you!" }).waitFor();
  expect((await commentsOf(mail.survey))[0]).toMatchObject({ comment: "from a folder" });
  await page.goto(outside(mail.url));
  await page.getByRole("link", { name: "Unsubscribe" }).click();
  await page.getByRole("heading", { name: "No more invitations?" }).waitFor();
  expect(lost.filter((url) => url !== "/favicon.ico")).toEqual([]);
});
