import { describe, expect, it } from "vitest";
import { addressOf, mailLink } from "../../../dashboard/views/comments/reply-mail.ts";

const answered = { respondent: null, properties: {}, comment: null, locale: null };

describe("the address of a respondent", () => {
  it.each([
    ["ann@example.com", {}, "ann@example.com"],
    ["42", { Email: "ann@example.com" }, "ann@example.com"],
    ["ann@example.com", { email: "other@example.com" }, "ann@example.com"],
    ["42", { plan: "ann@example.com" }, null],
    ["42", { email: 7 }, null],
    ["a@b@example.com", {}, null],
    ["ann@localhost", {}, null],
    ["ann@example.com?bcc=all@example.com", {}, null],
    ["ann@example.com,bob@example.com", {}, null],
    ["ann@example.com\r\nBcc: bob@example.com", {}, null],
  ])("of %j with %j is %j", (id, properties, address) => {
    expect(addressOf({ ...answered, respondent: { id, verified: false }, properties })).toBe(address);
  });
});

describe("the mail to a respondent", () => {
  const mailTo = (fields: object, brand = "", offered?: readonly ["ru"]) => {
    const link = mailLink("ann@example.com", { ...answered, ...fields }, brand, offered);
    const { searchParams } = new URL(link);
    return { link, subject: searchParams.get("subject"), body: searchParams.get("body") ?? "" };
  };

  it.each([
    ["uk-UA", "Ваш відгук"],
    ["ru", "Ваш отзыв"],
    ["ar-EG", "ملاحظاتك"],
    ["en", "Your feedback"],
    ["pt-BR", "Ваш отзыв"],
    [null, "Ваш отзыв"],
  ])("whose locale is %s begins with %s", (locale, subject) => {
    expect(mailTo({ locale }, "", ["ru"]).subject).toBe(subject);
  });

  it("names the brand, and quotes the comment as text that adds nothing to the mail", () => {
    const { subject, body } = mailTo({ comment: "late &cc=bob@example.com\n100 % #1" }, "A & {B} $&");
    expect(subject).toBe("Your feedback to A & {B} $&");
    expect(body).toContain("You wrote:\r\n> late &cc=bob@example.com\r\n> 100 % #1");
  });

  it("is short enough for every system, and cuts no sign in two", () => {
    const { link, body } = mailTo({ comment: "😀".repeat(2000), locale: "ar" }, "Б".repeat(40));
    expect(body).toMatch(/> (😀){50,200}…/u);
    expect(body).not.toContain("\ufffd");
    expect(link.length).toBeLessThan(2000);
  });
});
