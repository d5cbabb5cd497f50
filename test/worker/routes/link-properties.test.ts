/** What a link says of where it hangs: read from its address, carried by its page, never over what was minted. */
import decodeQR from "qr/decode.js";
import { beforeAll, describe, expect, it } from "vitest";
import documented from "../../../docs/emailed-links.md?raw";
import { limits } from "../../../shared/limits.ts";
import { hostileStrings, MARK } from "../../support/hostile-strings.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector } from "../support/collector.ts";
import { anInvitation, answerPage, hiddenFields, PERSON, responsesOf, sendForm } from "../support/links.ts";
import { expectRecountAgrees } from "../support/recount.ts";

let collector: Collector;

beforeAll(() => {
  collector = aCollector();
});

const own = (...segments: string[]) => collector.makeSurvey({ segments });
const propertiesOf = async (mine: string) =>
  (await responsesOf(mine)).map(({ properties }) => JSON.parse(properties as string));
const groupsOf = async (mine: string, segment: string) => {
  const query = new URLSearchParams({ group_by: segment });
  const { body } = await collector.get<{ groups: { value: string; responses: number }[] }>(
    `/v1/surveys/${mine}/metrics?${query}`,
  );
  return body.groups.map(({ value, responses }) => [value, responses]);
};

describe("an open link", () => {
  it("counts its answers under the property that stands in its address, and under the channel `link`", async () => {
    const mine = await own("department", "employee", "channel", "department×channel");
    const link = `/s/${mine}?department=Lviv&employee=12&nps=9&utm_source=mail`;
    expect((await answerPage(collector, link, { ...PERSON, nps: "9" })).status).toBe(201);
    expect(await groupsOf(mine, "department")).toEqual([["Lviv", 1]]);
    expect(await groupsOf(mine, "channel")).toEqual([["link", 1]]);
    expect(await groupsOf(mine, "department×channel")).toEqual([["Lviv×link", 1]]);
    expect(await propertiesOf(mine)).toEqual([{ department: "Lviv", employee: "12" }]);
    await expectRecountAgrees(mine);
  });

  it("costs what declared segments cost on a page: one written row each, and none to show it", async () => {
    const mine = await own("department", "employee");
    const link = `/s/${mine}?department=Lviv&employee=12`;
    await answerPage(collector, link, { ...PERSON, nps: "9" });
    collector.rows.reset();
    await answerPage(collector, link, { ...PERSON, nps: "9" });
    expect(collector.rows.written).toBeLessThanOrEqual(2 + 2);
  });

  const long = "x".repeat(250);
  const addresses: [query: string, kept: Record<string, string>][] = [
    ["?department=Lviv", { department: "Lviv" }],
    ["?utm_source=mail&department=Lviv&fbclid=x", { department: "Lviv" }],
    ["?department=Lviv&department=Kyiv", { department: "Lviv" }],
    ["?p.department=Lviv", { department: "Lviv" }],
    ["?Department=Lviv", {}],
    ["?plan=pro&city=Kyiv", { plan: "pro", city: "Kyiv" }],
    ["?plan=pro", { plan: "pro" }],
    ["?city=pro&plan%C3%97city=x", { city: "pro" }],
    ["?channel=page&device=phone&language=uk&flagged=true&unverified=true", {}],
    ["?lang=uk&r=ann&comment=hi&nps=3", {}],
    ["?p.lang=old&lang=uk", { lang: "old" }],
    ["?stamp=s&tick=1&js=2&change=1", { stamp: "s", tick: "1" }],
    ["?department=%D0%9B%D1%8C%D0%B2%D1%96%D0%B2", { department: "Львів" }],
    ["?department=%20Lviv%20centre%0A", { department: "Lviv centre" }],
    ["?department=New+York", { department: "New York" }],
    ["?department=R%26D%20%3C%22x%22%3E", { department: 'R&D <"x">' }],
    ["?department=Lviv&amp;employee=12", { department: "Lviv", employee: "12" }],
    ["?department=Lviv?employee=12", { department: "Lviv", employee: "12" }],
    ["?department=0&employee=false", { department: "0", employee: "false" }],
    [`?department=${long}`, { department: long.slice(0, 200) }],
    [`?department=${encodeURIComponent("😀".repeat(201))}`, { department: "😀".repeat(200) }],
    [`?department=${"x".repeat(195)}${encodeURIComponent("{{branch_of_the_shop}}")}`, {}],
    ["?department={{branch}}", {}],
    ["?department=%7B%7Bbranch%7D%7D&employee=12", { employee: "12" }],
    ["?department=*%7CBRANCH%7C*", {}],
    ["?department=%BRANCH%", {}],
    ["?department=%25BRANCH%25", {}],
    ["?department=undefined", {}],
    ["?department=", {}],
    ["?department", {}],
    ["?department=%20", {}],
    ["?department=%E2%80%8B", {}],
    ["?department=%CB%E2%B3%E2", {}],
    ["?department=a%00b", {}],
    ["?__proto__=x&constructor=y", {}],
  ];

  describe("of what stands in its address keeps what the survey declares", () => {
    let mine: string;
    beforeAll(async () => {
      mine = await own("department", "employee", "plan×city", "lang", "stamp", "tick");
    });

    it.each(addresses.map(([query, kept]) => [query.slice(0, 80), query, kept] as const))(
      "%s",
      async (_, query, kept) => {
        const comment = `I came by ${query.slice(0, 1000)}`;
        const sent = await answerPage(collector, `/s/${mine}${query}`, { ...PERSON, comment });
        expect(sent.status).toBe(201);
        const stored = (await responsesOf(mine)).find((row) => row.comment === comment);
        expect(JSON.parse(String(stored?.properties))).toEqual(kept);
      },
    );

    it("and counts it", async () => {
      await expectRecountAgrees(mine);
    });
  });

  it.each(Object.entries(hostileStrings))(
    "keeps %s in one attribute of its page, and nowhere else",
    async (_, text) => {
      const mine = await own("department");
      const page = await collector.request("GET", `/s/${mine}?${new URLSearchParams({ department: text })}`);
      const around = page.text.replace(/<input type="hidden" name="p\.department" value="[^"<>]*">/, "");
      expect([page.status, around.includes(MARK)]).toEqual([200, false]);
    },
  );

  it("reads no more properties than a response may have, and none whose name no property has", async () => {
    const crossed = Array.from({ length: 8 }, (_, index) => [1, 2, 3].map((part) => `s${index}p${part}`).join("×"));
    const endless = "n".repeat(60);
    const mine = await own(...crossed, endless);
    const names = [endless, ...crossed.flatMap((each) => each.split("×"))];
    await answerPage(collector, `/s/${mine}?${names.map((name) => `${name}=x`).join("&")}`, { ...PERSON, nps: "4" });
    const [kept] = await propertiesOf(mine);
    expect(Object.keys(kept)).toHaveLength(20);
    expect(kept).not.toHaveProperty(endless);
    await expectRecountAgrees(mine);
  });

  it("keeps its properties over the page with the box to tick, and over a change of the answer", async () => {
    const mine = await own("department");
    const first = hiddenFields((await collector.get(`/s/${mine}?department=Lviv&nps=3`)).text);
    const boxed = await sendForm(collector, `/s/${mine}`, { ...first, nps: "3" });
    expect([boxed.status, boxed.text]).toEqual([422, expect.stringContaining("Send my answer")]);
    const thanks = await sendForm(collector, `/s/${mine}`, { ...hiddenFields(boxed.text), tick: "1", nps: "3" });
    expect(thanks.status).toBe(201);
    const again = await sendForm(collector, `/s/${mine}`, hiddenFields(thanks.text));
    const changed = await sendForm(collector, `/s/${mine}`, { ...hiddenFields(again.text), ...PERSON, nps: "8" });
    expect(changed.status).toBe(200);
    expect(await responsesOf(mine)).toMatchObject([{ nps: 8, properties: '{"department":"Lviv"}' }]);
    expect(await groupsOf(mine, "department")).toEqual([["Lviv", 1]]);
    await expectRecountAgrees(mine);
  });

  it("changed by a form that says nothing of properties keeps those it had", async () => {
    const mine = await own("department");
    const thanks = await answerPage(collector, `/s/${mine}?department=Lviv`, { ...PERSON, nps: "3" });
    const { "p.department": _, ...bare } = hiddenFields(thanks.text);
    const page = await sendForm(collector, `/s/${mine}`, bare);
    await sendForm(collector, `/s/${mine}`, { ...hiddenFields(page.text), ...PERSON, nps: "8" });
    expect(await responsesOf(mine)).toMatchObject([{ nps: 8, properties: '{"department":"Lviv"}' }]);
  });

  it("to a form that a stranger composes is no other door: undeclared, endless and unfilled ones are not kept", async () => {
    const mine = await own("department", "employee");
    const fields = { ...hiddenFields((await collector.get(`/s/${mine}`)).text), ...PERSON, nps: "4" };
    const hostile = { "p.plan": "pro", "p.department": long, "p.employee": "{{id}}", department: "Kyiv" };
    await sendForm(collector, `/s/${mine}`, { ...fields, ...hostile });
    expect(await propertiesOf(mine)).toEqual([{ department: long.slice(0, 200) }]);
  });

  it("keeps them where the survey is anonymous, for it counts by them", async () => {
    const mine = await collector.makeSurvey({ segments: ["department"], anonymous: true });
    await answerPage(collector, `/s/${mine}?department=Lviv&r=ann`, { ...PERSON, nps: "4" });
    expect(await responsesOf(mine)).toMatchObject([{ respondent_id: null, properties: '{"department":"Lviv"}' }]);
  });
});

