import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { createServer } from "node:http";
import { join } from "node:path";
import { demoSurvey } from "./make.ts";

export type Shop = {
  url: string;
  /** Makes every open page of the shop load itself anew. */
  reload(): void;
  close(): void;
};

const listener = `<script>new EventSource("/reloads").onmessage = () => location.reload()</script>\n`;

/**
 * Serves the demo shop on a port of its own, so that its tag works across origins as on a real site. The page is read
 * anew at each request: who edits the file sees it on reload. With `reloads`, the page listens for `reload`.
 */
export async function serveShop(port: number, collectorUrl: string, reloads = false): Promise<Shop> {
  const pages = new Set<ServerResponse>();
  const server = createServer(async (request, response) => {
    const path = request.url?.split("?")[0];
    if (reloads && path === "/reloads") {
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" }).flushHeaders();
      pages.add(response.on("close", () => pages.delete(response)));
      return;
    }
    if (path !== "/") {
      response.writeHead(404, { "Content-Type": "text/plain" }).end("Not found\n");
      return;
    }
    const page = await readFile(join(import.meta.dirname, "shop.html"), "utf8");
    response
      .writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" })
      .end(page.replaceAll("COLLECTOR", collectorUrl).replaceAll("SURVEY", demoSurvey) + (reloads ? listener : ""));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${port}/`,
    reload() {
      for (const page of pages) page.write("data: reload\n\n");
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
