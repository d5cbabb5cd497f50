import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { readCsv } from "../../dashboard/files/read-csv.ts";
import { palette } from "../../shared/look.ts";
import type { ResponseItem } from "../../shared/schema/comment.ts";
import type { InvitationsReply } from "../../shared/schema/invitation.ts";
import type { ApiKey, NewApiKey } from "../../shared/schema/key.ts";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { Page } from "../../shared/schema/paging.ts";
import type { SigningKey } from "../../shared/schema/signing-key.ts";
import type { Survey } from "../../shared/schema/survey.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { aKey, answer, aSurvey, ask, openDashboard } from "./support/dashboard.ts";
import { identityToken } from "./support/identity.ts";

const stored = (id: string) => ask<Survey>("GET", `/v1/surveys/${id}`);

describe("the settings", () => {
  it("are kept when unsaved, and said so, and reach a visitor's page when saved", async () => {
    const { id } = await aSurvey();
    const page = await openDashboard({ path: `/s/${id}/settings` });
    await page.getByLabel("Your name as customers know it").fill("Lumen & sons");
    await page.getByText("1 change not saved").waitFor();
    await page.reload();
    await page.getByText("1 change not saved").waitFor();
    await expect.poll(() => page.getByLabel("Your name as customers know it").inputValue()).toBe("Lumen & sons");
    await page.getByRole("link", { name: "Texts" }).click();
    await page.getByLabel("Recommendation: question").fill("Ready to tell a friend about {brand}?");
    await page.getByText("2 changes not saved").waitFor();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved. Visitors get it within five minutes.").waitFor();
    const script = await (await fetch(`${sharedCollector().url}/w/${id}.js`)).text();
    expect(script).toContain('"brand":"Lumen & sons"');
    expect(script).toContain("Ready to tell a friend about {brand}?");
  });

  it("are at once those that every part of the survey shows", async () => {
    const { id } = await aSurvey();
    const page = await openDashboard({ path: `/s/${id}/settings` });
    await page.getByLabel("Name of the survey").fill("Renamed");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    await page.locator(".survey-name").getByText("Renamed").waitFor();
    await page.getByRole("link", { name: "Overview" }).click();
    await page.getByRole("heading", { name: "Renamed" }).waitFor({ state: "attached" });
    await page.getByRole("link", { name: "Settings" }).click();
    await expect.poll(() => page.getByLabel("Name of the survey").inputValue()).toBe("Renamed");
  });

  it("say beside the field what would be right, and bring the keyboard there", async () => {
    const { id } = await aSurvey();
    const page = await openDashboard({ path: `/s/${id}/settings/audience` });
    const fold = page.getByText("Protection against misuse");
    await fold.click();
    await page.getByLabel("Sites that may send responses").fill("shop.example");
    // Closed again, it opens by itself where something in it is to be put right.
    await fold.click();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Line 1: Write origins such as https://shop.example").waitFor();
    await expect.poll(() => page.getByLabel("Sites that may send responses").getAttribute("aria-invalid")).toBe("true");
    await page.locator(":focus[aria-invalid=true]").waitFor();
    await page.getByRole("status").getByRole("link", { name: "Sites that may send responses" }).waitFor();
    expect((await stored(id)).origins).toEqual([]);
    await page.getByLabel("Sites that may send responses").fill("https://shop.example");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Saved.").waitFor();
    expect((await stored(id)).origins).toEqual(["https://shop.example"]);
  });

  it("are duplicated into a new survey, saved ones only, and not by a key of one survey", async () => {
    const survey = await aSurvey({ name: "Checkout", segments: ["plan"], texts: { uk: { send: "Гайда" } } });
    await answer(survey.id, { nps: 9 });
    const page = await openDashboard({ path: `/s/${survey.id}/settings/questions` });
    await page.getByLabel("Your name as customers know it").fill("not saved");
    await page.getByRole("button", { name: "Duplicate" }).click();
    await expect.poll(() => page.getByLabel("Name of the survey").inputValue()).toBe("Checkout (copy)");
    const id = /s\/(srv_\w+)\/settings/.exec(page.url())![1]!;
    expect(id).not.toBe(survey.id);
    const copy = await ask<Survey>("GET", `/v1/surveys/${id}`);
    const { created_at, updated_at } = copy;
    expect(copy).toEqual({ ...survey, name: "Checkout (copy)", id, created_at, updated_at });
    expect((await ask<Metrics>("GET", `/v1/surveys/${id}/metrics`)).responses).toBe(0);
    const bound = await openDashboard({
      key: await aKey(survey.id, "admin"),
      path: `/s/${survey.id}/settings/questions`,
    });
    await bound.getByLabel("Name of the survey").waitFor();
    expect(await bound.getByRole("button", { name: "Duplicate" }).count()).toBe(0);
  });

  it("show the look on the real widget before it is saved", async () => {
    const { id } = await aSurvey({ questions: ["csat"], brand: "Lumen" });
    const page = await openDashboard({ path: `/s/${id}/settings/look` });
    const preview = page.frameLocator("iframe");
    await preview.getByText("How satisfied are you with Lumen?").first().waitFor();
    await page.getByRole("region", { name: "Look" }).getByLabel("Language").selectOption("Ukrainian");
    await expect.poll(() => preview.locator("html").getAttribute("lang")).toBe("uk");
  });

  it("show each text in the survey while it is written, in the language that is written in", async () => {
    const { id } = await aSurvey({ questions: ["csat"], brand: "Lumen", languages: ["en"] });
    const page = await openDashboard({ path: `/s/${id}/settings/texts` });
    const preview = page.frameLocator("iframe");
    await preview.getByText("How satisfied are you with Lumen?").first().waitFor();
    await page.getByLabel("Satisfaction: question").fill("Are you happy with {brand}?");
    await preview.getByText("Are you happy with Lumen?").first().waitFor();
    await page.getByLabel("Texts in").selectOption("Ukrainian");
    await preview.getByText("Наскільки ви задоволені роботою Lumen?").first().waitFor();
    // It stays in sight beside the last of the fields.
    await page.getByLabel("Button: close").scrollIntoViewIfNeeded();
    const box = (await page.locator("iframe").boundingBox())!;
    expect([box.y >= 0, box.y + box.height <= page.viewportSize()!.height]).toEqual([true, true]);
  });

  it("make a key that is shown once, and take it back", async () => {
    const { id } = await aSurvey();
    const page = await openDashboard({ path: `/s/${id}/settings/keys` });
    await page.getByLabel("Whose key, or what it is for").fill("till");
    await page.getByRole("button", { name: "Make a key" }).click();
    const key = (await page.locator("code", { hasText: "vhk_" }).textContent()) ?? "";
    const works = async () =>
      (await fetch(`${sharedCollector().url}/v1/surveys/${id}`, { headers: { Authorization: `Bearer ${key}` } }))
        .status;
    expect(await works()).toBe(200);
    await page.getByRole("button", { name: /^Revoke.*till$/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.locator("code", { hasText: "vhk_" }).waitFor({ state: "detached" });
    expect(await works()).toBe(401);
  });

  it("say who made a key and how many it made, and take those back with it", async () => {
    const { id } = await aSurvey();
    const make = async (name: string, key: string = sharedCollector().adminToken): Promise<NewApiKey> => {
      const reply = await fetch(`${sharedCollector().url}/v1/keys`, {
        method: "POST",
        headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/json" },
        body: JSON.stringify({ name, scope: "admin", survey: id }),
      });
      return (await reply.json()) as NewApiKey;
    };
    const lead = await make("lead");
    const agency = await make("agency", lead.key);
    await make("intern", agency.key);
    await make("till");
    const page = await openDashboard({ path: `/s/${id}/settings/keys` });
    await page.getByRole("listitem").filter({ hasText: "intern" }).getByText("made by agency").waitFor();
    await page.getByRole("button", { name: /^Revoke.*lead$/ }).click();
    await page.getByRole("dialog").getByText("2 keys that were made with it are revoked too.").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("button", { name: /^Revoke.*intern$/ }).waitFor({ state: "detached" });
    const left = (await ask<Page<ApiKey>>("GET", "/v1/keys?limit=100")).items.filter(({ survey }) => survey === id);
    expect(left.map(({ name }) => name)).toEqual(["till"]);
  });

  it("make a signing key whose secret is shown and copied once, and take it back", async () => {
    const { id } = await aSurvey();
    const listedKeys = async () => (await ask<Page<SigningKey>>("GET", `/v1/surveys/${id}/signing-keys`)).items;
    const path = `/s/${id}/settings/keys`;
    const page = await openDashboard({ path, permissions: ["clipboard-read", "clipboard-write"] });
    await page.getByRole("button", { name: "Make a signing key" }).click();
    const secret = (await page.getByRole("region", { name: "Secret" }).textContent()) ?? "";
    const [key] = await listedKeys();
    const signed = identityToken(secret, { sub: "ann", aud: id, kid: key?.id ?? "" });
    const isProven = async () => {
      await answer(id, { nps: 9, respondent: { id: "ann", token: signed } });
      return (await ask<Page<ResponseItem>>("GET", `/v1/surveys/${id}/responses`)).items[0]?.respondent?.verified;
    };
    expect(await isProven()).toBe(true);
    await page.getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await page.reload();
    await page.getByText(key?.id ?? "", { exact: true }).waitFor();
    expect(await page.getByText(secret).count()).toBe(0);
    await page.getByRole("button", { name: new RegExp(`Revoke.*${key?.id}`) }).click();
    await page.getByRole("dialog").getByText("count as unverified from then on").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("No signing keys yet.").waitFor();
    expect(await listedKeys()).toEqual([]);
    expect(await isProven()).toBe(false);
  });

  it("make a key for links without showing its secret", async () => {
    const { id } = await aSurvey();
    const page = await openDashboard({ path: `/s/${id}/settings/keys` });
    await page.getByLabel("For", { exact: true }).selectOption("links of invitations");
    await page.getByRole("button", { name: "Make a signing key" }).click();
    await page.getByText("Made: new links are signed with it").waitFor();
    expect(await page.getByRole("region", { name: "Secret" }).count()).toBe(0);
  });

  it("give the open link away to copy, and as a code to print", async () => {
    const { id } = await aSurvey();
    const page = await openDashboard({ path: `/s/${id}/settings/sharing` });
    const link = await page.getByRole("region", { name: "Open link" }).textContent();
    expect(link).toBe(`${sharedCollector().url}/s/${id}`);
    const code = page.getByRole("img", { name: "QR code" });
    await expect.poll(() => code.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    const saved = page.waitForEvent("download");
    await page.getByRole("link", { name: "Save the QR code (SVG)" }).click();
    expect(await readFile(await (await saved).path(), "utf8")).toMatch(/^<svg|^<\?xml/);
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

it("an accent that nobody has set is shown as the widget draws it", async () => {
  const { id } = await aSurvey();
  const page = await openDashboard({ path: `/s/${id}/settings/look` });
  expect(await page.getByLabel("Accent colour").inputValue()).toBe(palette.light.accent);
});

describe("invitations", () => {
  it("turn a list of people into a list of links", async () => {
    const { id } = await aSurvey();
    const page = await openDashboard({ path: `/s/${id}/settings/invitations` });
    const csv = '\ufeffemail;plan\r\nanna@example.com;"gold; old"\r\nbo@example.com;\r\n';
    const file = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(csv) };
    await page.getByLabel("People (CSV)").setInputFiles(file);
    await page.getByText("2 links made").waitFor();
    await page.getByText(/^They work until \w+ \d+, \d{4}/).waitFor();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save the links (CSV)" }).click();
    const text = await readFile(await (await saved).path(), "utf8");
    expect(text).toMatch(/^\ufeffid,email,vidhuk_url,nps_0,.*,csat_5,unsubscribe_url\r\n/);
    const [anna = {}] = (await readCsv(text)) ?? [];
    expect(anna).toMatchObject({ id: "anna@example.com", email: "anna@example.com" });
    expect(anna.vidhuk_url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/r\//);
    expect((await fetch(anna.vidhuk_url ?? "")).status).toBe(200);
  });

  it("last as long as is chosen, and never longer than the survey keeps its responses", async () => {
    const { id } = await aSurvey({ retention_days: 21 });
    const page = await openDashboard({ path: `/s/${id}/settings/invitations` });
    const days = page.getByLabel("Days for which the links work");
    expect(await days.inputValue()).toBe("21");
    const file = (text: string) => ({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await days.fill("");
    await page.getByLabel("People (CSV)").setInputFiles(file("id\nann\n"));
    await page.getByText("Write a whole number of days from 1 to 365.").waitFor();
    await days.fill("2");
    await page.getByLabel("People (CSV)").setInputFiles(file("id\nann\nann\n"));
    await page.getByText("1 link made").waitFor();
    await page.getByText("ann: is in the list twice").waitFor();
    const until = (await page.getByText(/^They work until/).textContent()) ?? "";
    // Rounded up to a whole hour.
    const instants = [0, 1].map((hours) => new Date(Date.now() + 2 * 86_400_000 + hours * 3_600_000));
    const written = instants.map((each) => each.toLocaleDateString("en", { dateStyle: "medium" }));
    expect(written.some((each) => until.includes(each))).toBe(true);
  });

  it.each([
    [{ anonymous: true }, "nobody is invited by name"],
    [{ paused: true }, "The survey is paused or over: nobody is invited."],
  ])("say why nobody is invited: %o", async (settings, says) => {
    const { id } = await aSurvey(settings);
    const page = await openDashboard({ path: `/s/${id}/settings/invitations` });
    await page.getByRole("heading", { name: "The question in the mail" }).waitFor();
    const file = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from("id\nann\n") };
    const field = page.getByLabel("People (CSV)");
    if (await field.count()) await field.setInputFiles(file);
    await page.getByText(says).waitFor();
  });

  it("are refused as a whole where a quotation mark would hide people", async () => {
    const { id } = await aSurvey();
    const page = await openDashboard({ path: `/s/${id}/settings/invitations` });
    const file = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from('id\nanna\n"bo\nvlad\n') };
    await page.getByLabel("People (CSV)").setInputFiles(file);
    await page.getByRole("alert").getByText("The quotation marks in this file do not match").waitFor();
    expect(await page.getByText("links made").count()).toBe(0);
  });

  it("are withheld from whoever said so, until that is lifted", async () => {
    const { id } = await aSurvey();
    const person = `ann-${crypto.randomUUID()}`;
    const skipped = async () => {
      const body = { respondents: [{ id: person }] };
      return (await ask<InvitationsReply>("POST", `/v1/surveys/${id}/invitations`, body)).skipped;
    };
    const page = await openDashboard({ path: `/s/${id}/settings/invitations` });
    const room = page.getByRole("region", { name: "Who wants no invitations" });
    await room.getByRole("button", { name: "Add" }).click();
    await room.getByText("Write something here").waitFor();
    await room.getByLabel("Invite no more").fill(person);
    await room.getByLabel("From").selectOption("All surveys");
    await room.getByRole("button", { name: "Add" }).click();
    const entry = room.getByRole("listitem").filter({ hasText: person });
    await room.getByRole("searchbox").fill("nobody begins like this");
    await room.getByText("Nobody.").waitFor();
    await room.getByRole("searchbox").fill(person.slice(0, 12));
    await entry.getByText("noted by your team").waitFor();
    expect(await skipped()).toEqual([{ respondent: person, reason: "unsubscribed" }]);
    await entry.getByRole("button", { name: `Invite again : ${person}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    await entry.getByRole("button", { name: `Invite again : ${person}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Invite again" }).click();
    await entry.waitFor({ state: "detached" });
    expect(await skipped()).toEqual([]);
  });

  it("withheld are listed page by page", async () => {
    const { id } = await aSurvey();
    const start = crypto.randomUUID();
    for (let at = 10; at < 35; at++)
      await ask("POST", "/v1/unsubscribes", { respondent: `${start}-${at}`, survey: id });
    const page = await openDashboard({ path: `/s/${id}/settings/invitations` });
    const room = page.getByRole("region", { name: "Who wants no invitations" });
    // The list shows the same before it was searched, so only the search's own reply says that it is done.
    const searched = page.waitForResponse((response) => response.url().includes(`respondent=${start}`));
    await room.getByRole("searchbox").fill(start);
    await searched;
    await room.locator("[aria-busy=false]").waitFor();
    await expect.poll(() => room.getByRole("listitem").filter({ hasText: start }).count()).toBe(20);
    await room.getByRole("button", { name: "Show more" }).click();
    await room.getByText(`${start}-34`, { exact: true }).waitFor();
    await expect.poll(() => room.getByRole("listitem").filter({ hasText: start }).count()).toBe(25);
  });

  it("show the question as it stands in a mail", async () => {
    const { id } = await aSurvey();
    const page = await openDashboard({ path: `/s/${id}/settings/invitations` });
    await page.frameLocator("iframe").getByRole("link", { name: "10" }).first().waitFor();
    await page.getByLabel("Language of the mail").selectOption("Arabic");
    await page
      .frameLocator("iframe")
      .getByText(/ما مدى احتمال/)
      .first()
      .waitFor();
  });
});
