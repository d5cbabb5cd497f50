/** A real collector logs nothing when a sender breaks off in the middle of an upload. */
import { connect } from "node:net";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { TestCollector } from "../support/collector.ts";
import { startCollector } from "../support/collector.ts";

const output = new PassThrough();
let logged = "";
output.on("data", (chunk) => {
  logged += String(chunk);
});
let collector: TestCollector;

beforeAll(async () => {
  collector = await startCollector({ output });
});

afterAll(() => collector?.stop());

/** Sends the head and half of the body, and hangs up. */
function hangUp(path: string, length: string): Promise<void> {
  const { hostname, port } = new URL(collector.url);
  const chunked = length.startsWith("Transfer");
  const half = `{"survey":"srv_demo1234","comment":"${"x".repeat(200)}`;
  const body = chunked ? `${half.length.toString(16)}\r\n${half}\r\n` : half;
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      const head = [`POST ${path} HTTP/1.1`, `Host: ${hostname}:${port}`, "Content-Type: application/json", length];
      socket.write(`${head.join("\r\n")}\r\n\r\n${body}`, () => setTimeout(() => socket.destroy(), 20));
    });
    socket.on("error", () => {}).on("close", () => resolve());
  });
}

it("is not written by uploads that break off", async () => {
  for (let time = 0; time < 5; time++)
    for (const path of ["/v1/responses", "/v1/events", "/s/srv_demo1234", "/u/nothing"])
      for (const length of ["Content-Length: 1000", "Transfer-Encoding: chunked"]) await hangUp(path, length);
  expect((await fetch(`${collector.url}/health`)).status).toBe(200);
  expect(logged).not.toMatch(/"error"|Error:/);
});
