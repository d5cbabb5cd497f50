import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Page } from "../../../shared/schema/paging.ts";
import type { Person } from "../../../shared/schema/person.ts";
import type { Unsubscribe } from "../../../shared/schema/unsubscribe.ts";
import { storeOf } from "../../../worker/db/store.ts";
import { purge } from "../../../worker/jobs/purge.ts";
import { findText } from "../privacy/dump.ts";
import type { Collector } from "../support/collector.ts";
import { ADMIN, aCollector, DAY, NOON } from "../support/collector.ts";
import { anInvitation, invitePeople, PERSON, SCRIPTLESS, sendForm } from "../support/links.ts";

let collector: Collector;
let survey: string;

beforeAll(async () => {
  collector = aCollector();
  survey = await collector.makeSurvey();
});

const isListed = async (respondent: string) =>
  (await env.DB.prepare("SELECT 1 FROM unsubscribes WHERE respondent_id = ?").bind(respondent).first()) !== null;

describe("unsubscribing by link", () => {
  it("GET and HEAD only ask", async () => {
    const { unsubscribe_url } = await anInvitation(collector, survey, "reader");
    expect((await collector.get(unsubscribe_url, {})).text).toContain("No more invitations?");
    await collector.request("HEAD", unsubscribe_url);
    expect(await isListed("reader")).toBe(false);
  });

  const oneClick: [name: string, type: string, body: string][] = [
    ["a form", "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"],
    [
      "a form in parts",
      "multipart/form-data; boundary=b",
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
    ],
  ];

  it.each(oneClick)("a mail program's one click (RFC 8058) acts at once, as %s", async (name, type, body) => {
    const { unsubscribe_url } = await anInvitation(collector, survey, name);
    const reply = await collector.request("POST", unsubscribe_url, body, { "Content-Type": type });
    expect(reply.status).toBe(200);
    expect(await isListed(name)).toBe(true);
  });

  it.each([
    ["scripts", PERSON],
    ["no scripts", SCRIPTLESS],
    ["a ticked box", { tick: "1" }],
  ])("a person with %s is unsubscribed from every survey", async (name, fields) => {
    const { unsubscribe_url } = await anInvitation(collector, survey, name);
    expect((await sendForm(collector, unsubscribe_url, fields)).text).toContain("You are unsubscribed");
    const other = await collector.makeSurvey();
    const { body } = await invitePeople(collector, other, { respondents: [name] });
    expect(body.skipped).toEqual([{ respondent: name, reason: "unsubscribed" }]);
  });

  it("a script that presses the button is shown the box", async () => {
    const { unsubscribe_url } = await anInvitation(collector, survey, "scripted");
    const reply = await sendForm(collector, unsubscribe_url, { js: "2" });
    expect([reply.status, await isListed("scripted")]).toEqual([422, false]);
  });

  it("works when the link has expired or was withdrawn", async () => {
    const { id, unsubscribe_url } = await anInvitation(collector, survey, "late");
    await collector.request("DELETE", `/v1/surveys/${survey}/invitations/${id}`, undefined, ADMIN);
    collector.clock.now = NOON + 100 * DAY;
    const reply = await sendForm(collector, unsubscribe_url, { "List-Unsubscribe": "One-Click" });
    collector.clock.now = NOON;
    expect([reply.status, await isListed("late")]).toEqual([200, true]);
  });
});

