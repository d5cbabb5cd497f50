import type { Context } from "hono";
import { Hono } from "hono";
import { limits } from "../../shared/limits.ts";
import { linkParametersOf } from "../../shared/links/link-parameters.ts";
import type { App } from "../env.ts";
import { problemReply } from "../http/problem-reply.ts";
import { publicUrl } from "../http/public-url.ts";
import { qrPdf, qrSvg } from "../pages/qr.ts";
import { Problem } from "../problem.ts";
import { pageError } from "../survey-form/errors.ts";
import { propertiesInLink } from "../survey-form/link-properties.ts";
import { readLinkQuery } from "../survey-form/link-query.ts";
import { surveyOfPath } from "../surveys/find-survey.ts";

/**
 * GET /s/:survey/qr.svg and qr.pdf: the open link as a QR code, for counters and clinics. For anyone, as the link is: the code
 * holds nothing but the survey's address, and a browser can print it without a key. `?department=Lviv` makes the code of the
 * link with that property, where the survey declares it as a segment.
 */
export const qr = new Hono<App>()
  .get("/qr.svg", async (c) => {
    const { link, headers } = await linkOf(c, "svg");
    return c.body(qrSvg(link), 200, { ...headers, "Content-Type": "image/svg+xml" });
  })
  .get("/qr.pdf", async (c) => {
    const { link, headers } = await linkOf(c, "pdf");
    return c.body(qrPdf(link), 200, { ...headers, "Content-Type": "application/pdf" });
  });
qr.onError((error, c) =>
  error instanceof Problem && error.code === "invalid" ? problemReply(error, c.var.requestId) : pageError(error, c),
);

async function linkOf(c: Context<App>, kind: "svg" | "pdf") {
  const { id, settings } = await surveyOfPath(c);
  const parameters = linkParametersOf(propertiesInLink(readLinkQuery(c.req.url), settings));
  const link = `${publicUrl(c)}/s/${id}${parameters.replace("&", "?")}`;
  if (link.length > limits.qrCharacters) {
    const detail = `The link has ${link.length} characters; a code holds ${limits.qrCharacters}. Shorten the properties.`;
    throw new Problem("invalid", { detail });
  }
  const headers = {
    // What the code of an address with parameters says depends on which of them the survey declares.
    "Cache-Control": c.req.url.includes("?") ? "no-cache" : "public, max-age=86400",
    "Content-Disposition": `inline; filename="${id}.${kind}"`,
  };
  return { link, headers };
}
