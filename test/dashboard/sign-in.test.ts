import { describe, expect, it } from "vitest";
import type { SignInCode } from "../../shared/schema/session.ts";
import { openPage } from "../support/chromium.ts";
import { sharedCollector } from "../support/shared-collector.ts";
import { aKey, aSurvey, ask, openDashboard } from "./support/dashboard.ts";

const heading = (name: string) => ["heading", { name, exact: true }] as const;

describe("signing in", () => {
  it("opens with the admin token, stays open after a reload, and closes", async () => {
    const { url, adminToken } = sharedCollector();
    const page = await openPage({ locale: "en" });
    await page.goto(`${url}/dashboard/`);
    await page.getByLabel("Key or admin token").fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("This key is unknown, expired or revoked.").waitFor();
    await page.getByLabel("Key or admin token").fill(adminToken);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole(...heading("All surveys")).waitFor();
    await page.reload();
    await page.getByRole(...heading("All surveys")).waitFor();
    await page.getByText("You", { exact: true }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    expect(await page.context().cookies()).toEqual([]);
  });

  it("opens by itself at the address that npm start prints, once", async () => {
    const { url } = sharedCollector();
    const { code } = await ask<SignInCode>("POST", "/v1/session/codes", {});
    const page = await openPage({ locale: "en" });
    await page.goto(`${url}/dashboard/#code=${code}`);
    await page.getByRole(...heading("All surveys")).waitFor();
    expect(page.url()).toBe(`${url}/dashboard/#/`);
    const other = await openPage({ locale: "en" });
    await other.goto(`${url}/dashboard/#code=${code}`);
    await other.getByRole("alert").getByText("This sign-in address no longer works.").waitFor();
    await other.getByText("stop “npm start” and start it again. Or paste the admin token").waitFor();
    expect(await other.getByText("Your session has ended").count()).toBe(0);
  });

  it("speaks of no session to somebody who had none, whichever view they came for", async () => {
    const survey = await aSurvey();
    const page = await openPage({ locale: "en" });
    const refused = page.waitForResponse((response) => response.url().includes("/metrics"));
    await page.goto(`${sharedCollector().url}/dashboard/#/s/${survey.id}`);
    expect((await refused).status()).toBe(401);
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    expect(await page.getByText("Your session has ended").count()).toBe(0);
    await page.getByText("The terminal in which “npm start” runs shows the admin token.").waitFor();
  });

  it("opens for a colleague by a one-time address, with as much as their key may", async () => {
    const survey = await aSurvey({ name: "Shared" });
    const page = await openDashboard({ path: `/s/${survey.id}/settings/keys` });
    await page.getByLabel("Whose key, or what it is for").fill("Olha");
    await page.getByLabel("Allowed to").selectOption("comments");
    await page.getByRole("button", { name: "Make a key", exact: true }).click();
    await page.getByRole("button", { name: "For a colleague: make a one-time sign-in address" }).click();
    const address = await page.getByRole("region", { name: "One-time sign-in address" }).textContent();
    const until = new Date(Date.now() + 3 * 86_400_000).toLocaleDateString("en", { dateStyle: "medium" });
    await page.getByText(`once, in one browser, until ${until}`).waitFor();
    // A program that looks into the mail first opens the address, and presses nothing.
    const program = await openPage({ locale: "en" });
    await program.goto(address ?? "");
    await program.getByRole("button", { name: "Sign in" }).waitFor();
    const colleague = await openPage({ locale: "en" });
    await colleague.goto(address ?? "");
    await colleague.getByText("A colleague sent you this address.").waitFor();
    expect(colleague.url()).toBe(`${sharedCollector().url}/dashboard/#/`);
    await colleague.getByRole("button", { name: "Sign in" }).click();
    await colleague.getByRole("link", { name: "Shared" }).click();
    await colleague.getByRole("link", { name: "Comments", exact: true }).waitFor();
    expect(await colleague.getByRole("link", { name: "Settings" }).count()).toBe(0);
    await program.getByRole("button", { name: "Sign in" }).click();
    await program.getByRole("alert").getByText("This sign-in address no longer works.").waitFor();
    expect(await page.getByRole("link", { name: "Settings" }).count()).toBe(1);
  });

  it("says that a session has ended, and goes on where one was", async () => {
    const survey = await aSurvey({ name: "Long day" });
    const page = await openDashboard({ path: `/s/${survey.id}/comments?status=open` });
    await page.getByRole(...heading("Comments")).waitFor();
    await page.context().clearCookies();
    await page.getByLabel("Status").selectOption("resolved");
    await page.getByText("Your session has ended").waitFor();
    await page.getByLabel("Key or admin token").fill(sharedCollector().adminToken);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole(...heading("Comments")).waitFor();
    expect(await page.getByLabel("Status").inputValue()).toBe("resolved");
  });
});

describe("a key that may only see scores", () => {
  it("is shown scores, and no way to what it may not see", async () => {
    const survey = await aSurvey();
    const page = await openDashboard({ key: await aKey(survey.id, "metrics"), path: `/s/${survey.id}` });
    await page.getByRole("link", { name: "Overview" }).waitFor();
    expect(await page.getByRole("link", { name: "Comments" }).count()).toBe(0);
    expect(await page.getByRole("link", { name: "Settings" }).count()).toBe(0);
    expect(await page.getByRole("heading", { name: "Latest comments" }).count()).toBe(0);
  });

  it("is told so at the address of the comments", async () => {
    const survey = await aSurvey();
    const page = await openDashboard({ key: await aKey(survey.id, "metrics"), path: `/s/${survey.id}/comments` });
    await page.getByRole("heading", { name: "Not with this key" }).waitFor();
  });

  it("sees its own survey only", async () => {
    const survey = await aSurvey();
    const other = await aSurvey();
    const page = await openDashboard({ key: await aKey(survey.id, "metrics"), path: `/s/${other.id}` });
    await page.getByRole("heading", { name: "Not with this key" }).waitFor();
  });
});
