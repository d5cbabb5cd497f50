/** Promise 2: a machine that opens a link never votes, and never spoils the vote of the person who comes after it. */
import { describe, expect, it } from "vitest";
import { openPage } from "../support/chromium.ts";
import { ask } from "../support/shared-collector.ts";
import type { Mailed } from "./collector.ts";
import { anInvitation, commentsOf, countOf, distributionOf, stateOf } from "./collector.ts";
import { machines, PERSONS_BROWSER } from "./machines.ts";

/** The person opens the link that they meant, and sends. */
async function personVotes(mail: Mailed): Promise<void> {
  const page = await openPage();
  await page.goto(mail.score_urls.nps?.["9"] as string);
  await page.getByRole("textbox").fill("from a person");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("heading", { name: "Thank you! We are glad" }).waitFor();
}

describe("machines", () => {
  it.each(Object.entries(machines))("%s writes nothing, and the person after it votes", async (_, act) => {
    const mails = await Promise.all(["send", "gesture"].map((confirm) => anInvitation({ confirm })));
    await Promise.all(mails.map(act));
    expect(await Promise.all(mails.map(({ survey }) => countOf(survey)))).toEqual([0, 0]);
    expect(await Promise.all(mails.map(stateOf))).toEqual(["open", "open"]);
    expect((await ask<{ items: unknown[] }>("/v1/unsubscribes")).items).toEqual([]);
    await Promise.all(mails.map(personVotes));
    for (const { survey } of mails) {
      expect(await distributionOf(survey)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
      // The person in this test is faster than people are, and must still not be taken for a machine.
      expect((await commentsOf(survey))[0]?.flags).not.toContain("no_proof");
    }
  });
});

describe("a driver that moves the browser's own mouse", () => {
  const click = async (confirm: string) => {
    const mail = await anInvitation({ confirm });
    const page = await openPage({ userAgent: PERSONS_BROWSER });
    await page.goto(mail.score_urls.nps?.["0"] as string);
    await page.getByRole("textbox").pressSequentially("from a driver");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    return (await commentsOf(mail.survey))[0]?.flags;
  };

  it.each(["send", "gesture"])("is stored with a flag (confirm: %s)", async (confirm) => {
    // It may also be flagged as too fast, because the time is counted from when the page was made.
    expect(await click(confirm)).toContain("automated");
  });
});

describe("machines beyond proof", () => {
  const post = async (fields: Record<string, string>) => {
    const mail = await anInvitation();
    const page = await (await fetch(mail.url)).text();
    const stamp = /name="stamp" value="([^"]+)"/.exec(page)?.[1] ?? "";
    const body = new URLSearchParams({ stamp, nps: "0", comment: "machine", ...fields });
    expect((await fetch(mail.url, { method: "POST", body })).status).toBe(201);
    return (await commentsOf(mail.survey))[0]?.flags;
  };

  it("one that reads the form with scripts off and posts it at once is stored and flagged for both, and for its name", async () => {
    expect(await post({ noscript: "1" })).toEqual(["no_proof", "too_fast", "automated"]);
  });

  it("one that claims a gesture at once is stored and flagged for its haste and its name", async () => {
    expect(await post({ js: "1", proof: "2" })).toEqual(["too_fast", "automated"]);
  });
});
