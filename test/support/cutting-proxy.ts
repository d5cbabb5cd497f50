/** A connection that fails while a file comes: a proxy before the collector that passes on only the first bytes of a file of answers. */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * `breaks`: the connection is reset. `ends`: the proxy closes what it passes on as if that were all; `ends at a row`: the same,
 * and the last row that it passes on is whole. `stops`: nothing more comes, until `breakOff`.
 */
export type Cut = "breaks" | "ends" | "ends at a row" | "stops";

export type CuttingProxy = {
  url: string;
  /** How the next files are cut, and after how many bytes; null: not at all. */
  cut: { how: Cut; bytes: number } | null;
  breakOff(): void;
  stop(): void;
};

export async function openCuttingProxy(target: string): Promise<CuttingProxy> {
  let breakOff = () => {};
  const server = createServer((incoming, reply) => {
    // Compressed, a few bytes would hold more than the test means to pass on.
    const { host: _, "accept-encoding": __, ...headers } = incoming.headers;
    const onward = request(new URL(incoming.url!, target), { method: incoming.method!, headers }, (answer) => {
      const { cut } = proxy;
      const { "transfer-encoding": ___, "content-length": ____, ...head } = answer.headers;
      if (!cut || !/^(text\/csv|application\/x-ndjson)/.test(answer.headers["content-type"] ?? "")) {
        reply.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(reply);
        return;
      }
      breakOff = () => reply.destroy();
      reply.writeHead(answer.statusCode!, head);
      let room = cut.bytes;
      answer.on("data", (part: Buffer) => {
        if (room <= 0) return;
        const isLast = part.length >= room;
        const rowEnd = part.lastIndexOf("\n", room - 1) + 1;
        reply.write(part.subarray(0, isLast && cut.how === "ends at a row" ? rowEnd : room), () => {
          if (isLast && cut.how === "breaks") reply.destroy();
          if (isLast && cut.how.startsWith("ends")) reply.end();
        });
        room -= part.length;
      });
      answer.on("end", () => room > 0 && reply.end());
    });
    onward.on("error", () => reply.destroy());
    incoming.pipe(onward);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const proxy: CuttingProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: null,
    breakOff: () => breakOff(),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
  return proxy;
}
