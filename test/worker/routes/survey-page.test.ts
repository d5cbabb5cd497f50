/** The linked pages as they are served: states, statuses, and what is stored with which flags. test/links uses real browsers. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { base64url } from "../../../worker/crypto/base64url.ts";
import { hmac } from "../../../worker/crypto/hmac.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, anId, DAY, NOON } from "../support/collector.ts";
import { anInvitation, answerPage, hiddenFields, PERSON, responsesOf, SCRIPTLESS, sendForm } from "../support/links.ts";
import { expectRecountAgrees } from "../support/recount.ts";

let collector: Collector;
let survey: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey({ brand: "Crumb & <Sons>" });
});

const open = (path: string, headers: Record<string, string> = {}) => collector.get(path, headers);
const own = (settings = {}) => collector.makeSurvey(settings);

describe("an invitation's page", () => {
  it("states the score of the link and leaves it to be changed", async () => {
    const { url } = await anInvitation(collector, survey);
    const page = await open(`${url}?nps=9&csat=4`);
    expect(page.status).toBe(200);
    expect(page.text).toContain("You chose 9.");
    expect(page.text).toContain("You chose 4.");
    expect(page.text.match(/ checked>/g)).toHaveLength(2);
  });

  it.each([
    "?nps=11",
    "?nps=-1",
    "?nps=9.0",
    "?nps=",
    "?nps=%00",
    "?nps=9%27--",
    "?csat=0",
    "?NPS=9",
    "?utm_source=mail",
  ])("preselects nothing for %s", async (query) => {
    const { url } = await anInvitation(collector, survey);
    const page = await open(url + query);
    expect([page.status, page.text.includes(" checked>")]).toEqual([200, false]);
  });

  it("escapes what owners and strangers wrote", async () => {
    const { url } = await anInvitation(collector, survey);
    const page = await open(`${url}?comment=%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E`);
    expect(page.text).toContain("Crumb &amp; &lt;Sons&gt;");
    expect(page.text).not.toContain("<script>alert");
    expect(page.text).toContain("&lt;/textarea&gt;");
  });

  it("stores one response, verified, with the invitation's properties, at the server's time", async () => {
    const mine = await own({ segments: ["plan", "channel"] });
    const { id, url } = await anInvitation(collector, mine, { id: "ann", properties: { plan: "pro" } });
    const reply = await answerPage(collector, url, { ...PERSON, nps: "9", csat: "5", comment: " добре \r\n так " });
    expect([reply.status, reply.text]).toEqual([201, expect.stringContaining("We are glad")]);
    expect(await responsesOf(mine)).toMatchObject([
      {
        id,
        nps: 9,
        csat: 5,
        comment: "добре \n так",
        channel: "invitation",
        respondent_id: "ann",
        respondent_verified: 1,
        properties: '{"plan":"pro"}',
        flags: "[]",
        created_at: NOON + 5000,
      },
    ]);
    await expectRecountAgrees(mine);
  });

  it("sent twice, or from two tabs, is one response", async () => {
    const mine = await own();
    const { url } = await anInvitation(collector, mine);
    const fields = { ...hiddenFields((await open(url)).text), ...PERSON, nps: "7" };
    const replies = await Promise.all([sendForm(collector, url, fields), sendForm(collector, url, fields)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 201]);
    await answerPage(collector, url, { ...PERSON, nps: "7" });
    expect(await responsesOf(mine)).toHaveLength(1);
    await expectRecountAgrees(mine);
  });

  it("may be changed until it expires, 20 days later too, and counts on the day of the first answer", async () => {
    const mine = await own();
    const { url } = await anInvitation(collector, mine);
    await answerPage(collector, url, { ...PERSON, nps: "2", comment: "slow" });
    collector.clock.now = NOON + 20 * DAY;
    expect((await answerPage(collector, url, { ...PERSON, nps: "8" })).status).toBe(200);
    collector.clock.now = NOON;
    expect(await responsesOf(mine)).toMatchObject([{ nps: 8, comment: "slow", day: "2026-11-22" }]);
    await expectRecountAgrees(mine);
  });

  it("answered first after 20 days is stored under that day", async () => {
    const mine = await own();
    const { url } = await anInvitation(collector, mine);
    collector.clock.now = NOON + 20 * DAY;
    expect((await answerPage(collector, url, { ...PERSON, nps: "8" })).status).toBe(201);
    collector.clock.now = NOON;
    expect(await responsesOf(mine)).toMatchObject([{ day: "2026-12-12", created_at: NOON + 20 * DAY + 5000 }]);
  });

  it("forwarded, shows that it was answered and until when it may be changed, never with what", async () => {
    const { url } = await anInvitation(collector, survey);
    await answerPage(collector, url, { ...PERSON, nps: "1", comment: "my boss is awful" });
    const page = await open(url);
    expect(page.text).toContain(
      "You have already answered this survey. Your answers are not shown here, because a link can be forwarded. Until December 22, 2026",
    );
    expect(page.text).not.toContain("awful");
    expect(page.text).not.toContain(" checked>");
  });

  it("does not ask which page may send for the survey", async () => {
    const mine = await own({ origins: ["https://shop.example"] });
    const { url } = await anInvitation(collector, mine);
    const headers = { Origin: "https://surveys.example" };
    expect((await answerPage(collector, url, { ...PERSON, nps: "9" }, { headers })).status).toBe(201);
  });
});

describe("an open link", () => {
  it("stores the respondent that a mailer named as unverified", async () => {
    const mine = await own();
    const reply = await answerPage(collector, `/s/${mine}?r=ann&nps=4`, { ...PERSON, nps: "4" });
    expect(reply.status).toBe(201);
    expect(await responsesOf(mine)).toMatchObject([
      { channel: "link", respondent_id: "ann", respondent_verified: 0, nps: 4 },
    ]);
    await expectRecountAgrees(mine);
  });

  it.each([
    ...["%7B%7Bid%7D%7D", "*%7CUNIQID%7C*", "%25%25id%25%25", "%CONTACTID%", "%25CONTACTID%25", "%ADDRESS%"],
    ...["{{ contact.EXT_ID }}", "{=Document:ID}", "%257B%257Bid%257D%257D", "%CF%E5%F2%F0", "", "%20", "x".repeat(201)],
  ])("takes ?r=%s for nobody", async (r) => {
    const mine = await own();
    await answerPage(collector, `/s/${mine}?r=${r}`, { ...PERSON, nps: "4" });
    expect(await responsesOf(mine)).toMatchObject([{ respondent_id: null }]);
  });

  it("one form sent twice is one response, two visits are two", async () => {
    const mine = await own();
    const fields = { ...hiddenFields((await open(`/s/${mine}`)).text), ...PERSON, csat: "2" };
    const replies = await Promise.all([1, 2, 3].map(() => sendForm(collector, `/s/${mine}`, fields)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    await answerPage(collector, `/s/${mine}`, { ...PERSON, csat: "2" });
    expect(await responsesOf(mine)).toHaveLength(2);
  });

  it.each([" ", "\u00a0\n", "\u200b", "\u202e\u00ad", "\u3164"])(
    "a comment of blanks (%j) is no answer",
    async (comment) => {
      const mine = await own();
      const alone = await answerPage(collector, `/s/${mine}`, { ...PERSON, comment });
      expect([alone.status, await responsesOf(mine)]).toEqual([422, []]);
      await answerPage(collector, `/s/${mine}`, { ...PERSON, nps: "6", comment });
      expect(await responsesOf(mine)).toMatchObject([{ nps: 6, comment: null }]);
    },
  );

  it("a form left open for a week comes back with its answers, to be sent again", async () => {
    const mine = await own();
    const page = await open(`/s/${mine}`);
    collector.clock.now = NOON + 8 * DAY;
    const answers = { ...PERSON, nps: "6", comment: "kept" };
    const again = await sendForm(collector, `/s/${mine}`, { ...hiddenFields(page.text), ...answers });
    expect([again.status, again.text]).toEqual([422, expect.stringContaining("open for a long time")]);
    expect(again.text).toContain("kept</textarea>");
    const sent = await sendForm(collector, `/s/${mine}`, { ...hiddenFields(again.text), ...answers });
    expect(sent.status).toBe(201);
    collector.clock.now = NOON;
  });

  it.each(["", "x", "a.b", "0193528f-0000-7000-8000-000000000000.AAAAAAAAAAAAAAAAAAAAAA"])(
    "a stamp that is not ours (%j) stores nothing",
    async (stamp) => {
      const mine = await own();
      expect((await sendForm(collector, `/s/${mine}`, { ...PERSON, nps: "9", stamp })).status).toBe(422);
      expect(await responsesOf(mine)).toEqual([]);
    },
  );

  it("a stamp of another survey stores nothing", async () => {
    const mine = await own();
    const stamp = hiddenFields((await open(`/s/${survey}`)).text).stamp ?? "";
    expect((await sendForm(collector, `/s/${mine}`, { ...PERSON, nps: "9", stamp })).status).toBe(422);
  });
});

describe("a link that was mangled on its way", () => {
  const nobody = undefined;
  it.each([
    ["?r=17&amp;nps=9", "17", "9"],
    ["?r=17&amp;amp;nps=9&amp;lang=en", "17", "9"],
    ["?amp;nps=9", nobody, "9"],
    ["?nps=9?utm_source=mail", nobody, "9"],
    ["?utm_source=mail?r=17&nps=9", "17", "9"],
    ["?r=17?nps=9?fbclid=x", "17", "9"],
    ["?r=17%3F&nps=9", "17?", "9"],
    ["?nps%3D9%26r%3D17", "17", "9"],
    ["%3Fnps%3D9%26r%3D17", "17", "9"],
    ["&nps=9&r=17", "17", "9"],
    ["?lang=3Den&nps=3D9&r=3D17", "17", "9"],
    ["?r=3D17&nps=9", "3D17", "9"],
    ["?r=ann+news@example.test&nps=9", "ann+news@example.test", "9"],
    ["?r=ann%2Bnews%40example.test&nps=9", "ann+news@example.test", "9"],
    ["?r=ann+news%40example.test&nps=9", "ann+news@example.test", "9"],
    ["?r=+380501234567&nps=9", "+380501234567", "9"],
    ["?r=Ann+Smith&nps=9", "Ann Smith", "9"],
    ["?r=100%&nps=9", "100%", "9"],
    ["?r=AbC&nps=10.", "AbC", "10"],
    ["?r=17&nps=9)", "17", "9"],
    ["?r=17&nps=9%20", "17", "9"],
    ["?nps=%C2%A09", nobody, "9"],
    ["?nps=9%0D%0A", nobody, "9"],
    ["?nps=9%E2%80%8B.", nobody, "9"],
    ["?nps=9/", nobody, "9"],
    ["?nps=9%E2%80%A6", nobody, "9"],
    ["?r=17&nps=9*_", "17", "9"],
    ["?r=17&nps=9%3Futm_source=mail", "17", "9"],
    ["?nps==9", nobody, "9"],
    ["/", nobody, undefined],
    ["/?nps=9", nobody, "9"],
    [".", nobody, undefined],
    ["),", nobody, undefined],
    ["%22%3E", nobody, undefined],
    ["%C2%BB", nobody, undefined],
    ["%20", nobody, undefined],
    ["%E2%80%8B", nobody, undefined],
  ])("%s is read as it was meant", async (tail, r, nps) => {
    const page = await open(`/s/${survey}${tail}`);
    const chosen = /value="(\d+)" aria-label="[^"]*of 10" checked/.exec(page.text)?.[1];
    expect([page.status, hiddenFields(page.text).r, chosen]).toEqual([200, r, nps]);
  });

  it("an id in capitals is the same survey", async () => {
    expect((await open(`/s/${survey.toUpperCase()}`)).status).toBe(200);
  });

  const tails = [
    ".",
    ",",
    ")",
    ">",
    "/",
    '"',
    "'",
    "»",
    "!",
    "%22",
    "%3E",
    "%C2%BB",
    "%E2%80%9D",
    "%20",
    "%0D%0A",
    "/?nps=9",
    ").",
    "%3Fnps%3D9",
  ];

  it.each(tails)("an invitation's link, to answer and to unsubscribe, with %s at its end", async (tail) => {
    const mine = await own();
    const { url, unsubscribe_url } = await anInvitation(collector, mine);
    expect((await open(unsubscribe_url + tail)).status).toBe(200);
    const page = await open(url + tail);
    expect(page.status).toBe(200);
    const sent = await sendForm(collector, url + tail, { ...hiddenFields(page.text), ...PERSON, nps: "9" });
    expect(sent.status).toBe(201);
    expect((await sendForm(collector, unsubscribe_url + tail, { "List-Unsubscribe": "One-Click" })).status).toBe(200);
  });

  it("an invitation's link that was broken in two, by quoted-printable or by a line's end", async () => {
    const { url } = await anInvitation(collector, survey);
    for (const gap of ["=%0D%0A", "%0A", "%20"])
      expect((await open(`${url.slice(0, 30)}${gap}${url.slice(30)}`)).status, gap).toBe(200);
  });

  it("an invitation's link in small letters or cut short is told to be copied whole", async () => {
    const { url } = await anInvitation(collector, survey);
    for (const broken of [url.toLowerCase(), url.slice(0, -1), `${url.slice(0, 20)}=`])
      expect([(await open(broken)).status, broken]).toEqual([404, broken]);
  });
});

describe("where there is no page", () => {
  const paths = [
    "/s",
    "/s/",
    "/r",
    "/r/",
    "/u",
    "/u/",
    "/s/nobody",
    "/s/nobody/",
    "/s/nobody/qr.svg",
    "/s/srv_nobodyhere/qr.pdf",
  ];

  it.each([...paths, "/r/a/b", "/u/a/b", "/s//", "/r/%E0%A4%A"])(
    "a browser at %s gets a page in the visitor's language",
    async (path) => {
      for (const method of ["GET", "HEAD", "POST"]) {
        const form = method === "POST" ? { body: "nps=9" } : {};
        const reply = await collector.request(method, path, form.body, {
          "Content-Type": "application/x-www-form-urlencoded",
          "Accept-Language": "uk",
        });
        expect([reply.status, reply.headers.get("Content-Type")], method).toEqual([404, "text/html; charset=utf-8"]);
        if (method !== "HEAD") expect(reply.text).toContain("Посилання не працює");
      }
    },
  );
});

describe("behind a proxy that serves it from a folder", () => {
  const addresses = (page: string) =>
    [...page.matchAll(/(?:action|href|src)="([^"]*)"/g)].map(([, address]) => address ?? "");

  it("a page points at the collector's own pages by relative addresses, from wherever it was opened", async () => {
    const { url, unsubscribe_url } = await anInvitation(collector, survey);
    for (const path of [url, `${url}/`, `${url}.`, unsubscribe_url, `/s/${survey}?nps=9`, `/s/${survey}/`]) {
      const page = await open(path);
      const found = addresses(page.text);
      expect(found.length, path).toBeGreaterThan(0);
      for (const address of found) {
        const outside = new URL(address, `https://shop.example/feedback${path}`);
        expect(outside.href).toMatch(/^https:\/\/shop\.example\/feedback\/[sru]\/[\w.-]+$/);
        expect((await open(outside.pathname.slice("/feedback".length))).status).toBe(200);
      }
    }
  });

  it("links that leave it, and QR codes, begin with PUBLIC_URL", async () => {
    const fronted = aCollector({ secrets: { PUBLIC_URL: "https://shop.example/feedback/" } });
    const mine = await fronted.makeSurvey();
    const reply = await fronted.request<{ invitations: { url: string; unsubscribe_url: string }[] }>(
      "POST",
      `/v1/surveys/${mine}/invitations`,
      { respondents: [{ id: "ann" }], include: ["html"] },
      ADMIN,
    );
    const [made] = reply.body.invitations;
    expect(made?.url).toMatch(/^https:\/\/shop\.example\/feedback\/r\/[\w.-]{57}$/);
    expect(made?.unsubscribe_url).toMatch(/^https:\/\/shop\.example\/feedback\/u\/[\w-]{60,}$/);
    const block = await fronted.get<{ html: string }>(
      `/v1/surveys/${mine}/email-block?r=${encodeURIComponent("{{id}}")}`,
    );
    expect(block.body.html).toContain(`https://shop.example/feedback/s/${mine}?`);
    const at = async (each: Collector) => (await each.get(`/s/${mine}/qr.svg`, {})).text;
    expect(await at(fronted)).not.toBe(await at(collector));
  });
});

describe("changing an answer that was given by an open link", () => {
  /** Answers, and gives the page of thanks. */
  const answered = async (mine: string, fields: Record<string, string> = { nps: "3" }) =>
    answerPage(collector, `/s/${mine}?r=ann`, { ...PERSON, ...fields });

  it("is by a form whose stamp is in no address", async () => {
    const mine = await own();
    const thanks = await answered(mine);
    const { stamp = "", ...asked } = hiddenFields(thanks.text);
    expect(asked).toEqual({ change: "1", lang: "en", r: "ann", nps: "3" });
    expect(thanks.text.replaceAll(`value="${stamp}"`, "")).not.toContain(stamp.slice(0, 20));
    collector.rows.reset();
    const page = await sendForm(collector, `/s/${mine}`, { stamp, ...asked });
    expect([page.status, collector.rows.written]).toEqual([200, 0]);
    expect(page.text).toContain("You chose 3.");
    expect(hiddenFields(page.text)).toEqual({ stamp, lang: "en", r: "ann" });
    const again = await sendForm(collector, `/s/${mine}`, { ...hiddenFields(page.text), ...PERSON, nps: "8" });
    expect(again.status).toBe(200);
    expect(await responsesOf(mine)).toMatchObject([{ nps: 8, respondent_id: "ann" }]);
    await expectRecountAgrees(mine);
  });

  it("stays a change of the same answer where the page is shown once more for a box to tick", async () => {
    const mine = await own();
    const fields = hiddenFields((await answered(mine)).text);
    const page = await sendForm(collector, `/s/${mine}`, fields);
    const ticked = await sendForm(collector, `/s/${mine}`, { ...hiddenFields(page.text), nps: "7" });
    expect(ticked.status).toBe(422);
    await sendForm(collector, `/s/${mine}`, { ...hiddenFields(ticked.text), tick: "1", nps: "7" });
    expect(await responsesOf(mine)).toMatchObject([{ nps: 7 }]);
  });

  it("is not by the response's id, which no page shows and from which no stamp can be made", async () => {
    const mine = await own();
    const thanks = await answered(mine);
    const [row] = await responsesOf(mine);
    expect(thanks.text).not.toContain(row?.id);
    const stamp = hiddenFields(thanks.text).stamp ?? "";
    const forged = { stamp: `${row?.id}.${stamp.split(".")[1]}`, ...PERSON, nps: "0" };
    expect((await sendForm(collector, `/s/${mine}`, forged)).status).toBe(422);
    expect(await responsesOf(mine)).toMatchObject([{ nps: 3 }]);
  });

  it("is not by the stamp of an invitation's page, nor the other way round", async () => {
    const mine = await own();
    const { url } = await anInvitation(collector, mine);
    const { stamp: invited = "" } = hiddenFields((await open(url)).text);
    const { stamp: open_ = "" } = hiddenFields((await open(`/s/${mine}`)).text);
    expect((await sendForm(collector, `/s/${mine}`, { ...PERSON, nps: "9", stamp: invited })).status).toBe(422);
    expect((await sendForm(collector, url, { ...PERSON, nps: "9", stamp: open_ })).status).toBe(422);
    expect(await responsesOf(mine)).toEqual([]);
  });

  describe("with a stamp of before stamps were kept out of addresses", () => {
    it("an address that carries it starts a new answer", async () => {
      const mine = await own();
      const stamp = await anEarlierStamp(mine);
      await sendForm(collector, `/s/${mine}`, { ...PERSON, nps: "9", stamp });
      const page = await open(`/s/${mine}?again=${stamp}&nps=9`);
      expect(hiddenFields(page.text).stamp).not.toBe(stamp);
      await sendForm(collector, `/s/${mine}`, { ...hiddenFields(page.text), ...PERSON, nps: "0" });
      expect((await responsesOf(mine)).map((row) => row.nps).sort()).toEqual([0, 9]);
    });

    it("a page that was open is stored once, and what would change it is offered as a new answer", async () => {
      const mine = await own();
      const fields = { ...PERSON, stamp: await anEarlierStamp(mine), nps: "9" };
      const replies = [
        await sendForm(collector, `/s/${mine}`, fields),
        await sendForm(collector, `/s/${mine}`, fields),
      ];
      expect(replies.map(({ status }) => status)).toEqual([201, 200]);
      collector.rows.reset();
      const changed = await sendForm(collector, `/s/${mine}`, { ...fields, nps: "0" });
      expect([changed.status, collector.rows.written]).toEqual([422, 0]);
      expect(hiddenFields(changed.text).stamp).not.toBe(fields.stamp);
      const asked = await sendForm(collector, `/s/${mine}`, { ...fields, change: "1" });
      expect(hiddenFields(asked.text).stamp).not.toBe(fields.stamp);
      expect(await responsesOf(mine)).toMatchObject([{ nps: 9 }]);
    });

    /** The stamp of older pages: the id and a signature of it. */
    async function anEarlierStamp(mine: string): Promise<string> {
      const key = await env.DB.prepare("SELECT secret FROM signing_keys WHERE id = 'pages000'").first<{
        secret: string;
      }>();
      const id = anId();
      const signed = await hmac(key?.secret ?? "", `page.v1.${mine} ${id}`);
      return `${id}.${base64url(signed.subarray(0, 16))}`;
    }
  });
});