describe("the link in a mail that was kept for years", () => {
  const oneClick = { "List-Unsubscribe": "One-Click" };
  type Mail = { own: string; name: string; id: string; link: string };

  const aMail = async (person: Record<string, unknown> = {}): Promise<Mail> => {
    const own = await collector.makeSurvey({ brand: "Crumb" });
    const name = crypto.randomUUID();
    const { id, unsubscribe_url } = await anInvitation(collector, own, { id: name, ...person });
    return { own, name, id, link: unsubscribe_url };
  };
  const isLeftAlone = async (name: string) => {
    const { body } = await invitePeople(collector, await collector.makeSurvey(), { respondents: [name] });
    return body.skipped[0]?.reason === "unsubscribed";
  };
  const deleteKeys = ({ own }: Mail) => env.DB.prepare("DELETE FROM signing_keys WHERE survey_id = ?").bind(own).run();
  const deleteSurvey = async ({ own }: Mail) => {
    await collector.request("DELETE", `/v1/surveys/${own}`, undefined, ADMIN);
    await cleanUp();
  };
  const erase = ({ name }: Mail) => collector.request("DELETE", `/v1/respondents?respondent=${name}`, undefined, ADMIN);

  it.each<[what: string, prepare: (mail: Mail) => Promise<unknown>]>([
    ["nothing happened", async () => {}],
    ["its signing key was deleted", deleteKeys],
    ["the survey was deleted and erased", deleteSurvey],
    ["the person was erased", erase],
    [
      "retention has passed",
      ({ own }) => env.DB.prepare("DELETE FROM invitations WHERE survey_id = ?").bind(own).run(),
    ],
    [
      "the invitation was withdrawn and has expired",
      async ({ own, id }) => {
        await collector.request("DELETE", `/v1/surveys/${own}/invitations/${id}`, undefined, ADMIN);
        collector.clock.now = NOON + 5 * 365 * DAY;
      },
    ],
    [
      "all of that happened",
      async (mail) => {
        await erase(mail);
        await deleteKeys(mail);
        await deleteSurvey(mail);
        collector.clock.now = NOON + 5 * 365 * DAY;
      },
    ],
  ])("works after %s", async (_, prepare) => {
    const mail = await aMail({ language: "uk" });
    await prepare(mail);
    const page = await collector.get(mail.link, {});
    expect(page.status).toBe(200);
    expect(page.text).toContain('<html lang="uk"');
    expect((await sendForm(collector, mail.link, oneClick)).status).toBe(200);
    expect((await sendForm(collector, mail.link, oneClick)).status).toBe(200);
    collector.clock.now = NOON;
    expect(await isLeftAlone(mail.name)).toBe(true);
  });

  it.each<[when: string, order: ("unsubscribe" | "erase")[]]>([
    ["before the person was erased", ["unsubscribe", "erase"]],
    ["after it", ["erase", "unsubscribe"]],
    ["both", ["unsubscribe", "erase", "unsubscribe", "erase"]],
  ])("pressed %s leaves no name in any table, and is obeyed, found and taken back by name", async (_, order) => {
    const { name, link, own } = await aMail();
    for (const act of order)
      if (act === "unsubscribe") await sendForm(collector, link, oneClick);
      else await erase({ name, link, own, id: "" });
    expect(await tablesWith(name)).toEqual([]);
    expect(await isLeftAlone(name)).toBe(true);
    const listed = await collector.get<Page<Unsubscribe>>(`/v1/unsubscribes?respondent=${name}`);
    expect(listed.body.items).toMatchObject([{ respondent: name, survey: null, source: "link" }]);
    const part = await collector.get<Page<Unsubscribe>>(`/v1/unsubscribes?respondent=${name.slice(0, 8)}`);
    expect(part.body.items).toEqual([]);
    const person = await collector.get<Person>(`/v1/respondents?respondent=${name}`);
    expect(person.body.unsubscribes).toMatchObject([{ survey: null, source: "link" }]);
    const gone = `/v1/unsubscribes?respondent=${name}`;
    expect((await collector.request("DELETE", gone, undefined, ADMIN)).status).toBe(204);
    expect((await collector.request("DELETE", gone, undefined, ADMIN)).status).toBe(404);
    expect(await isLeftAlone(name)).toBe(false);
  });

  it("of a person who is named here anyway names the person, once", async () => {
    const { name, link } = await aMail();
    await sendForm(collector, link, oneClick);
    expect(await isListed(name)).toBe(true);
    const { results } = await env.DB.prepare("SELECT 1 FROM unnamed_unsubscribes WHERE created_at = ?")
      .bind(NOON + 1)
      .all();
    expect(results).toEqual([]);
    await collector.request("POST", "/v1/unsubscribes", { respondent: name }, ADMIN);
    const listed = await collector.get<Page<Unsubscribe>>(`/v1/unsubscribes?respondent=${name}`);
    expect(listed.body.items).toHaveLength(1);
  });

  it("names nobody to who reads it, is the same each time, and takes no other letter", async () => {
    const { name, link, own } = await aMail();
    const { link: another } = await aMail();
    expect(atob(link.slice(3).replaceAll("-", "+").replaceAll("_", "/"))).not.toContain(name);
    expect(link).not.toBe(another);
    const page = await collector.get((await anInvitation(collector, own, "again")).url, {});
    expect(page.text).toMatch(/href="[^"]*\bu\/[\w-]{60,}"/);
    for (let at = 3; at < link.length; at += 7) {
      const spoilt = link.slice(0, at) + (link[at] === "A" ? "B" : "A") + link.slice(at + 1);
      expect((await collector.get(spoilt, {})).status, String(at)).toBe(404);
      expect((await sendForm(collector, spoilt, oneClick)).status).toBe(404);
    }
    expect(await isListed(name)).toBe(false);
  });

  it("of before it had a token of its own carries the answer's, and works while that does", async () => {
    const own = await collector.makeSurvey();
    const { url } = await anInvitation(collector, own, "of-old");
    const earlier = url.replace("/r/", "/u/");
    expect((await collector.get(earlier, {})).status).toBe(200);
    expect((await sendForm(collector, earlier, oneClick)).status).toBe(200);
    expect(await isListed("of-old")).toBe(true);
    await deleteKeys({ own, name: "", id: "", link: "" });
    expect((await collector.get(earlier, {})).status).toBe(404);
  });

  it.each([".", ")", ")>.", ",", "%22", "=%0D%0A", "?utm_source=mail"])(
    "is found before %j that a mail program adds",
    async (end) => {
      const { link } = await aMail();
      expect((await collector.get(link + end, {})).status).toBe(200);
      const broken = `${link.slice(0, 40)}=%0D%0A${link.slice(40)}`;
      expect((await collector.get(broken, {})).status).toBe(200);
    },
  );

  it("is not of any signing key that is listed or can be deleted", async () => {
    const own = await collector.makeSurvey();
    const path = `/v1/surveys/${own}/signing-keys`;
    expect((await collector.get(path)).text).not.toContain("unsub000");
    for (const survey of [own, "", "%20"])
      await collector.request("DELETE", `/v1/surveys/${survey}/signing-keys/unsub000`, undefined, ADMIN);
    expect(await env.DB.prepare("SELECT 1 FROM signing_keys WHERE id = 'unsub000'").first()).not.toBeNull();
  });

  async function cleanUp(): Promise<void> {
    for (let run = 0; run < 3; run++) await purge(storeOf(env.DB), NOON);
  }

  /** The tables in which the text stands anywhere. */
  async function tablesWith(text: string): Promise<string[]> {
    return [...new Set((await findText(text)).map(({ table }) => table))];
  }
});

