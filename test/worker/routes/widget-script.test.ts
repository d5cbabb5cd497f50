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