describe("who is taken for a person", () => {
  const senders: [name: string, fields: Record<string, string>, status: number, flags?: string[]][] = [
    ["scripts and a trusted event", { js: "1", proof: "2" }, 201, []],
    ["scripts and a trusted event of which the browser tells nothing else", { js: "2", proof: "2" }, 201, []],
    ["a trusted event in a browser that names a driver", { js: "1", proof: "2", driven: "1" }, 201, ["automated"]],
    ["no scripts", { noscript: "1" }, 201, ["no_proof"]],
    ["scripts blocked and a ticked box", { tick: "1" }, 201, ["no_proof"]],
    ["an older browser whose events are tampered with, and a ticked box", { js: "1", tick: "1" }, 201, ["no_proof"]],
    ["scripts and no gesture", { js: "2" }, 422],
    ["scripts and a gesture of which no trusted event tells", { js: "1" }, 422],
    ["a page of before, which took the browser's word", { js: "2", proof: "1" }, 422],
    ["a page of before in an older browser", { js: "1", proof: "1" }, 422],
    ["scripts, no gesture and a box that only a script can have ticked", { js: "2", tick: "1" }, 422],
    ["a driver's gesture and a box that it has ticked", { js: "1", tick: "1", driven: "1" }, 422],
    ["scripts and the field for no scripts", { js: "2", noscript: "1" }, 422],
    ["neither", {}, 422],
    ["a proof without scripts", { proof: "2" }, 422],
  ];

  it.each(senders)("%s", async (_, fields, status, flags) => {
    const mine = await own();
    const { url } = await anInvitation(collector, mine);
    const reply = await answerPage(collector, url, { ...fields, nps: "9" });
    expect(reply.status).toBe(status);
    const stored = await responsesOf(mine);
    expect(stored.map((row) => row.flags)).toEqual(flags ? [JSON.stringify(flags)] : []);
    if (!flags) {
      expect(reply.text).toContain("Send my answer");
      expect(reply.text).toContain('value="9" aria-label="9 out of 10" checked');
      // The box lets a person without scripts answer.
      const ticked = await answerPage(collector, url, { tick: "1", nps: "3" });
      expect([ticked.status, (await responsesOf(mine)).length]).toEqual([201, 1]);
    }
  });

  it("an answer within a second of the page is flagged, and metrics can leave it out", async () => {
    const mine = await own();
    await answerPage(collector, `/s/${mine}`, { ...SCRIPTLESS, nps: "0" }, { readMs: 300 });
    await answerPage(collector, `/s/${mine}`, { ...PERSON, nps: "10" });
    expect((await responsesOf(mine)).map((row) => row.flags).sort()).toEqual(['["no_proof","too_fast"]', "[]"]);
    await expectRecountAgrees(mine);
  });

  it("a person who answers after a machine takes its flag off with its answer", async () => {
    const mine = await own();
    const { url } = await anInvitation(collector, mine);
    await answerPage(collector, url, { ...SCRIPTLESS, nps: "0" }, { readMs: 300 });
    await answerPage(collector, url, { ...PERSON, nps: "10" });
    const [row] = await responsesOf(mine);
    expect(row).toMatchObject({ nps: 10, flags: "[]" });
    expect(row?.segments).not.toContain("flagged");
    await expectRecountAgrees(mine);
  });

  it("an empty form is asked for something", async () => {
    const { url } = await anInvitation(collector, survey);
    const reply = await answerPage(collector, url, PERSON);
    expect([reply.status, reply.text]).toEqual([422, expect.stringContaining("choose a score")]);
  });
});

