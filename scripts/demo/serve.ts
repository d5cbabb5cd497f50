import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { demoSurvey } from "./make.ts";

/**
 * Serves the demo shop on a port of its own, so that its tag works across origins as on a real site. Gives the shop's
 * address. The page is read anew at each request: who edits the file sees it on reload.
 */
export async function serveShop(port: number, collectorUrl: string): Promise<string> {
  const server = createServer(async (request, response) => {
    if (request.url?.split("?")[0] !== "/") {
      response.writeHead(404, { "Content-Type": "text/plain" }).end("Not found\n");
      return;
    }
    const page = await readFile(join(import.meta.dirname, "shop.html"), "utf8");
    response
      .writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" })
      .end(page.replaceAll("COLLECTOR", collectorUrl).replaceAll("SURVEY", demoSurvey));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${port}/`;
}
