import { expect, it } from "vitest";
import { mailAddress } from "../../../worker/mail/address.ts";
import { mailbox, mailSettings } from "../../../worker/mail/settings.ts";

const FROM = "Shop <feedback@shop.example>";

it.each([
  ["ann@example.com", "ann@example.com"],
  ["Ann.O'Neil+news@Example.COM", "Ann.O'Neil+news@example.com"],
  ["a@b.co.uk", "a@b.co.uk"],
  ["оля@example.com", null],
  ["ann@пошта.укр", "ann@xn--80a1acn3a.xn--j1amh"],
  [`${"a".repeat(64)}@example.com`, `${"a".repeat(64)}@example.com`],
  [`${"a".repeat(65)}@example.com`, null],
  [`a@${"b".repeat(64)}.example`, null],
  [`a@${"b.".repeat(125)}example`, null],
  ["", null],
  ["@example.com", null],
  ["ann", null],
  ["ann@", null],
  ["a b@example.com", null],
  ["a..b@example.com", null],
  [".a@example.com", null],
  ['"a b"@example.com', null],
  ["a,b@example.com", null],
  ["a@b@example.com", null],
  ["ann@example.com\r\nRCPT TO:<evil@example.com>", null],
  ["ann@example.com>", null],
  ["ann@example.com/path", null],
  ["ann@example.com:25", null],
  ["ann@exa%6dple.com", null],
  ["ann@localhost", null],
  ["ann@127.0.0.1", null],
  ["ann@2130706433", null],
  ["ann@[127.0.0.1]", null],
  ["ann@0x7f.1", null],
  ["ann@-a.example", null],
  ["ann@a..example", null],
])("of the text %j the address is %j", (text, address) => {
  expect(mailAddress(text)).toBe(address);
});

it.each([
  [FROM, { address: "feedback@shop.example", name: "Shop" }],
  ["feedback@shop.example", { address: "feedback@shop.example", name: "" }],
  ['"Крамниця, відгуки" <feedback@shop.example>', { address: "feedback@shop.example", name: "Крамниця, відгуки" }],
  ["Shop", null],
  ["<Shop> feedback@shop.example", null],
  ["A <a@b.example>, B <b@b.example>", null],
])("mails are from %j", (text, from) => {
  expect(mailbox(text)).toEqual(from);
});

const smtp = (server: object) => ({ by: "smtp", server: { isTls: false, isLoopback: false, login: null, ...server } });

it.each([
  ["cloudflare", { by: "cloudflare" }],
  ["resend:re_123_Abc", { by: "resend", key: "re_123_Abc" }],
  ["postmark:11-22", { by: "postmark", key: "11-22" }],
  ["smtp://mail.example", smtp({ host: "mail.example", port: 587 })],
  ["smtps://mail.example/", smtp({ host: "mail.example", port: 465, isTls: true })],
  ["smtp://mail.example:443", smtp({ host: "mail.example", port: 443 })],
  ["smtp://localhost:1025", smtp({ host: "localhost", port: 1025, isLoopback: true })],
  ["smtp://127.0.0.1:1025", smtp({ host: "127.0.0.1", port: 1025, isLoopback: true })],
  ["smtp://localhost.example:1025", smtp({ host: "localhost.example", port: 1025 })],
  [
    "smtps://user%40shop.example:p%3A%2F%40%23%20%D0%BF@mail.example:2465",
    smtp({ host: "mail.example", port: 2465, isTls: true, login: { user: "user@shop.example", password: "p:/@# п" } }),
  ],
])("MAILER may be %j", (MAILER, sender) => {
  expect(mailSettings({ MAILER, MAIL_FROM: FROM })).toEqual({ from: mailbox(FROM), ...sender });
});

it.each([
  "Cloudflare",
  "resend:",
  "resend:a b",
  "sendgrid:SECRET",
  "https://user:SECRET@mail.example",
  "smtp:SECRET",
  "smtp://user:SECRET@",
  "smtp://user@mail.example",
  "smtp://:SECRET@mail.example",
  "smtp://user:SECRET@mail.example:99999",
  "smtp://user:SECRET@mail.example/path",
  "smtp://user:SECRET#1@mail.example",
  "smtp://user:SECRET?1@mail.example",
  "smtp://user:SECRET%0d%0aRSET@mail.example",
  "smtp://user:SECRET%zz@mail.example",
])("MAILER %j is refused, and the refusal does not repeat it", (MAILER) => {
  const refused = mailSettings({ MAILER, MAIL_FROM: FROM });
  expect(refused).toEqual({
    missing: expect.stringMatching(/^This collector sends no mail: MAILER must be cloudflare, /),
  });
  expect(JSON.stringify(refused)).not.toMatch(/SECRET|example/);
});

it("says what is missing", () => {
  expect(mailSettings({})).toEqual({
    missing: "This collector sends no mail: its operator has not set MAILER and MAIL_FROM.",
  });
  for (const MAIL_FROM of [undefined, "", "Shop", "Shop <feedback@localhost>"])
    expect(mailSettings({ MAILER: "resend:KEY", ...(MAIL_FROM !== undefined && { MAIL_FROM }) })).toEqual({
      missing: "This collector sends no mail: MAIL_FROM must be like Name <feedback@example.com>.",
    });
});