describe("the list", () => {
  it("is read in pages, in any script, and entries can be taken off", async () => {
    const own = await collector.makeSurvey();
    for (const respondent of ["Олена", "b c", "أمل"])
      await collector.request("POST", "/v1/unsubscribes", { respondent, survey: own }, ADMIN);
    const seen: Unsubscribe[] = [];
    for (let cursor = ""; ; ) {
      const { body } = await collector.get<{ items: Unsubscribe[]; next: string | null }>(
        `/v1/unsubscribes?limit=1${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...body.items);
      if (body.next === null) break;
      cursor = body.next;
    }
    const found = seen.filter((each) => each.survey === own).map((each) => each.respondent);
    expect(found.sort()).toEqual(["b c", "Олена", "أمل"].sort());
    const gone = `/v1/unsubscribes?respondent=${encodeURIComponent("Олена")}&survey=${own}`;
    expect((await collector.request("DELETE", gone, undefined, ADMIN)).status).toBe(204);
    expect((await collector.request("DELETE", gone, undefined, ADMIN)).status).toBe(404);
  });

  it("a key bound to a survey sees and changes that survey's entries only", async () => {
    const own = await collector.makeSurvey();
    const made = await collector.request("POST", "/v1/keys", { name: "crm", scope: "write", survey: own }, ADMIN);
    const key = { Authorization: `Bearer ${made.body.key}` };
    const put = (entry: object) => collector.request("POST", "/v1/unsubscribes", entry, key);
    expect((await put({ respondent: "mine", survey: own })).status).toBe(201);
    expect((await put({ respondent: "everyone's" })).status).toBe(403);
    expect((await put({ respondent: "theirs", survey })).status).toBe(403);
    const { body } = await collector.get<{ items: Unsubscribe[] }>("/v1/unsubscribes", key);
    expect(body.items.map(({ respondent }) => respondent)).toEqual(["mine"]);
  });

  it("is searched by how an id begins, in what keeps a survey from asking", async () => {
    const own = await collector.makeSurvey();
    const start = crypto.randomUUID();
    for (const [end, list] of [
      ["a", own],
      ["b", null],
      ["c", survey],
      ["\u{1f600}", own],
    ] as const)
      await collector.request("POST", "/v1/unsubscribes", { respondent: start + end, survey: list }, ADMIN);
    await collector.request("POST", "/v1/unsubscribes", { respondent: `x${start}`, survey: own }, ADMIN);
    const found = async (query: string, headers = ADMIN) => {
      const { body } = await collector.get<Page<Unsubscribe>>(`/v1/unsubscribes?${query}`, headers);
      return body.items.map((each) => each.respondent.slice(start.length));
    };
    expect(await found(`survey=${own}&respondent=${start}`)).toEqual(["b", "a", "\u{1f600}"]);
    expect(await found(`respondent=${start}`)).toHaveLength(4);
    expect(await found(`survey=${own}&respondent=${start}a`)).toEqual(["a"]);
    const made = await collector.request("POST", "/v1/keys", { name: "crm", scope: "write", survey: own }, ADMIN);
    const key = { Authorization: `Bearer ${made.body.key}` };
    expect(await found(`respondent=${start}`, key)).toEqual(["a", "\u{1f600}"]);
    expect((await collector.get(`/v1/unsubscribes?survey=${survey}`, key)).status).toBe(403);
  });

  it("is read and searched in pages at the cost of a page, however long it is", async () => {
    const own = await collector.makeSurvey();
    const rows = Array.from({ length: 300 }, (_, at) => `p${String(at).padStart(3, "0")}`);
    for (const list of ["", own])
      await env.DB.prepare("INSERT INTO unsubscribes SELECT ?1, value, 'api', 0 FROM json_each(?2)")
        .bind(list, JSON.stringify(rows))
        .run();
    const seen: string[] = [];
    for (let cursor = ""; ; ) {
      collector.rows.reset();
      const path = `/v1/unsubscribes?survey=${own}&respondent=p2&limit=60${cursor && `&cursor=${cursor}`}`;
      const { body } = await collector.get<Page<Unsubscribe>>(path);
      expect(collector.rows.read).toBeLessThanOrEqual(64);
      seen.push(...body.items.map((each) => `${each.survey} ${each.respondent}`));
      if (body.next === null) break;
      cursor = body.next;
    }
    const wanted = rows.filter((id) => id.startsWith("p2"));
    expect(seen).toEqual([...wanted.map((id) => `null ${id}`), ...wanted.map((id) => `${own} ${id}`)]);
    await env.DB.prepare("DELETE FROM unsubscribes WHERE respondent_id LIKE 'p___'").run();
  });

  it.each([
    [{}, "/respondent"],
    [{ respondent: "" }, "/respondent"],
    [{ respondent: "a", survey: "x" }, "/survey"],
  ])("refuses %j", async (body, pointer) => {
    const reply = await collector.request("POST", "/v1/unsubscribes", body, ADMIN);
    expect([reply.status, reply.body]).toMatchObject([422, { errors: [{ pointer }] }]);
  });
});
