import { expect, it } from "vitest";
import { hostileStrings, MARK } from "../support/hostile-strings.ts";
import { answer, aSurvey, ask, openDashboard } from "./support/dashboard.ts";

it("the dashboard shows what strangers wrote as text, and runs, loads and links none of it", async () => {
  // Newest first: those that would run are on the first page.
  const texts = Object.values(hostileStrings).toReversed();
  const survey = await aSurvey({ segments: ["plan"], brand: hostileStrings["a script element"]! });
  for (const text of texts) {
    const properties = { plan: text.slice(0, 150), [text.slice(0, 40)]: text.slice(0, 150) };
    const id = await answer(survey.id, { nps: 0, comment: text, respondent: { id: text.slice(0, 200) }, properties });
    await ask("PATCH", `/v1/surveys/${survey.id}/responses/${id}`, { tags: [text.slice(0, 40)], note: text });
  }
  const page = await openDashboard({ path: `/s/${survey.id}/comments` });
  const asked: string[] = [];
  let dialogs = 0;
  page.on("dialog", (dialog) => {
    dialogs++;
    return dialog.dismiss();
  });
  page.on("request", (request) => asked.push(request.url()));
  await page.getByText(`alert("${MARK}")`).first().waitFor();
  await page.getByText("evil.example").first().waitFor();
  const strange = await page.evaluate(() =>
    [...document.querySelectorAll("*")].flatMap((element) =>
      [...element.attributes]
        .filter(({ name, value }) => name.startsWith("on") || /^\s*(javascript|data):/i.test(value))
        .map(({ name }) => `${element.localName} ${name}`),
    ),
  );
  expect(strange).toEqual([]);
  expect(await page.locator(`blockquote script, blockquote img, blockquote svg, blockquote a`).count()).toBe(0);
  expect(asked.filter((url) => url.includes("evil.example"))).toEqual([]);
  expect(dialogs).toBe(0);
});
