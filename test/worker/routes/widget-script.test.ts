import { describe, expect, it } from "vitest";
import { surveySettingsSchema } from "../../../shared/schema/survey.ts";
import { widgetConfig } from "../../../worker/routes/widget-script.ts";
import { ADMIN, aCollector } from "../support/collector.ts";

const settings = (fields: object) => surveySettingsSchema.parse({ name: "Shop", ...fields });

describe("the settings a page gets", () => {
  it("are the id alone when nothing differs from the defaults", () => {
    expect(widgetConfig("srv_demo", settings({}))).toEqual({ id: "srv_demo" });
  });

  it("hold what differs, and nothing of the owner's business", () => {
    const fields = {
      origins: ["https://a.example"],
      targets: { nps: 50 },
      topics: [{ name: "x", stems: ["y"] }],
      throttle: { after_answer_days: 7 },
      trigger: { type: "event", name: "paid" },
      theme: { accent: "#112233" },
      count_views: true,
    };
    expect(widgetConfig("srv_demo", settings(fields))).toEqual({
      id: "srv_demo",
      throttle: { after_answer_days: 7 },
      trigger: { type: "event", name: "paid" },
      theme: { accent: "#112233" },
      count_views: true,
    });
  });
});

describe("GET /w/:survey.js", () => {
  it("is the loader with the settings inside, cacheable, with an ETag, for any page", async () => {
    const collector = aCollector();
    const survey = await collector.makeSurvey({ brand: "</script><b>\u2028" });
    const reply = await collector.get(`/w/${survey}.js`, {});
    expect(reply.status).toBe(200);
    expect(reply.headers.get("Content-Type")).toBe("text/javascript; charset=utf-8");
    expect(reply.headers.get("Cache-Control")).toContain("max-age=300");
    expect(reply.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(reply.headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");
    expect(reply.text).toContain(survey);
    expect(reply.text).not.toContain("</script>");
    const tag = reply.headers.get("ETag") ?? "";
    expect((await collector.get(`/w/${survey}.js`, { "If-None-Match": tag })).status).toBe(304);
    await collector.request("PATCH", `/v1/surveys/${survey}`, { paused: true }, ADMIN);
    expect((await collector.get(`/w/${survey}.js`, { "If-None-Match": tag })).status).toBe(200);
  });

  it("holds targeting and triggers only where the survey has them", async () => {
    const collector = aCollector();
    const parts = async (settings: object) => {
      const { text } = await collector.get(`/w/${await collector.makeSurvey(settings)}.js`, {});
      return [text.includes("not_sampled"), text.includes("mouseout")];
    };
    expect(await parts({})).toEqual([false, false]);
    expect(await parts({ sample: 0.5 })).toEqual([true, false]);
    expect(await parts({ trigger: { type: "exit" } })).toEqual([false, true]);
    expect(await parts({ trigger: { type: "idle", seconds: 5 }, targeting: { devices: ["phone"] } })).toEqual([
      true,
      true,
    ]);
  });

  describe("with the options of the tag in its address", () => {
    const collector = aCollector();
    const configOf = (script: string) => JSON.parse(/const VIDHUK=(\{.*?\});var /.exec(script)![1]!);
    const of = async (survey: string, query: string) => (await collector.get(`/w/${survey}.js?${query}`, {})).text;

    it("says them in the script, and has no byte of it without them", async () => {
      const survey = await collector.makeSurvey({ texts: { uk: { send: "Так" }, en: { send: "Yes" } } });
      const plain = await of(survey, "");
      expect(plain).not.toContain("TAGGED");
      expect(plain).not.toContain("dataset,");
      expect(await of(survey, "v=3&utm_source=mail&test=0&lang=xx&target=&p.=1&p.plan=&p.shop={{Shop}}")).toBe(plain);
      const script = await of(survey, "lang=uk-UA&target=%23box&test=1&p.plan=pro");
      expect(configOf(script)).toMatchObject({
        languages: ["uk"],
        texts: { uk: { send: "Так" } },
        properties: { plan: "pro" },
      });
      expect(configOf(script).texts).not.toHaveProperty("en");
      expect(script).toContain('.dataset,{"test":"","target":"#box"})');
    });

    it("is cached under an address and an ETag of its own", async () => {
      const survey = await collector.makeSurvey();
      const tagOf = async (query: string) => {
        const { headers } = await collector.get(`/w/${survey}.js${query}`, {});
        expect(headers.get("Cache-Control")).toContain("max-age=300");
        return headers.get("ETag") ?? "";
      };
      const [plain, pro] = [await tagOf(""), await tagOf("?p.plan=pro")];
      expect(pro).not.toBe(plain);
      const again = (query: string, tag: string) => collector.get(`/w/${survey}.js${query}`, { "If-None-Match": tag });
      expect((await again("?p.plan=pro", pro)).status).toBe(304);
      expect((await again("?p.plan=pro", plain)).status).toBe(200);
    });

    it.each([
      ["p.plan", "</script><script>alert(1)</script>"],
      ["p.plan", '"});alert(1);({"a":"'],
      ["p.plan", "\u2028\\"],
      ["target", "$'</script>$&$1"],
      ["p.__proto__", "x"],
      ['p."};alert(1);({"', "x"],
    ])("keeps %s=%s a text", async (name, value) => {
      const survey = await collector.makeSurvey();
      const script = await of(survey, new URLSearchParams({ [name]: value }).toString());
      expect(script).not.toContain("</");
      const config = configOf(script);
      if (name === "target") expect(script).toContain(JSON.stringify({ target: value }).replaceAll("<", "\\u003c"));
      else if (name === "p.__proto__") expect(config).toEqual({ id: survey });
      else expect(config.properties).toEqual({ [name.slice(2)]: value.trim() });
      // It is one expression, whatever the address says.
      expect(() => new Function(script.replace("import(", "load("))).not.toThrow();
    });

    it("takes no more properties than a response may have, and cuts long values", async () => {
      const survey = await collector.makeSurvey();
      const query = new URLSearchParams(Array.from({ length: 30 }, (_, at) => [`p.n${at}`, "я".repeat(300)]));
      const { properties } = configOf(await of(survey, query.toString()));
      expect(Object.keys(properties)).toHaveLength(20);
      expect(properties.n0).toHaveLength(200);
    });
  });

  it.each(["srv_nobodyhere", "x", "srv_'; DROP TABLE surveys; --"])(
    "%s is an empty script, not an error on a shop's page",
    async (id) => {
      const reply = await aCollector().get(`/w/${encodeURIComponent(id)}.js`, {});
      expect(reply.status).toBe(200);
      expect(reply.text).toBe("");
    },
  );
});

describe("GET /widget/:file", () => {
  it("gives a page from before a deployment the file of today, for this once", async () => {
    const collector = aCollector();
    const loader = (await collector.get(`/w/${await collector.makeSurvey()}.js`, {})).text;
    const today = /\.([0-9a-f]{8})\.js/.exec(loader)?.[1];
    const earlier = await collector.get("/widget/survey-uk.00000000.js", {});
    expect(earlier.status).toBe(200);
    expect(earlier.headers.get("Cache-Control")).toBe("no-cache");
    expect(earlier.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(earlier.text).toBe((await collector.get(`/widget/survey-uk.${today}.js`, {})).text);
  });

  it.each(["nothing.00000000.js", "loader.js", "..%2f_headers", "survey-uk.js"])("%s is 404", async (file) => {
    expect((await aCollector().get(`/widget/${file}`, {})).status).toBe(404);
  });
});

describe("GET /health", () => {
  it("touches the database and says which schema it has", async () => {
    const reply = await aCollector().get("/health", {});
    expect(reply.body).toMatchObject({ ok: true, schema: expect.stringMatching(/^\d{4}_/) });
    expect(reply.body.database_bytes).toBeGreaterThan(0);
  });
});

describe("GET /w/:survey/delighted.js", () => {
  it("is the loader as a function, with the settings, the snippet's name and the options of the address", async () => {
    const collector = aCollector();
    const survey = await collector.makeSurvey({ brand: "Lumen" });
    const reply = await collector.get(`/w/${survey}/delightedNps6.js?test=1&p.plan=pro`, {});
    expect(reply.status).toBe(200);
    expect(reply.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(reply.headers.get("Cache-Control")).toContain("max-age=300");
    expect(reply.text).toContain(`const VIDHUK={"id":"${survey}","brand":"Lumen","properties":{"plan":"pro"}}`);
    expect(reply.text).toContain('NAME="delightedNps6"');
    expect(reply.text).toMatch(/Object\.assign\([\w$]+\.dataset,\{"test":""\}\)/);
    // A call may set a sample, so that this copy of the loader can judge one.
    expect(reply.text).toContain("not_sampled");
    const tag = reply.headers.get("ETag") ?? "";
    const again = await collector.get(`/w/${survey}/delightedNps6.js?test=1&p.plan=pro`, { "If-None-Match": tag });
    expect(again.status).toBe(304);
  });

  it.each(["srv_none/delighted.js", "srv_none/a%22b.js", "srv_none/a/b.js"])("%s is an empty script", async (path) => {
    const reply = await aCollector().get(`/w/${path}`, {});
    expect([reply.status, reply.text]).toEqual([200, ""]);
  });
});
