// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the marks of mailers
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isMergeTag } from "../../../shared/links/merge-tag.ts";

/** Merge tags for a contact's id or address, as the manuals of mailers write them. */
const marks: Record<string, string[]> = {
  "ActiveCampaign, DashaMail": ["%SUBSCRIBERID%", "%EMAIL%", "%USER_ID%"],
  "Acoustic, Salesforce Marketing Cloud, SendSage": ["%%subscriberkey%%", "%%EMAIL%%", "%%=v(@id)=%%"],
  "Adobe Campaign, ERB": ["<%= recipient.id %>", "<%= message.campaign_id %>"],
  "Adobe Marketo": ["{{lead.Id:default=none}}"],
  Altcraft: ["{lead._id}", "{lead.email}"],
  "AcyMailing, GMass, newsletter plug-ins": ["{subid}", "{subtag:email}", "{Email Address}"],
  AMS: ["[%%FEmail%%]"],
  Bitrix24: ["{=Document:ID}", "#CONTACT_ID#", "#EMAIL_TO#"],
  Braze: ["{{${user_id}}}"],
  Brevo: ["{{ contact.EXT_ID }}", "{{contact.EMAIL}}"],
  "Bronto, with its exclamation mark": ["%%!message_id%%"],
  "Campaign Monitor, MailPoet, survey tools": ["[email]", "[fullname,fallback=]", "[RespondentID_value]"],
  "Constant Contact, GetResponse": ["[[email]]", "$SUBSCRIBER.EMAIL$"],
  Contactlab: ["${ id }$", "<{ id }>", "@{ id }@"],
  Dotdigital: ["@EMAIL@", "@@id@@"],
  Emarsys: ["$uid$", "$$id$$"],
  eSputnik: ["%CONTACTID%", "%CONTACT_ID%", "$!data.get('id')", "$data.id"],
  "HubSpot, Klaviyo, Customer.io, Iterable, SendPulse, UniSender, SendGrid": [
    "{{ contact.hs_object_id }}",
    "{{ person.KlaviyoID|default:'' }}",
    "{{customer.id}}",
    "{{userId}}",
    "{{email}}",
    "{{_UserId}}",
    "{{{id}}}",
  ],
  "Liquid, Jinja, Twig": ["{% if id %}", "{# id #}"],
  Mailchimp: ["*|UNIQID|*", "*|EMAIL|*", "*|FNAME:Friend|*"],
  MailerLite: ["{$email}"],
  Mailgun: ["%recipient.id%", "%recipient_email%"],
  "Mindbox, Zoho, Qualtrics": ["${Recipient.Ids.Id}", "$[UD:CONTACTID]$", "${e://Field/id}"],
  "Microsoft Word, mail merges of tables": ["«ID»", "<<ID>>", "<Customer ID>"],
  ngSurvey: ["[--invitationid--]", "++panelattribute++"],
  Sendsay: ["[% anketa.member.id %]"],
  Salesforce: ["{!Contact.Id}"],
  e: ["~~EMAIL~~", "||id||", "::id::", "__ID__"],
  "Python, PHP, C": ["%(id)s", "%s", "%1$s", "$id"],
  "a template that had nothing": ["undefined", "null", "[object Object]", "NaN"],
  "cut off on the way": ["{{", "{{ contact", "*|UNIQ", "%%sub", "id}}", "EXT_ID|*", "${"],
  "in the middle of more": ["user-{{id}}", "{{id}}@shop.example", "user-{id}", "u%CONTACTID%", "id=*|ID|*"],
  "encoded once more": ["%7B%7Bid%7D%7D", "%257B%257Bid%257D%257D", "%25CONTACTID%25", "*%7CID%7C*"],
};

describe.each(Object.entries(marks))("a mark of %s", (_, texts) => {
  it.each(texts)("%s is nobody", (text) => {
    expect(isMergeTag(text)).toBe(true);
    expect(isMergeTag(` ${text} `)).toBe(true);
  });
});

it.each([
  ...["17", "0", "4711-a", "ann", "Ann Smith", "Ганна", "ann+news@shop.example", "<ann@shop.example>", "+380501234567"],
  ...[
    "100%",
    "50% off 20%",
    "100%%",
    "%",
    "#17",
    "#17#",
    "17#",
    "C#",
    "@ann",
    "@ann@social.example",
    "$17",
    "a$b",
    "A&B",
  ],
  ...["{3F2504E0-4F89-11D3-9A0C-0305E82C3301}", "{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}", "shop-{17}", "{17}", "{}"],
  ...[
    "dependabot[bot]",
    "[17]",
    "a[0]",
    "ТОВ «Ромашка»",
    "«Ромашка»",
    "a<b",
    "a>b",
    "x|y",
    "a*b",
    "~ann",
    "_id",
    "-AbC-",
  ],
  ...[
    "$RCAnonymousID:87c6049c58069238dce29853916d624c",
    "$device:18f-9a",
    "auth0|5f7c8ec7c33c6c004bbafe82",
    "uid=17,ou=a",
  ],
  ...[
    "aGVsbG8gd29ybGQ=",
    "+aB/c+",
    "ab+cd/ef==",
    "3D17",
    "O'Brien",
    "null-17",
    "Nullmeyer",
    "undefined behaviour",
    "😀",
  ],
])("%s is somebody", (text) => {
  expect(isMergeTag(text)).toBe(false);
});

it("knows every mark that docs/emailed-links.md names for `r=`", () => {
  const text = readFileSync(new URL("../../../docs/emailed-links.md", import.meta.url), "utf8");
  const rows = text.split("\n").filter((line) => /^\| .*`\s*\|$/.test(line));
  const named = rows.map((line) => /`([^`]+)`\s*\|$/.exec(line)?.[1] ?? "");
  expect(named.length).toBeGreaterThanOrEqual(8);
  for (const mark of named) expect(isMergeTag(mark.replaceAll("\\|", "|")), mark).toBe(true);
});
