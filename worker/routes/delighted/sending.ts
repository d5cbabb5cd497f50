/** What Delighted knew of its own sending. Nothing is sent from here, and these routes say so. */
import type { Context } from "hono";
import { Hono } from "hono";
import { delightedListSchema } from "../../../shared/schema/delighted.ts";
import { readQueryFields } from "../../delighted/fields.ts";
import { opensTo, projectOf } from "../../delighted/project.ts";
import type { App } from "../../env.ts";
import { Problem } from "../../problem.ts";

/** GET /delighted/v1/bounces: the empty list, because the owner's own mailer knows what came back. */
export const bounces = new Hono<App>().get("/", opensTo("write"), async (c) => {
  readQueryFields(c, delightedListSchema);
  await projectOf(c);
  return c.json([]);
});

/** /delighted/v1/autopilot: it is not active, it has no members, and nobody can become one. */
export const autopilot = new Hono<App>()
  .get("/:platform", opensTo("metrics"), async (c) => {
    const platform_id = await platformOf(c);
    return c.json({ platform_id, active: false, frequency: null, created_at: null, updated_at: null });
  })
  .get("/:platform/memberships", opensTo("write"), async (c) => {
    readQueryFields(c, delightedListSchema);
    await platformOf(c);
    return c.json([]);
  })
  .post("/:platform/memberships", opensTo("write"), async (c) => {
    await platformOf(c);
    throw new Problem("invalid", {
      detail:
        "Autopilot is not active, and nothing is sent from here: make the person with `POST people` and send them their link.",
      errors: [{ pointer: "", detail: "Autopilot is not active" }],
    });
  })
  .delete("/:platform/memberships", opensTo("write"), async (c) => {
    await platformOf(c);
    throw new Problem("not_found", { detail: "Autopilot is not active and has no members." });
  });

/** `email` or `sms`. */
async function platformOf(c: Context<App>): Promise<string> {
  await projectOf(c);
  const platform = c.req.param("platform") ?? "";
  if (platform !== "email" && platform !== "sms") throw new Problem("not_found");
  return platform;
}