describe("pages with nothing to answer", () => {
  const gone = async (act: (id: string, survey: string) => Promise<unknown>, settings = {}) => {
    const mine = await own(settings);
    const { id, url } = await anInvitation(collector, mine, "ann", { expires_in_days: 1 });
    await act(id, mine);
    const page = await open(url);
    const sent = await sendForm(collector, url, { ...PERSON, nps: "9" });
    collector.clock.now = NOON;
    expect(await responsesOf(mine)).toEqual([]);
    return { page, sent };
  };
  const patch = (changes: object) => (_: string, id: string) =>
    collector.request("PATCH", `/v1/surveys/${id}`, changes, ADMIN);

  it("expired", async () => {
    const { page, sent } = await gone(async () => {
      collector.clock.now = NOON + 2 * DAY;
    });
    expect([page.status, sent.status]).toEqual([410, 410]);
    expect(page.text).toContain("This link has expired");
  });

  it("withdrawn", async () => {
    const { page, sent } = await gone((id, mine) =>
      collector.request("DELETE", `/v1/surveys/${mine}/invitations/${id}`, undefined, ADMIN),
    );
    expect([page.status, sent.status]).toEqual([410, 410]);
    expect(page.text).toContain("withdrawn");
  });

  it.each([{ paused: true }, { ends_at: "2026-11-22T11:00:00Z" }])("closed by %j", async (changes) => {
    const { page } = await gone(patch(changes));
    expect([page.status, page.text]).toEqual([410, expect.stringContaining("This survey is closed")]);
  });

  it("of a survey that was deleted", async () => {
    const { page } = await gone((_, mine) => collector.request("DELETE", `/v1/surveys/${mine}`, undefined, ADMIN));
    expect(page.status).toBe(404);
  });

  it("signed with a key that was deleted, while a new key signs new links", async () => {
    const mine = await own();
    const old = await anInvitation(collector, mine, "ann");
    const keysOf = async () =>
      (await collector.get<{ items: { id: string }[] }>(`/v1/surveys/${mine}/signing-keys`)).body.items;
    const [leaked] = await keysOf();
    await collector.request("POST", `/v1/surveys/${mine}/signing-keys`, { use: "links" }, ADMIN);
    expect((await open(old.url)).status).toBe(200);
    await collector.request("DELETE", `/v1/surveys/${mine}/signing-keys/${leaked?.id}`, undefined, ADMIN);
    expect((await open(old.url)).status).toBe(404);
    expect((await open((await anInvitation(collector, mine, "bob")).url)).status).toBe(200);
  });

  it.each([
    "/r/x",
    `/r/${"a".repeat(34)}.${"b".repeat(22)}`,
    "/r/%00",
    `/r/${"x".repeat(5000)}`,
    "/s/nobody",
    "/s/srv_nobodyhere",
    "/u/x",
  ])("unknown: %s", async (path) => {
    const page = await open(path, { "Accept-Language": "de, uk;q=0.8, en;q=0.5" });
    expect([page.status, page.headers.get("Content-Type")]).toEqual([404, "text/html; charset=utf-8"]);
    expect(page.text).toContain("Посилання не працює");
  });

  it("paused between the page and Send: the answer is stored, for pausing stops the asking only", async () => {
    const mine = await own();
    const { url } = await anInvitation(collector, mine);
    const fields = hiddenFields((await open(url)).text);
    await patch({ paused: true })("", mine);
    expect((await sendForm(collector, url, { ...fields, ...PERSON, nps: "9" })).status).toBe(201);
  });
});