describe("an invitation's link", () => {
  it("adds what was not minted and overrides nothing that was", async () => {
    const mine = await own("department", "employee", "plan");
    const person = { id: "ann", properties: { department: "Kyiv", plan: null } };
    const { url } = await anInvitation(collector, mine, person);
    const query = "?department=Lviv&employee=12&plan=pro";
    const thanks = await answerPage(collector, url + query, { ...PERSON, nps: "9" });
    expect(thanks.status).toBe(201);
    expect(thanks.text).not.toContain("Kyiv");
    expect(await propertiesOf(mine)).toEqual([{ department: "Kyiv", employee: "12", plan: null }]);
    const again = await sendForm(collector, url, hiddenFields(thanks.text));
    await sendForm(collector, url, { ...hiddenFields(again.text), ...PERSON, "p.department": "Odesa", nps: "2" });
    expect(await responsesOf(mine)).toMatchObject([
      { nps: 2, properties: '{"department":"Kyiv","employee":"12","plan":null}' },
    ]);
    expect(await groupsOf(mine, "department")).toEqual([["Kyiv", 1]]);
    await expectRecountAgrees(mine);
  });

  it("crowds out nothing that was minted", async () => {
    const minted = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`minted${index}`, index]));
    const mine = await own("department");
    const { url } = await anInvitation(collector, mine, { id: "ann", properties: minted });
    await answerPage(collector, `${url}?department=Lviv`, { ...PERSON, nps: "9" });
    expect(await propertiesOf(mine)).toEqual([minted]);
  });
});

