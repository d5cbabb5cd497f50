import type { AddressInfo } from "node:net";
import { createServer } from "node:net";

/** The ports of `npm start`, by PORT and DEMO_PORT. Throws, naming the remedy, when one that was asked for is taken. */
export async function choosePorts(): Promise<{ collector: number; shop: number }> {
  const collector = portNamed("PORT") ?? 8787;
  if (!(await isFree(collector))) throw busy("PORT", collector);
  const shop = portNamed("DEMO_PORT");
  if (shop !== undefined && (shop === collector || !(await isFree(shop)))) throw busy("DEMO_PORT", shop);
  if (shop !== undefined) return { collector, shop };
  return { collector, shop: collector < 65535 && (await isFree(collector + 1)) ? collector + 1 : await freePort() };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === null) throw new Error("no free port on 127.0.0.1");
  return port;
}

/** Whether `port` of this machine can be listened on. */
export async function isFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== null;
}

function portNamed(name: string): number | undefined {
  const text = process.env[name];
  if (!text) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Error(`${name}=${text} is no port: it must be a whole number from 1 to 65535.`);
}

function busy(name: string, port: number): Error {
  return new Error(
    `Port ${port} is busy: something else is listening there.\n` +
      `End it, or choose another port, as in: ${name}=${port < 65000 ? port + 10 : 8797} npm start`,
  );
}

function listenOnce(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
