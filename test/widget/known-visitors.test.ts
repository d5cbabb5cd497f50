/** What is known of the visitor: other surveys that met them, and what the page says of them. */
import { describe, expect, test } from "vitest";
import { openSite } from "../pages/site.ts";
import { servedSize } from "../support/served-size.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { aSurvey } from "./collector.ts";
import { card, expectVerdict, kept, recommend, score, visit } from "./visitor.ts";

const site = await openSite();
const days = (any_survey_days: number) => ({ throttle: { any_survey_days } });

describe("rest across surveys", () => {
  test.each(["shown", "closed", "answered"] as const)(
    "who was %s one survey is not asked another within the days, and is asked by one without the setting",
    async (act) => {
      const { page } = await visit(site, await aSurvey());
      await recommend(page).waitFor();
      if (act === "closed") await page.getByRole("button", { name: "Close" }).click();
      if (act === "answered") await score(page, 9).click();
      await expect
        .poll(() => kept(page).then((state) => Object.values(state?.surveys ?? {})[0]))
        .toMatchObject({
          [{ shown: "asked", closed: "dismissed", answered: "answered" }[act]]: expect.any(Number),
        });
      // Another tab: what waits in this one goes on here.
      const next = await page.context().newPage();
      await next.goto(site.page("identified", await aSurvey(days(14))));
      await expectVerdict(next, "asked_elsewhere");
      expect(await card(next).count()).toBe(0);
      await next.goto(site.page("shop", await aSurvey()));
      await recommend(next).waitFor();
    },
  );

  test("ends with the days, and never holds an own button back", async () => {
    const { page } = await visit(site, await aSurvey());
    await page.getByRole("button", { name: "Close" }).click();
    await card(page).waitFor({ state: "detached" });
    const survey = await aSurvey(days(14));
    await page.goto(site.page("identified", survey));
    await expectVerdict(page, "asked_elsewhere");
    await page.getByRole("button", { name: "Give feedback" }).click();
    await recommend(page).waitFor();

    const { page: later } = await visit(site, await aSurvey());
    await later.getByRole("button", { name: "Close" }).click();
    await card(later).waitFor({ state: "detached" });
    await later.evaluate((key) => {
      const state = JSON.parse(localStorage[key]);
      for (const each of Object.values<Record<string, number>>(state.surveys))
        for (const name of ["asked", "dismissed"]) each[name]! -= 14;
      localStorage[key] = JSON.stringify(state);
    }, `vidhuk:${sharedCollector().url}`);
    await later.goto(site.page("shop", await aSurvey(days(14))));
    await recommend(later).waitFor();
  });

  test("is told apart from the survey's own throttle", async () => {
    const { page } = await visit(site, await aSurvey(days(365)));
    await page.getByRole("button", { name: "Close" }).click();
    await expectVerdict(page, "dismissed_recently");
  });
});

describe("targeting by property", () => {
  const targeting = { properties: { plan: ["pro", "team"], seats: ["3"] } };

  test("asks whom the page says to be one of these, numbers and truths included", async () => {
    const survey = await aSurvey({ targeting: { properties: { ...targeting.properties, trial: ["false"] } } });
    const { page } = await visit(site, survey, { name: "identified" });
    await recommend(page).waitFor();
  });

  test("asks nobody of whom the page says nothing, or something else", async () => {
    const silent = await visit(site, await aSurvey({ targeting }));
    await expectVerdict(silent.page, "property_not_targeted");
    const other = await visit(site, await aSurvey({ targeting: { properties: { plan: ["free"] } } }), {
      name: "identified",
    });
    await expectVerdict(other.page, "property_not_targeted");
    await other.page.getByRole("button", { name: "Give feedback" }).click();
    await recommend(other.page).waitFor();
  });

  test("goes by the tag and by the script's address too, unless the page says otherwise", async () => {
    const survey = await aSurvey({ targeting: { properties: { plan: ["pro"] } } });
    const address = `${sharedCollector().url}/w/${survey}.js`;
    const tags = [
      { address, attribute: "pro" },
      { address: `${address}?p.plan=pro`, attribute: null },
    ];
    const put = async (tag: { address: string; attribute: string | null }, before = "") => {
      const { page } = await visit(site, "srv_none", { name: "head-only" });
      await page.evaluate(before);
      await page.evaluate(({ address, attribute }) => {
        const script = document.createElement("script");
        if (attribute) script.setAttribute("data-p-plan", attribute);
        script.src = address;
        document.head.append(script);
      }, tag);
      return page;
    };
    for (const tag of tags) await recommend(await put(tag)).waitFor();
    const stub = "window.vidhuk = function () { (vidhuk.q = vidhuk.q || []).push(arguments) };";
    for (const tag of tags)
      await expectVerdict(
        await put(tag, `${stub} vidhuk("identify", { properties: { plan: null } })`),
        "property_not_targeted",
      );
  });

  test("is judged anew once the page says who its visitor is", async () => {
    const { page } = await visit(site, await aSurvey({ targeting }), { name: "plain" });
    await expectVerdict(page, "property_not_targeted");
    await page.evaluate(`vidhuk("identify", { id: 7, properties: { plan: "team", seats: 3 } })`);
    await recommend(page).waitFor();
  });

  test("is judged again when the survey opens: the page may have corrected itself", async () => {
    const trigger = { type: "event", name: "paid" } as const;
    const { page } = await visit(site, await aSurvey({ targeting, trigger }), { name: "identified" });
    await expectVerdict(page, "waiting");
    await page.evaluate(`vidhuk("identify", { properties: { plan: "free", seats: 3 } })`);
    await page.evaluate(`vidhuk("event", "paid")`);
    await expectVerdict(page, "property_not_targeted");
    expect(await card(page).count()).toBe(0);
  });
});

test("a page view costs at most 2.0 kB where a survey looks at who the visitor is, and 2.3 kB where it waits for an event too", async () => {
  const targeting = { properties: { plan: ["pro"] } };
  const trigger = { type: "event", name: "checkout_done" } as const;
  const size = async (settings: Parameters<typeof aSurvey>[0]) =>
    servedSize(await (await fetch(`${sharedCollector().url}/w/${await aSurvey(settings)}.js`)).text());
  expect(await size(days(14))).toBeLessThanOrEqual(2000);
  expect(await size({ targeting })).toBeLessThanOrEqual(2000);
  expect(await size({ ...days(14), targeting, trigger })).toBeLessThanOrEqual(2300);
});
