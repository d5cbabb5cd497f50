import { Hono } from "hono";
import type { App } from "../env.ts";
import { qrPdf, qrSvg } from "../pages/qr.ts";
import { Problem } from "../problem.ts";
import { surveyOf } from "../surveys/find-survey.ts";

/**
 * GET /s/:survey/qr.svg and qr.pdf: the open link as a QR code, for counters and clinics. For anyone, as the link is: the code
 * holds nothing but the address at which it was fetched, and a browser can print it without a key.
 */
export const qr = new Hono<App>().get("/:file", async (c) => {
  const kind = /^qr\.(svg|pdf)$/.exec(c.req.param("file"))?.[1];
  if (!kind) throw new Problem("not_found");
  const { id } = await surveyOf(c.var.store, c.req.param("survey") ?? "");
  const link = `${new URL(c.req.url).origin}/s/${id}`;
  const headers = {
    "Cache-Control": "public, max-age=86400",
    "Content-Disposition": `inline; filename="${id}.${kind}"`,
  };
  if (kind === "svg") return c.body(qrSvg(link), 200, { ...headers, "Content-Type": "image/svg+xml" });
  return c.body(qrPdf(link) as Uint8Array<ArrayBuffer>, 200, { ...headers, "Content-Type": "application/pdf" });
});
