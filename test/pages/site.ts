/** Serves the pages of this folder as a customer's site: another origin than the collector's. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll } from "vitest";
import { sharedCollector } from "../support/shared-collector.ts";

const servers: (() => void)[] = [];
afterAll(() => {
  for (const stop of servers.splice(0)) stop();
});

export type Site = {
  origin: string;
  /** Headers of a page, beside its type: `{host}` stands for the collector. */
  headers: Record<string, string>;
  /** The address of a page, by its file name without .html, and the survey whose tag is in it. */
  page(name: string, survey: string): string;
};

/**
 * In a page, `{tag}` is the script tag, `{host}` the collector, `{survey}` the survey's id. Paths that are no page
 * answer with the "shop" page, as a single-page app's server does.
 */
export async function openSite(headers: Record<string, string> = {}, { url: host } = sharedCollector()): Promise<Site> {
  const server = createServer(async (request, reply) => {
    const url = new URL(request.url!, "http://site");
    const survey = url.searchParams.get("survey") ?? "srv_none";
    const fill = (text: string) =>
      text
        .replaceAll("{tag}", `<script async src="{host}/w/{survey}.js"></script>`)
        .replaceAll("{host}", host)
        .replaceAll("{survey}", survey);
    const read = (name: string) => readFile(new URL(`${name}.html`, import.meta.url), "utf8");
    if (url.pathname === "/favicon.ico") return reply.writeHead(204).end();
    const page = await read(url.pathname.slice(1)).catch(() => read("shop"));
    reply.setHeader("Content-Type", "text/html; charset=utf-8");
    for (const [name, value] of Object.entries(headers)) reply.setHeader(name, fill(value));
    reply.end(fill(page));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  servers.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return { origin, headers, page: (name, survey) => `${origin}/${name}?survey=${survey}` };
}