describe("every page", () => {
  it("is strict, unkept, unlisted and keeps its address to itself", async () => {
    const { url, unsubscribe_url } = await anInvitation(collector, survey);
    for (const path of [url, unsubscribe_url, `/s/${survey}`, "/r/x"]) {
      const { headers } = await open(path);
      expect(headers.get("Content-Security-Policy")).toMatch(/^default-src 'none'; style-src 'nonce-/);
      expect(headers.get("Content-Security-Policy")).not.toContain("unsafe");
      expect(headers.get("Cache-Control")).toBe("no-store");
      expect(headers.get("Referrer-Policy")).toBe("same-origin");
      expect(headers.get("X-Robots-Tag")).toContain("noindex");
      expect(headers.get("Set-Cookie")).toBeNull();
    }
  });

  it("speaks the person's language: the link's, else the invitation's, else the browser's", async () => {
    const { url } = await anInvitation(collector, survey, { id: "uk-reader", language: "uk" });
    const browser = { "Accept-Language": "ar" };
    expect((await open(url, browser)).text).toContain('<html lang="uk" dir="ltr">');
    expect((await open(`${url}?lang=ru`, browser)).text).toContain('<html lang="ru" dir="ltr">');
    expect((await open(`/s/${survey}`, browser)).text).toContain('<html lang="ar" dir="rtl">');
  });

  it("HEAD is GET without the body, and neither writes a row", async () => {
    const { url, unsubscribe_url } = await anInvitation(collector, survey);
    for (const path of [`${url}?nps=9`, unsubscribe_url, `/s/${survey}?nps=3&csat=1`, `/s/${survey}/qr.svg`]) {
      collector.rows.reset();
      const [get, head] = [await open(path), await collector.request("HEAD", path)];
      expect([head.status, head.text]).toEqual([get.status, ""]);
      expect(head.headers.get("Content-Type")).toBe(get.headers.get("Content-Type"));
      expect(collector.rows.written).toBe(0);
    }
  });

  it("opened 200 times at once for every score writes nothing and leaves the vote to the person", async () => {
    const mine = await own();
    const { url } = await anInvitation(collector, mine);
    collector.rows.reset();
    await Promise.all(Array.from({ length: 200 }, (_, index) => open(`${url}?nps=${index % 11}`)));
    expect(collector.rows.written).toBe(0);
    await answerPage(collector, `${url}?nps=9`, { ...PERSON, nps: "9" });
    expect(await responsesOf(mine)).toMatchObject([{ nps: 9, flags: "[]" }]);
  });

  it("too many sends from one client get a page that says so", async () => {
    const braked = aCollector({ rateLimit: "" });
    const statuses = [];
    // More than two minutes of the platform's take: a flood may reach from one into the next.
    for (let count = 0; count < 65; count++)
      statuses.push((await sendForm(braked, `/s/${survey}`, {}, { "CF-Connecting-IP": "203.0.113.3" })).status);
    expect(statuses).toContain(429);
  });

  it("a body of a megabyte is refused", async () => {
    const reply = await sendForm(collector, `/s/${survey}`, { comment: "x".repeat(1_000_000) });
    expect(reply.status).toBe(413);
    expect(reply.headers.get("Content-Type")).toContain("text/html");
  });

  const whole: [name: string, character: string][] = [
    ["emoji", "😀"],
    ["letters with combining marks", "e\u0301"],
    ["Cyrillic letters", "ї"],
    ["line breaks between letters, which forms send as CRLF", "a\n"],
    ["halves of emoji", "\ud83d"],
  ];

  it.each(whole)("a comment of 2,000 characters is stored whole: %s", async (_, unit) => {
    const mine = await own();
    const comment = [...unit.repeat(2000)].slice(0, 1999).join("").concat("!");
    await answerPage(collector, `/s/${mine}`, { ...PERSON, comment: comment.replaceAll("\n", "\r\n") });
    expect(await responsesOf(mine)).toMatchObject([{ comment: comment.toWellFormed() }]);
  });

  it.each([
    ["emoji", "😀", 2001, 1],
    ["combining marks", "e\u0301", 1500, 1000],
    ["very many letters", "ї", 20_000, 18_000],
  ])(
    "too long a comment of %s comes back whole, with by how much, and nothing is stored",
    async (_, unit, times, over) => {
      const mine = await own();
      const comment = unit.repeat(times);
      const page = await answerPage(collector, `/s/${mine}?lang=uk`, { ...PERSON, nps: "7", comment });
      expect([page.status, page.text.includes(`\n${comment}</textarea>`)]).toEqual([422, true]);
      expect(page.text).toContain(`Коментар задовгий на ${over}: у коментар вміщується 2000 знаків`);
      expect(page.text).toContain('value="7" aria-label="7 з 10" checked');
      expect(await responsesOf(mine)).toEqual([]);
    },
  );

  it("a form that is larger than any comment is refused on a page that says what to do", async () => {
    const reply = await sendForm(collector, `/s/${survey}`, { comment: "x".repeat(300_000) });
    expect([reply.status, reply.text]).toEqual([413, expect.stringContaining("far too long")]);
  });
});
