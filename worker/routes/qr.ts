import type { Context } from "hono";
import { Hono } from "hono";
import type { App } from "../env.ts";
import { publicUrl } from "../http/public-url.ts";
import { qrPdf, qrSvg } from "../pages/qr.ts";
import { pageError } from "../survey-form/errors.ts";
import { surveyOfPath } from "../surveys/find-survey.ts";

/**
 * GET /s/:survey/qr.svg and qr.pdf: the open link as a QR code, for counters and clinics. For anyone, as the link is: the code
 * holds nothing but the survey's address, and a browser can print it without a key.
 */
export const qr = new Hono<App>()
  .get("/qr.svg", async (c) => {
    const { link, headers } = await linkOf(c, "svg");
    return c.body(qrSvg(link), 200, { ...headers, "Content-Type": "image/svg+xml" });
  })
  .get("/qr.pdf", async (c) => {
    const { link, headers } = await linkOf(c, "pdf");
    return c.body(qrPdf(link) as Uint8Array<ArrayBuffer>, 200, { ...headers, "Content-Type": "application/pdf" });
  });
qr.onError(pageError);

async function linkOf(c: Context<App>, kind: "svg" | "pdf") {
  const { id } = await surveyOfPath(c);
  const headers = {
    "Cache-Control": "public, max-age=86400",
    "Content-Disposition": `inline; filename="${id}.${kind}"`,
  };
  return { link: `${publicUrl(c)}/s/${id}`, headers };
}
