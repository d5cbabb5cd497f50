import { readFile } from "node:fs/promises";
import type { Page as BrowserPage } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { CommentItem } from "../../shared/schema/comment.ts";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { Page } from "../../shared/schema/paging.ts";
import { aKey, answer, aSurvey, ask, openDashboard } from "./support/dashboard.ts";

async function aTalkedAboutSurvey(comments: string[]) {
  const survey = await aSurvey();
  for (const [index, comment] of comments.entries()) await answer(survey.id, { nps: index % 11, comment });
  return survey;
}

const listed = async (survey: string) => (await ask<Page<CommentItem>>("GET", `/v1/surveys/${survey}/comments`)).items;

describe("one answer", () => {
  it("opens at the address that stands on its date, for whoever may read it, and is worked on there", async () => {
    const survey = await aTalkedAboutSurvey(["older", "the very one"]);
    await ask("PATCH", `/v1/surveys/${survey.id}`, { topics: [{ name: "Very", stems: ["very"] }] });
    const id = await answer(survey.id, { nps: 3, comment: "very late" });
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    const card = page.getByRole("listitem").filter({ hasText: "very late" });
    await card.getByRole("link", { name: "Link to this response alone" }).click();
    await page.getByRole("heading", { name: "One response" }).waitFor();
    await page.getByText("very late").waitFor();
    expect(await page.getByRole("blockquote").count()).toBe(1);
    const address = await page.getByRole("region", { name: "The address of this response" }).textContent();
    expect(address).toBe(page.url());
    expect(new URL(address!).hash).toBe(`#/s/${survey.id}/comments/${id}`);

    const reader = await openDashboard({
      key: await aKey(survey.id, "comments"),
      path: new URL(address!).hash.slice(1),
    });
    await reader.getByText("very late").waitFor();
    expect(await reader.getByRole("button", { name: "Resolve" }).count()).toBe(0);

    await page.getByRole("button", { name: "Resolve" }).click();
    await page.getByText("Resolved", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Very", exact: true }).click();
    await page.getByRole("heading", { name: "Comments", exact: true }).waitFor();
    await expect.poll(() => page.url()).toContain("topic=Very");
    expect((await ask<CommentItem>("GET", `/v1/surveys/${survey.id}/responses/${id}`)).status).toBe("resolved");
  });

  it("shows the scores of one that has no words", async () => {
    const survey = await aSurvey();
    const id = await answer(survey.id, { nps: 7, csat: 4 });
    const page = await openDashboard({ path: `/s/${survey.id}/comments/${id}` });
    await page.getByText("4/5").waitFor();
    expect(await page.getByRole("blockquote").count()).toBe(0);
  });

  it("says in the reader's language that it was erased, also to whoever has just done so", async () => {
    const survey = await aSurvey();
    const id = await answer(survey.id, { nps: 2, comment: "Elm Street 5" });
    const path = `/s/${survey.id}/comments/${id}`;
    const page = await openDashboard({ path });
    await page.getByText("Elm Street 5").waitFor();
    await page.getByText("More", { exact: true }).click();
    await page.getByRole("button", { name: "Erase the words…" }).click();
    await page.getByRole("button", { name: "Erase for good" }).click();
    await page.getByRole("heading", { name: "This response was erased" }).waitFor();
    await page.getByText("Elm Street 5").waitFor({ state: "detached" });
    for (const [locale, heading] of [
      ["en", "This response was erased"],
      ["uk", "Цю відповідь стерто"],
      ["ru", "Этот ответ стёрт"],
    ] as const) {
      const later = await openDashboard({ path, locale });
      await later.getByRole("heading", { name: heading }).waitFor();
    }
  });

  it("says that there is none, and to a key of scores alone that it may not be read", async () => {
    const survey = await aSurvey();
    const id = await answer(survey.id, { nps: 2, comment: "Elm Street 5" });
    const page = await openDashboard({ path: `/s/${survey.id}/comments/nothing` });
    await page.getByText("This survey has no such response").waitFor();
    await page.getByRole("link", { name: "All comments" }).click();
    await page.getByText("Elm Street 5").waitFor();
    const scoresOnly = await openDashboard({
      key: await aKey(survey.id, "metrics"),
      path: `/s/${survey.id}/comments/${id}`,
    });
    await scoresOnly.getByRole("heading", { name: "Not with this key" }).waitFor();
    expect(await scoresOnly.getByText("Elm Street 5").count()).toBe(0);
  });
});

describe("a file of answers", () => {
  const save = "Save responses for Excel (CSV)";

  it("has the answers of the filters, with the separator of the reader's Excel", async () => {
    const survey = await aTalkedAboutSurvey(["Доставка довга", "nice", "Very nice"]);
    for (const [locale, name, separator] of [
      ["en-GB", save, ","],
      ["uk", "Зберегти відповіді для Excel (CSV)", ";"],
    ] as const) {
      const page = await openDashboard({ path: `/s/${survey.id}/comments?q=nice`, locale });
      await page.getByText("Very nice").waitFor();
      const saved = page.waitForEvent("download");
      await page.getByRole("button", { name }).click();
      const text = await readFile(await (await saved).path(), "utf8");
      expect(text.startsWith(`\ufeffid${separator}created_at${separator}`)).toBe(true);
      expect(
        text
          .trim()
          .split("\r\n")
          .slice(1)
          .map((line) => /nice/i.test(line)),
      ).toEqual([true, true]);
    }
  });

  /** Has the page's fetch of the CSV send `rows` rows, and then do what `end` says. */
  const withStream = (page: BrowserPage, rows: number, end: "error" | "wait") =>
    page.addInitScript(
      ([rows, end]) => {
        const fetch_ = globalThis.fetch;
        globalThis.fetch = async (input, init) => {
          if (new Headers(init?.headers).get("Accept") !== "text/csv") return fetch_(input, init);
          const body = new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode(`id\r\n${"1\r\n".repeat(rows)}`));
              if (end === "error") controller.error(new TypeError("network error"));
              init?.signal?.addEventListener("abort", () => controller.error(init.signal?.reason));
            },
          });
          return new Response(body);
        };
      },
      [rows, end] as const,
    );

  it("is not saved when its stream was cut, and the reader is told", async () => {
    const survey = await aTalkedAboutSurvey(["nice"]);
    const page = await openDashboard({ path: "/log" });
    await withStream(page, 5, "error");
    await page.goto(page.url().replace(/#.*/, `#/s/${survey.id}/comments`));
    await page.reload();
    let downloads = 0;
    page.on("download", () => downloads++);
    await page.getByRole("button", { name: save }).click();
    await page.getByRole("alert").getByText("The connection broke off before the whole file was here").waitFor();
    await page.getByRole("button", { name: save }).waitFor();
    expect(downloads).toBe(0);
  });

  it("says how many answers have come, and can be stopped", async () => {
    const survey = await aTalkedAboutSurvey(["nice"]);
    const page = await openDashboard({ path: "/log" });
    await withStream(page, 1200, "wait");
    await page.goto(page.url().replace(/#.*/, `#/s/${survey.id}/comments`));
    await page.reload();
    await page.getByRole("button", { name: save }).click();
    await page.getByText("1,200 responses so far…").waitFor();
    await page.getByRole("button", { name: "Stop saving" }).click();
    await page.getByRole("button", { name: save }).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });
});

describe("the comments", () => {
  it("list their keys above themselves when ? is pressed, and take the list away again", async () => {
    const survey = await aTalkedAboutSurvey(["one", "two"]);
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    await page.getByText("two").waitFor();
    await page.keyboard.press("?");
    const help = page.getByText("Resolve or open again");
    await help.waitFor();
    expect((await help.boundingBox())!.y).toBeLessThan((await page.getByText("two").boundingBox())!.y);
    await page.keyboard.press("?");
    await help.waitFor({ state: "hidden" });
    await page.getByRole("searchbox").press("?");
    expect(await help.isVisible()).toBe(false);
  });

  it("take every key that the list of the keys names, and H opens what the same person wrote before", async () => {
    const survey = await aSurvey();
    await answer(survey.id, { nps: 3, comment: "slow", respondent: { id: "anna" } });
    await answer(survey.id, { nps: 9, comment: "better now", respondent: { id: "anna" } });
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    await page.getByText("better now").waitFor();
    await page.keyboard.press("?");
    const rows = page.locator(".key-help dl > div");
    await expect
      .poll(() => rows.allTextContents())
      .toEqual([
        "JNext comment",
        "KComment before",
        "EResolve or open again",
        "WTake up or put back to new",
        "RReply by mail, or mark as answered",
        "AAssign to somebody",
        "TAdd a tag",
        "NWrite a note",
        "SMark as spam or put back",
        "HEarlier responses",
        "/Search",
        "?These keys",
      ]);
    const newer = page.getByRole("listitem").filter({ hasText: "better now" }).first();
    await page.keyboard.press("j");
    await page.keyboard.press("h");
    await newer.getByText("slow").waitFor();
    await page.keyboard.press("h");
    await newer.getByText("slow").waitFor({ state: "detached" });
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("e");
    await newer.getByText("Resolved", { exact: true }).waitFor();
    await page.keyboard.press("w");
    await newer.getByText("In work", { exact: true }).waitFor();
    await page.keyboard.press("r");
    await newer.getByText("answered within 1 hr").waitFor();
    await page.keyboard.press("s");
    await newer.getByText("spam: not counted").waitFor();
    await page.keyboard.press("/");
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("type"))).toBe("search");
    for (const [key, field] of [
      ["a", "INPUT"],
      ["t", "INPUT"],
      ["n", "TEXTAREA"],
    ] as const) {
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await page.keyboard.press(key);
      await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe(field);
    }
    const reading = await openDashboard({
      key: await aKey(survey.id, "comments"),
      path: `/s/${survey.id}/comments`,
    });
    await reading.getByText("better now").waitFor();
    await reading.keyboard.press("?");
    await expect.poll(() => reading.locator(".key-help dt").allTextContents()).toEqual(["J", "K", "H", "/", "?"]);
  });

  it("show a property that is simply so by its name alone", async () => {
    const survey = await aSurvey();
    await answer(survey.id, { nps: 9, comment: "fine", properties: { sample: true, seats: 3, trial: false } });
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    await page.getByText("fine").waitFor();
    const facts = await page
      .locator(".respondent-facts > div")
      .evaluateAll((all) =>
        all.map((each) => [...each.children].filter((part) => part.clientWidth > 1).map((part) => part.textContent)),
      );
    expect(facts).toEqual([["sample"], ["seats", "3"], ["trial", "false"]]);
  });

  it("are triaged without a mouse", async () => {
    const survey = await aTalkedAboutSurvey(["older", "newer"]);
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    await page.getByText("newer").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("e");
    await page.getByRole("listitem").filter({ hasText: "newer" }).getByText("Resolved", { exact: true }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("t");
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
    await page.keyboard.type("late delivery");
    await page.keyboard.press("Enter");
    await page.getByText("#late delivery").waitFor();
    await page.keyboard.press("s");
    await page.getByText("spam: not counted").waitFor();
    await expect.poll(async () => (await ask<Metrics>("GET", `/v1/surveys/${survey.id}/metrics`)).responses).toBe(1);
    await page.keyboard.press("s");
    await page.getByText("spam: not counted").waitFor({ state: "detached" });
    await expect.poll(async () => (await ask<Metrics>("GET", `/v1/surveys/${survey.id}/metrics`)).responses).toBe(2);
    const [newer, older] = await listed(survey.id);
    expect([newer?.status, older?.status, older?.tags, older?.excluded]).toEqual([
      "resolved",
      "open",
      ["late delivery"],
      false,
    ]);
  });

  it("become cases that are taken up, assigned, answered and closed without a mouse", async () => {
    const survey = await aSurvey({ brand: "Soap & Co" });
    const respondent = { id: "ann+1@example.com" };
    const id = await answer(survey.id, { nps: 1, comment: "Пізно\n& дорого", respondent, locale: "uk-UA" });
    await answer(survey.id, { nps: 2, comment: "other" });
    await ask("PATCH", `/v1/surveys/${survey.id}/responses/${id}`, { assignee: "Max" });
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    const card = page.getByRole("listitem").filter({ hasText: "дорого" }).first();
    await card.waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("a");
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
    // The names in use are suggested.
    await page.locator("datalist option[value=Max]").waitFor({ state: "attached" });
    await page.keyboard.type("Олена");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Assigned to: Олена" }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("w");
    await card.getByText("In work", { exact: true }).waitFor();
    const link = card.getByRole("link", { name: "Reply by mail" });
    const mail = new URL((await link.getAttribute("href"))!);
    expect([mail.protocol, mail.pathname]).toEqual(["mailto:", "ann%2B1@example.com"]);
    expect(mail.searchParams.get("subject")).toBe("Ваш відгук для Soap & Co");
    expect(mail.searchParams.get("body")).toContain("> Пізно\r\n> & дорого");
    await page.keyboard.press("r");
    await card.getByText("answered within 1 hr").waitFor();
    await page.keyboard.press("e");
    await card.getByText("Resolved", { exact: true }).waitFor();
    await expect
      .poll(() => ask<CommentItem>("GET", `/v1/surveys/${survey.id}/responses/${id}`))
      .toMatchObject({ status: "resolved", assignee: "Max", answered_at: expect.any(String) });
    const { cases } = await ask<Metrics>("GET", `/v1/surveys/${survey.id}/metrics`);
    expect(cases).toMatchObject({ unhappy: 2, answered: { count: 1 }, median_hours: 1 });
    // Who is assigned leads to what else they take care of.
    await card.getByRole("button", { name: "Assigned to: Max" }).click();
    await expect.poll(() => page.url()).toContain("assignee=Max");
    await page.getByText("other").waitFor({ state: "detached" });
    await page.getByRole("combobox", { name: "Assigned to" }).selectOption("Олена");
    await page.getByText("other").waitFor();
  });

  it("are assigned on the narrowest phone without anything beyond its edge", async () => {
    const survey = await aTalkedAboutSurvey(["slow"]);
    const page = await openDashboard({
      path: `/s/${survey.id}/comments`,
      locale: "ru",
      viewport: { width: 320, height: 640 },
    });
    await page.getByRole("button", { name: "Назначить" }).click();
    await page.getByLabel("Занимается").fill("x".repeat(90));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: `Занимается: ${"x".repeat(80)}` }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });

  it("are marked as answered where no address is known, and a mistake is taken back", async () => {
    const survey = await aTalkedAboutSurvey(["slow"]);
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    const mark = page.getByRole("button", { name: "Mark as answered" });
    await mark.click();
    await page.getByText("answered within 1 hr").waitFor();
    expect(await mark.count()).toBe(0);
    await page.getByText("More", { exact: true }).click();
    await page.getByRole("button", { name: "Not answered after all" }).click();
    await mark.waitFor();
    expect((await listed(survey.id))[0]?.answered_at).toBeNull();
  });

  it("are found by word and by group, and the way is in the address", async () => {
    const survey = await aTalkedAboutSurvey(["Доставка довга", "nice", "Very nice"]);
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    await page.getByRole("searchbox").fill("NICE");
    await page.getByText("Доставка довга").waitFor({ state: "detached" });
    await expect.poll(() => page.getByRole("blockquote").count()).toBe(2);
    expect(page.url()).toContain("q=NICE");
    await page.getByLabel("NPS group").selectOption("Promoters");
    await page.getByText("No comment matches the filters above.").waitFor();
  });

  it.each([
    ["the segment of a row of the breakdown", "NPS by shop", "Lviv", "shop: Lviv"],
    ["the topic of a bar", "What people write about", "Delivery (2)", null],
  ])("are those of %s, and of its days, and show what they are narrowed by", async (_, chart, row, chosen) => {
    const survey = await aSurvey({
      segments: ["channel", "shop"],
      topics: [{ name: "Delivery", stems: ["deliver"] }],
    });
    for (const shop of ["Lviv", "Kyiv"]) {
      const properties = { shop };
      await answer(survey.id, { nps: 0, csat: 2, comment: `late delivery in ${shop}`, properties });
      await answer(survey.id, { nps: 10, csat: 5, comment: `kind people in ${shop}`, properties });
    }
    const page = await openDashboard({ path: `/s/${survey.id}?period=30d` });
    await page
      .getByRole("figure")
      .filter({ has: page.getByRole("heading", { name: chart }) })
      .getByRole("link", { name: row })
      .click();
    const shown = () => page.getByRole("blockquote").allTextContents();
    await expect
      .poll(async () => (await shown()).sort())
      .toEqual(
        chosen === null
          ? ["late delivery in Kyiv", "late delivery in Lviv"]
          : ["kind people in Lviv", "late delivery in Lviv"],
      );
    expect(await page.getByLabel("Period").inputValue()).toBe("30d");
    await page.getByLabel("CSAT group").selectOption("Dissatisfied");
    await expect.poll(shown).not.toContain("kind people in Lviv");
    if (chosen === null) return;
    await page.getByRole("button", { name: chosen }).click();
    await expect.poll(async () => (await shown()).length).toBe(2);
    expect(page.url()).not.toContain("where");
  });

  it("take segments, a channel and a page from the address, and each comes off by a press", async () => {
    const survey = await aSurvey({ segments: ["shop", "channel", "page"] });
    const sends = [
      { comment: "first", properties: { shop: "a" }, page: "https://shop.example/pay/17" },
      { comment: "second", properties: { shop: "a" }, page: "https://shop.example/help" },
      { comment: "third", properties: { shop: "b" }, page: "https://shop.example/pay/18" },
    ];
    for (const each of sends) await answer(survey.id, { nps: 5, ...each });
    const path = `/s/${survey.id}/comments?where=shop:a&where=page:/pay&channel=page&page=/pay*`;
    const page = await openDashboard({ path });
    const shown = () => page.getByRole("blockquote").allTextContents();
    await expect.poll(shown).toEqual(["first"]);
    await page.getByRole("button", { name: /^Page: \/pay\s?:/ }).click();
    await page.getByRole("button", { name: "Page: /pay*" }).click();
    await expect.poll(shown).toEqual(["second", "first"]);
    await page.getByRole("button", { name: "shop: a" }).click();
    await page.getByRole("button", { name: "Channel: On the page" }).click();
    await expect.poll(shown).toEqual(["third", "second", "first"]);
  });

  it("go on without end, and keep the place of whoever comes back", async () => {
    const survey = await aTalkedAboutSurvey(Array.from({ length: 45 }, (_, index) => `comment ${index + 1}`));
    const page = await openDashboard({ path: `/s/${survey.id}` });
    await page.getByRole("link", { name: "Comments", exact: true }).click();
    await page.getByText("comment 45").waitFor();
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 3000);
        return page.getByText("comment 1", { exact: true }).count();
      })
      .toBe(1);
    await page.getByText("comment 1", { exact: true }).scrollIntoViewIfNeeded();
    const before = await page.evaluate(() => scrollY);
    await page.goBack();
    await page.getByRole("heading", { name: "Recommendation (NPS)" }).waitFor();
    await page.goForward();
    await page.getByText("comment 1", { exact: true }).waitFor();
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(before);
  });

  it.each([
    ["en", "1 new comment and 1,000 more: show", false],
    ["en", "1 new comment and 5,000+ more: show", true],
    ["uk", "1 новий коментар і ще 1 000: показати", false],
    ["ru", "1 новый комментарий и ещё 1 000: показать", false],
  ])(
    "that came in a flood are announced in %s with their number, and a press reads them: %s",
    async (locale, text, orMore) => {
      const survey = await aTalkedAboutSurvey(["before"]);
      const page = await openDashboard({ path: "/you", locale });
      const more = { comments: orMore ? 5000 : 1000, or_more: orMore, path: `/v1/surveys/${survey.id}/comments` };
      let tell = () => {};
      const isRead = new Promise<void>((resolve) => {
        tell = resolve;
      });
      let streams = 0;
      await page.route(new RegExp(`${survey.id}/live`), async (route) => {
        const body = `event: more\nid: 1//\ndata: ${JSON.stringify(more)}\n\nevent: comment\nid: 2//\ndata: {}\n\n`;
        // What came before the list was read is in the list; and a browser asks again when a stream has ended.
        await isRead;
        await route.fulfill({ contentType: "text/event-stream", body: streams++ === 0 ? body : ": nothing new\n\n" });
      });
      await page.evaluate((id) => location.assign(`#/s/${id}/comments`), survey.id);
      await page.getByText("before", { exact: true }).waitFor();
      tell();
      const button = page
        .getByRole("button", { name: text.replaceAll(" ", "\u00a0") })
        .or(page.getByRole("button", { name: text }));
      await button.waitFor();
      await answer(survey.id, { nps: 3, comment: "in the flood" });
      await button.click();
      await page.getByText("in the flood").waitFor();
      await button.waitFor({ state: "detached" });
    },
  );

  it("are shown whatever a stranger calls their language", async () => {
    const survey = await aSurvey({ segments: ["language"] });
    for (const locale of ["abcd", "en-1", "uk"]) await answer(survey.id, { nps: 5, comment: `in ${locale}`, locale });
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    await page.getByText("in abcd").waitFor();
    await page.getByText("en-1", { exact: true }).waitFor();
    await page.getByText("Ukrainian", { exact: true }).nth(1).waitFor();
    await page.getByRole("link", { name: "Overview" }).click();
    await page.getByRole("heading", { name: "NPS by Answered in" }).waitFor();
  });

  it("show what the same person wrote before", async () => {
    const survey = await aSurvey();
    await answer(survey.id, { nps: 3, comment: "slow", respondent: { id: "anna" } });
    await answer(survey.id, { nps: 9, comment: "better now", respondent: { id: "anna" } });
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    const newer = page.getByRole("listitem").filter({ hasText: "better now" }).first();
    await newer.getByRole("button", { name: "Earlier responses" }).click();
    await newer.getByText("slow").waitFor();
  });

  it("carry a note of the team, written and read without a mouse", async () => {
    const survey = await aTalkedAboutSurvey(["the parcel never came"]);
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    await page.getByText("the parcel never came").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("n");
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
    await page.keyboard.type("Called <b>Anna</b>");
    await page.keyboard.press("Enter");
    await page.keyboard.type("she has it now");
    await page.keyboard.press("Control+Enter");
    await page.getByLabel("Note").waitFor({ state: "detached" });
    await page.getByText("Called <b>Anna</b>\nshe has it now").waitFor();
    expect((await listed(survey.id))[0]?.note).toBe("Called <b>Anna</b>\nshe has it now");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-current"))).toBe("true");
    await page.reload();
    await page.getByText("Called <b>Anna</b>").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("n");
    await page.getByLabel("Note").fill("");
    await page.getByRole("button", { name: "Save the note" }).click();
    await expect.poll(async () => (await listed(survey.id))[0]?.note).toBe(null);
  });

  it("count a note and a tag as the collector does, and cut no note", async () => {
    const survey = await aTalkedAboutSurvey(["slow"]);
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    await page.getByText("slow").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("n");
    const field = page.getByRole("textbox", { name: "Note" });
    await field.fill("😀".repeat(2001));
    await page.getByText("1 character too many: shorten the text.").waitFor();
    await page.getByRole("button", { name: "Save the note" }).click();
    expect(await field.inputValue()).toBe("😀".repeat(2001));
    await field.fill("😀".repeat(2000));
    await page.getByRole("button", { name: "Save the note" }).click();
    await expect.poll(async () => (await listed(survey.id))[0]?.note).toBe("😀".repeat(2000));
    await page.keyboard.press("t");
    await page.getByLabel("Tag").fill("🏷".repeat(41));
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await listed(survey.id))[0]?.tags).toEqual(["🏷".repeat(40)]);
  });

  it("keep an unsaved note in its field when the network is gone", async () => {
    const survey = await aTalkedAboutSurvey(["hello"]);
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    await page.getByRole("button", { name: "Note" }).click();
    await page.getByLabel("Note").fill("half an hour of thought");
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Save the note" }).click();
    await page.getByText("Not saved: try again.").waitFor();
    expect(await page.getByLabel("Note").inputValue()).toBe("half an hour of thought");
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Save the note" }).click();
    await expect.poll(async () => (await listed(survey.id))[0]?.note).toBe("half an hour of thought");
  });

  it("are erased only when asked twice, with their score or without", async () => {
    const survey = await aTalkedAboutSurvey(["my name is Ann", "spam of a bot", "stays"]);
    const page = await openDashboard({ path: `/s/${survey.id}/comments` });
    const erase = async (text: string, act: string, sure: "Cancel" | "Erase for good") => {
      const card = page.getByRole("listitem").filter({ hasText: text });
      await card.getByText("More").click();
      await card.getByRole("button", { name: act }).click();
      await page.getByRole("dialog").getByRole("button", { name: sure }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
    };
    await erase("my name is Ann", "Erase the words…", "Cancel");
    expect(await listed(survey.id)).toHaveLength(3);
    await erase("my name is Ann", "Erase the words…", "Erase for good");
    await page.getByText("my name is Ann").waitFor({ state: "detached" });
    const figures = () => ask<Metrics>("GET", `/v1/surveys/${survey.id}/metrics`);
    expect((await figures()).responses).toBe(3);
    await erase("spam of a bot", "Erase words and score…", "Erase for good");
    await page.getByText("spam of a bot").waitFor({ state: "detached" });
    expect((await figures()).responses).toBe(2);
    expect((await listed(survey.id)).map(({ comment }) => comment)).toEqual(["stays"]);
    await page.getByRole("status").getByText("Erased.").waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("stays");
  });

  it("are only read with a key that may only read", async () => {
    const survey = await aTalkedAboutSurvey(["hello"]);
    const page = await openDashboard({ key: await aKey(survey.id, "comments"), path: `/s/${survey.id}/comments` });
    await page.getByText("hello").waitFor();
    expect(await page.getByRole("button", { name: "Resolve" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Spam" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Note" }).count()).toBe(0);
    expect(await page.getByText("More").count()).toBe(0);
  });
});