describe("the QR code of a link with properties", () => {
  /** The code's link, read back from the drawing as a camera would. */
  async function scanned(path: string): Promise<string> {
    const { status, text } = await collector.get(path, {});
    expect(status, text).toBe(200);
    const isPdf = path.includes("qr.pdf");
    const pattern = isPdf ? /(\d+) (\d+) (\d+) 1 re/g : /M(\d+) (\d+)h(\d+)v1/g;
    const side =
      Number(/MediaBox \[0 0 ([\d.]+) /.exec(text)?.[1]) / Number(/([\d.]+) 0 0 [\d.]+ 0 0 cm/.exec(text)?.[1]);
    const size = isPdf ? Math.round(side) : Number(/viewBox="0 0 (\d+) /.exec(text)?.[1]);
    const scale = 4;
    const data = new Uint8Array((size * scale) ** 2 * 4).fill(255);
    for (const [, x, row, width] of text.matchAll(pattern)) {
      const y = isPdf ? size - Number(row) - 1 : Number(row);
      for (let line = y * scale; line < (y + 1) * scale; line++)
        data.fill(0, (line * size + Number(x)) * scale * 4, (line * size + Number(x) + Number(width)) * scale * 4);
    }
    return decodeQR({ width: size * scale, height: size * scale, data });
  }

  it.each(["qr.svg", "qr.pdf"])("as %s says that link, without what the survey does not declare", async (file) => {
    const mine = await own("department");
    const link = await scanned(`/s/${mine}/${file}?department=Lviv&utm_source=poster`);
    expect(link).toBe(`http://localhost/s/${mine}?department=Lviv`);
    expect(await scanned(`/s/${mine}/${file}?utm_source=poster`)).toBe(`http://localhost/s/${mine}`);
  });

  it("opens the page with each value as it was typed, under names that the address has for itself too", async () => {
    const names = ["department", "r", "nps", "a&b=c", "mail?", "місто"];
    const values = ["Львів, центр", "ann+news@example.test", "+380501234567", "R&D = 50%", "3Dx ?&amp;", "a+b c"];
    const mine = await own(...names);
    const typed = Object.fromEntries(names.map((name, index) => [name, values[index] ?? ""]));
    const query = Object.entries(typed).map((pair) => `p.${pair.map(encodeURIComponent).join("=")}`);
    const link = new URL(await scanned(`/s/${mine}/qr.svg?${query.join("&")}`));
    await answerPage(collector, link.pathname + link.search, { ...PERSON, nps: "9" });
    expect(await propertiesOf(mine)).toEqual([typed]);
  });

  it("may be kept where it has no parameters, and is asked for anew where the settings decide what it says", async () => {
    const mine = await own();
    const kept = async (query: string) => (await collector.get(`/s/${mine}/qr.svg${query}`, {})).headers;
    expect((await kept("")).get("Cache-Control")).toContain("max-age");
    expect((await kept("?department=Lviv")).get("Cache-Control")).toBe("no-cache");
    await collector.request("PATCH", `/v1/surveys/${mine}`, { segments: ["department"] }, ADMIN);
    expect(await scanned(`/s/${mine}/qr.svg?department=Lviv`)).toContain("?department=Lviv");
  });

  it("is refused in words where the link is longer than a code can say", async () => {
    const names = Array.from({ length: 9 }, (_, index) => `segment${index}`);
    const mine = await own(...names);
    const all = names.map((name) => `${name}=${"x".repeat(200)}`).join("&");
    for (const file of ["qr.svg", "qr.pdf"]) {
      const reply = await collector.get(`/s/${mine}/${file}?${all}`, {});
      expect([reply.status, reply.body.code]).toEqual([422, "invalid"]);
      expect(reply.body.detail).toMatch(/^The link has \d{4} characters; a code holds 1663\./);
    }
    const longest = 1663 - `http://localhost/s/${mine}?`.length;
    const fits = all.slice(0, longest);
    expect(await scanned(`/s/${mine}/qr.svg?${fits}`)).toHaveLength(1663);
  });
});

describe("the block for a mail", () => {
  const blockOf = (mine: string, query: Record<string, string>) =>
    collector.get<{ html: string; text: string; errors?: unknown }>(
      `/v1/surveys/${mine}/email-block?${new URLSearchParams({ language: "en", ...query })}`,
    );
  /** The link behind 9, as the mailer sends it to one reader. */
  const sent = (text: string, marks: Record<string, string>) => {
    const link = text
      .split("\n")
      .find((line) => line.startsWith("9: "))!
      .slice(3);
    return Object.entries(marks).reduce((so, [mark, value]) => so.replaceAll(mark, encodeURIComponent(value)), link);
  };
  const pathOf = (link: string) => new URL(link).pathname + new URL(link).search;

  it("of unsigned links carries the branch that the mailer fills in, and one that is the same for all", async () => {
    const mine = await own("branch", "wave");
    const { body } = await blockOf(mine, { r: "{{id}}", branch: "{{branch}}", wave: "autumn & winter" });
    expect(body.html.match(/branch=\{\{branch\}\}&amp;wave=autumn%20%26%20winter/g)).toHaveLength(11);
    const link = sent(body.text, { "{{id}}": "ann", "{{branch}}": "Львів" });
    await answerPage(collector, pathOf(link), { ...PERSON, nps: "9" });
    expect(await responsesOf(mine)).toMatchObject([
      { channel: "link", respondent_id: "ann", properties: '{"branch":"Львів","wave":"autumn & winter"}' },
    ]);
  });

  it("left unfilled by the mailer says nothing of the branch", async () => {
    const mine = await own("branch");
    const { body } = await blockOf(mine, { r: "{{id}}", branch: "{{branch}}" });
    await answerPage(collector, pathOf(sent(body.text, {})), { ...PERSON, nps: "9" });
    expect(await responsesOf(mine)).toMatchObject([{ respondent_id: null, properties: "{}" }]);
  });

  it("of minted links carries it behind each person's own link", async () => {
    const mine = await own("branch");
    const { url } = await anInvitation(collector, mine);
    const { body } = await blockOf(mine, { link: "{{url}}", branch: "Lviv" });
    const link = body.text
      .split("\n")
      .find((line) => line.startsWith("9: "))!
      .slice(3);
    await answerPage(collector, link.replace("{{url}}", url), { ...PERSON, nps: "9" });
    expect(await propertiesOf(mine)).toEqual([{ branch: "Lviv" }]);
  });

  it("takes a property named like a parameter of its own behind `p.`", async () => {
    const mine = await own("r", "link");
    const { body } = await blockOf(mine, { r: "{{id}}", "p.r": "north", "p.link": "x" });
    const link = sent(body.text, { "{{id}}": "ann" });
    await answerPage(collector, pathOf(link), { ...PERSON, nps: "9" });
    expect(await responsesOf(mine)).toMatchObject([{ respondent_id: "ann", properties: '{"link":"x","r":"north"}' }]);
  });

  it.each(["city", "p.city", "channel", "Branch", "branch×wave"])(
    "refuses %s by name, by which the links would carry nothing",
    async (name) => {
      const mine = await own("branch×wave", "channel");
      const reply = await blockOf(mine, { r: "{{id}}", branch: "x", [name]: "x" });
      expect([reply.status, reply.body.errors]).toEqual([
        422,
        [{ pointer: `/${name}`, detail: expect.stringContaining("declares as a segment") }],
      ]);
    },
  );

  it("refuses an empty property", async () => {
    const mine = await own("branch");
    const reply = await blockOf(mine, { r: "{{id}}", branch: "" });
    expect([reply.status, reply.body.errors]).toEqual([422, [{ pointer: "/branch", detail: "must not be empty" }]]);
  });
});

it("has in the documents the limits that it obeys", () => {
  expect(documented).toContain(`A value is cut at ${limits.propertyValueCharacters} characters`);
  expect(documented).toContain(`of up to ${limits.qrCharacters} characters`);
});
