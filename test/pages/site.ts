/** Serves the pages of this folder as a customer's site: another origin than the collector's. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { Rolldown } from "vite";
import { sharedCollector } from "../support/shared-collector.ts";

export type Site = {
  origin: string;
  /** Headers of a page, beside its type: `{host}` stands for the collector. */
  headers: Record<string, string>;
  /** The address of a page, by its file name without .html, and the survey whose tag is in it. */
  page(name: string, survey: string): string;
};

/**
 * In a page, `{tag}` is the script tag, `{host}` the collector, `{survey}` the survey's id, `{path}` what follows the
 * page's name in its address: one page answers for all below it, as a single-page app's server does, and "shop" for what
 * is no page. Below /apps are the programs of such apps, each with its libraries. The site ends with the process.
 */
export async function openSite(
  headers: Record<string, string> = {},
  { url: host }: { url: string } = sharedCollector(),
): Promise<Site> {
  const server = createServer(async (request, reply) => {
    const url = new URL(request.url!, "http://site");
    const survey = url.searchParams.get("survey") ?? "srv_none";
    const fill = (text: string) =>
      text
        .replaceAll("{tag}", `<script async src="{host}/w/{survey}.js"></script>`)
        .replaceAll("{host}", host)
        .replaceAll("{survey}", survey)
        .replaceAll("{path}", url.pathname.replace(/^\/[^/]*/, ""));
    const read = (name: string) => readFile(new URL(`${name}.html`, import.meta.url), "utf8");
    if (url.pathname === "/favicon.ico") return reply.writeHead(204).end();
    const [, first = "", app] = url.pathname.split("/");
    if (first === "apps") return reply.setHeader("Content-Type", "text/javascript").end(await bundled(app!));
    const page = await read(first).catch(() => read("shop"));
    reply.setHeader("Content-Type", "text/html; charset=utf-8");
    for (const [name, value] of Object.entries(headers)) reply.setHeader(name, fill(value));
    reply.end(fill(page));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  server.unref();
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return { origin, headers, page: (name, survey) => `${origin}/${name}?survey=${survey}` };
}

const bundles = new Map<string, Promise<string>>();

/** A program of apps/ and the libraries it imports, as one module. */
function bundled(name: string): Promise<string> {
  const made = bundles.get(name) ?? bundle(name);
  bundles.set(name, made);
  return made;
}

async function bundle(name: string): Promise<string> {
  const { build } = await import("vite");
  const { output } = (await build({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "false",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
    },
    build: { write: false, rolldownOptions: { input: fileURLToPath(new URL(`apps/${name}`, import.meta.url)) } },
  })) as Rolldown.RolldownOutput;
  return output[0].code;
}
