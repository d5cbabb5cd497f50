import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Survey } from "../../shared/schema/survey.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { aSurvey, ask, openDashboard } from "./support/dashboard.ts";

const stored = (id: string) => ask<Survey>("GET", `/v1/surveys/${id}`);

describe("the settings", () => {
  it("are kept when unsaved, and said so, and reach a visitor's page when saved", async () => {
    const { id } = await aSurvey();
    const page = await openDashboard({ path: `/s/${id}/settings` });
    await page.getByLabel("Your name as customers know it").fill("Lumen & sons");
    await page.getByText("1 change not saved").waitFor();
    await page.reload();
    await page.getByText("1 change not saved").waitFor();
    expect(await page.getByLabel("Your name as customers know it").inputValue()).toBe("Lumen & sons");
    await page.getByRole("link", { name: "Texts" }).click();
    await page.getByLabel("Recommendation: question").fill("Ready to tell a friend about {brand}?");
    await page.getByText("2 changes not saved").waitFor();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved. Visitors get it within five minutes.").waitFor();
    const script = await (await fetch(`${sharedCollector().url}/w/${id}.js`)).text();
    expect(script).toContain('"brand":"Lumen & sons"');
    expect(script).toContain("Ready to tell a friend about {brand}?");
  });

  it("say the collector's own words beside what it refuses", async () => {
    const { id } = await aSurvey();
    const page = await openDashboard({ path: `/s/${id}/settings/audience` });
    await page.getByLabel("Pages that may send answers").fill("shop.example");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("must be an origin such as https://shop.example").first().waitFor();
    expect(await page.getByLabel("Pages that may send answers").getAttribute("aria-invalid")).toBe("true");
    expect((await stored(id)).origins).toEqual([]);
    await page.getByLabel("Pages that may send answers").fill("https://shop.example");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    expect((await stored(id)).origins).toEqual(["https://shop.example"]);
  });

  it("show the look on the real widget before it is saved", async () => {
    const { id } = await aSurvey({ questions: ["csat"], brand: "Lumen" });
    const page = await openDashboard({ path: `/s/${id}/settings/look` });
    const preview = page.frameLocator("iframe");
    await preview.getByText("How satisfied are you with Lumen?").first().waitFor();
    await page.getByRole("region", { name: "Look" }).getByLabel("Language").selectOption("Ukrainian");
    await expect.poll(() => preview.locator("html").getAttribute("lang")).toBe("uk");
  });

  it("make a key that is shown once, and take it back", async () => {
    const { id } = await aSurvey();
    const page = await openDashboard({ path: `/s/${id}/settings/keys` });
    await page.getByLabel("Whose, or what for").fill("till");
    await page.getByRole("button", { name: "Make a key" }).click();
    const key = (await page.locator("code", { hasText: "vhk_" }).textContent()) ?? "";
    const works = async () =>
      (await fetch(`${sharedCollector().url}/v1/surveys/${id}`, { headers: { Authorization: `Bearer ${key}` } }))
        .status;
    expect(await works()).toBe(200);
    page.once("dialog", (dialog) => dialog.accept());
    await page.getByRole("button", { name: /^Revoke.*till$/ }).click();
    await page.locator("code", { hasText: "vhk_" }).waitFor({ state: "detached" });
    expect(await works()).toBe(401);
  });

  it("delete a survey only with its name typed", async () => {
    const { id } = await aSurvey({ name: "Old one" });
    const page = await openDashboard({ path: `/s/${id}/settings/privacy` });
    const button = page.getByRole("button", { name: "Delete for good" });
    expect(await button.isDisabled()).toBe(true);
    await page.getByLabel("To delete it, type its name").fill("Old one");
    await button.click();
    await page.getByRole("heading", { name: "All surveys" }).waitFor();
    await expect(stored(id)).rejects.toThrow("404");
  });
});

describe("invitations", () => {
  it("turn a list of people into a list of links", async () => {
    const { id } = await aSurvey();
    const page = await openDashboard({ path: `/s/${id}/settings/invitations` });
    const csv = '\ufeffemail;plan\r\nanna@example.com;"gold; old"\r\nbo@example.com;\r\n';
    const file = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
    await page.getByLabel("People (CSV)").setInputFiles(file);
    await page.getByText("2 links made").waitFor();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save the links (CSV)" }).click();
    const [names, anna] = (await readFile(await (await saved).path(), "utf8")).split("\r\n");
    expect(names).toMatch(/^\ufeffid,email,url,nps_0,.*,csat_5,unsubscribe_url$/);
    expect(anna).toMatch(/^anna@example\.com,anna@example\.com,http:\/\/127\.0\.0\.1:\d+\/r\//);
    const link = anna?.split(",")[2] ?? "";
    expect((await fetch(link)).status).toBe(200);
  });

  it("show the question as it stands in a mail", async () => {
    const { id } = await aSurvey();
    const page = await openDashboard({ path: `/s/${id}/settings/invitations` });
    await page.frameLocator("iframe").getByRole("link", { name: "10" }).first().waitFor();
  });
});
