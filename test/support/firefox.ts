/** Firefox by WebDriver BiDi, which it speaks itself: a person's clicks and keys, and what stands on the page. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { expect } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

export const keys = { tab: "\uE004", enter: "\uE007", right: "\uE014" };

/** The path of a Firefox on this machine, if any. */
export const firefoxPath = (process.env.PATH ?? "")
  .split(delimiter)
  .flatMap((folder) => ["firefox-esr", "firefox"].map((name) => join(folder, name)))
  .find((path) => existsSync(path));

type Reply = { id?: number; type: string; result: never; error?: string; message?: string };

/** A Firefox without windows and with a profile of its own; `close` ends it. */
export async function openFirefox(path: string) {
  const profile = await temporaryFolder();
  const firefox = spawn(path, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const address = await new Promise<string>((resolve, reject) => {
    let said = "";
    firefox.stderr.on("data", (text) => {
      said += text;
      const [, found] = /BiDi listening on (ws:\S+)/.exec(said) ?? [];
      if (found) resolve(found);
    });
    firefox.once("exit", () => reject(new Error(`Firefox ended: ${said}`)));
  });
  const socket = new WebSocket(`${address}/session`);
  await once(socket, "open");
  const replies = new Map<number, (reply: Reply) => void>();
  socket.onmessage = ({ data }) => {
    const reply = JSON.parse(data) as Reply;
    replies.get(reply.id!)?.(reply);
  };
  let sent = 0;
  const send = <Result>(method: string, params: object = {}) =>
    new Promise<Result>((resolve, reject) => {
      const id = ++sent;
      replies.set(id, ({ type, result, error, message }) =>
        type === "error" ? reject(new Error(`${method}: ${error}: ${message}`)) : resolve(result),
      );
      socket.send(JSON.stringify({ id, method, params }));
    });
  await send("session.new", { capabilities: {} });
  const { contexts } = await send<{ contexts: { context: string }[] }>("browsingContext.getTree");
  const { context } = contexts[0]!;
  const perform = (type: string, actions: object[]) =>
    send("input.performActions", { context, actions: [{ type, id: type, actions }] });

  /** The value of an expression on the page, which may be a promise. */
  const evaluate = async (expression: string) => {
    const target = { context };
    const reply = await send<{ result?: { value?: unknown } }>("script.evaluate", {
      expression,
      target,
      awaitPromise: true,
    });
    return reply.result?.value;
  };
  return {
    evaluate,
    goto: (url: string) => send("browsingContext.navigate", { context, url, wait: "complete" }),
    /** Waits until the expression holds. */
    until: (expression: string) => expect.poll(() => evaluate(expression), { timeout: 20_000 }).toBe(true),
    /** Presses the keys, one after the other. */
    press: (...pressed: string[]) =>
      perform(
        "key",
        pressed.flatMap((value) => [
          { type: "keyDown", value },
          { type: "keyUp", value },
        ]),
      ),
    /** Clicks in the middle of the element that the expression gives. */
    async click(element: string) {
      const place = await evaluate(`{
        const { x, y, width, height } = (${element}).getBoundingClientRect();
        JSON.stringify({ x: Math.round(x + width / 2), y: Math.round(y + height / 2) });
      }`);
      await perform("pointer", [
        { type: "pointerMove", ...JSON.parse(place as string) },
        { type: "pointerDown", button: 0 },
        { type: "pointerUp", button: 0 },
      ]);
    },
    async close() {
      const ended = once(firefox, "exit");
      await send("browser.close");
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
