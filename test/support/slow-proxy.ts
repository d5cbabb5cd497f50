/** A slow connection to the collector: a proxy that passes on each request and each reply after `delayMs`. */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

export type SlowProxy = {
  url: string;
  /** Requests that have come in, as `METHOD /path`. */
  readonly seen: string[];
  stop(): void;
};

export async function openSlowProxy(target: string, delayMs: number): Promise<SlowProxy> {
  const seen: string[] = [];
  const later = (act: () => void) => setTimeout(act, delayMs);
  const server = createServer((incoming, reply) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    const { host: _, ...headers } = incoming.headers;
    const onward = request(new URL(incoming.url!, target), { method: incoming.method!, headers }, (answer) => {
      later(() => {
        reply.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(reply);
      });
    });
    onward.on("error", () => reply.destroy());
    later(() => incoming.pipe(onward));
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
