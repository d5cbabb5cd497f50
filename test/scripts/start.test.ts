import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { appendFile, readdir, readFile, rm } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isFree } from "../../scripts/ports.ts";
import type { Metrics } from "../../shared/schema/metrics-reply.ts";
import type { Started } from "../support/npm-start.ts";
import { isRunning, npmStart, StartFailure, until } from "../support/npm-start.ts";
import { copyProject } from "../support/project-copy.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

// biome-ignore lint/suspicious/noExplicitAny: read as a client without types would
type Json = any;

describe("npm start", () => {
  let project: string;
  let state: string;
  let started: Started;

  const start = (env: Record<string, string> = {}) => npmStart(state, env, { project });

  beforeAll(async () => {
    project = await copyProject();
    state = await temporaryFolder();
  });

  afterAll(() => Promise.all([project, state].map((folder) => rm(folder, { recursive: true, force: true }))));

  describe("the first time", () => {
    beforeAll(async () => {
      started = await start();
    });

    it("says Ready last, when the collector is healthy", async () => {
      expect(started.output().trimEnd().split("\n").at(-1)).toBe(`Ready on ${started.url}`);
      expect(await (await fetch(`${started.url}/health`)).json()).toMatchObject({ ok: true });
    });

    it("makes an admin token, prints it and keeps it", async () => {
      expect(started.adminToken).toMatch(/^[\w-]{32}$/);
      expect(await readFile(join(state, ".dev.vars"), "utf8")).toBe(`ADMIN_TOKEN=${started.adminToken}\n`);
    });

    it("prints a metrics command that works as it stands, and shows labelled sample responses", async () => {
      const command = /^Metrics +curl -H "(\w+): (.+)" (\S+)$/m.exec(started.output());
      const [, name = "", value = "", url = ""] = command ?? [];
      const metrics = (await (await fetch(url, { headers: { [name]: value } })).json()) as Metrics;
      expect(metrics.responses).toBeGreaterThan(300);
      expect(metrics.nps?.responses).toBeGreaterThan(300);
      const survey = await (await fetch(`${started.url}/v1/surveys/srv_demo`, { headers: bearer(started) })).json();
      expect(survey).toMatchObject({ name: expect.stringContaining("sample") });
      const comments = await (await fetch(url.replace(/metrics$/, "comments"), { headers: bearer(started) })).json();
      for (const { properties } of (comments as { items: { properties: object }[] }).items)
        expect(properties).toMatchObject({ sample: true });
    });

    it("shows in the demo what the first commands of docs/api.md ask for: a plan, topics, unhappy words of the delivery", async () => {
      const ask = (path: string) => request(started, "GET", `/v1/surveys/srv_demo/${path}`) as Promise<Json>;
      expect((await ask("metrics?where=plan:member")).responses).toBeGreaterThan(100);
      expect((await ask("metrics")).targets.nps).toMatchObject({ target: 45, cleared: false });
      const { topics } = await ask("topics");
      expect(topics.map(({ name }: Json) => name).sort()).toEqual([
        "Delivery",
        "Quality",
        "Returns",
        "Support",
        "Website",
      ]);
      expect(topics.find(({ name }: Json) => name === "Delivery").effect.nps).toBeLessThan(0);
      expect((await ask("comments?nps_group=detractor&q=delivery")).items.length).toBeGreaterThan(2);
    });

    it("serves the demo shop from another origin, with the tag that an owner pastes", async () => {
      expect(new URL(started.shop).origin).not.toBe(started.url);
      const page = await (await fetch(started.shop)).text();
      expect(page).toContain(`<script async src="${started.url}/w/srv_demo.js"></script>`);
      expect((await fetch(`${started.url}/w/srv_demo.js`)).status).toBe(200);
    });

    it("prints the address of the linked page, which asks without any script", async () => {
      const address = /^Linked page +(\S+)$/m.exec(started.output())?.[1] ?? "";
      const page = await fetch(address);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain("<form");
    });

    it("leads from the bare host name to the dashboard, and has an icon", async () => {
      const root = await fetch(`${started.url}/`);
      expect([root.url, root.headers.get("Content-Type")]).toEqual([
        `${started.url}/dashboard/`,
        "text/html; charset=utf-8",
      ]);
      const icon = await fetch(`${started.url}/favicon.ico`);
      expect([icon.status, icon.headers.get("Content-Type")]).toEqual([200, "image/svg+xml"]);
    });

    it("writes down nothing of the requests themselves", async () => {
      await fetch(`${started.url}/health`, { headers: { "User-Agent": "somebody's browser" } });
      const files = await readdir(state, { recursive: true });
      expect(files.filter((file) => /observability/.test(file))).toEqual([]);
    });

    it("does not start twice on one port, and says what to do", async () => {
      const second = await start({ PORT: new URL(started.url).port }).catch((error: unknown) => error);
      expect(second).toBeInstanceOf(StartFailure);
      const { code, output } = second as StartFailure;
      expect(code).toBe(1);
      expect(output).toContain(`Port ${new URL(started.url).port} is busy`);
      expect(output).toMatch(/PORT=\d+ npm start/);
    });

    it("ends every process when npm alone is interrupted", async () => {
      await request(started, "POST", "/v1/surveys", { name: "Kept" });
      await request(started, "DELETE", "/v1/surveys/srv_demo");
      await endsEverything(started, () => started.npm.kill("SIGINT"), 0);
    });
  });

  describe("a second time", () => {
    beforeAll(async () => {
      started = await start({ ADMIN_TOKEN: "my-own-token" });
    });

    it("honours ADMIN_TOKEN", () => {
      expect(started.adminToken).toBe("my-own-token");
    });

    it("keeps the data, and does not bring back a demo that its owner deleted", async () => {
      const { items } = (await request(started, "GET", "/v1/surveys")) as { items: { name: string }[] };
      expect(items.map(({ name }) => name)).toEqual(["Kept"]);
    });

    it("ends with a failure when the collector dies", async () => {
      await endsEverything(started, () => process.kill(wranglerOf(started), "SIGKILL"), 1);
      expect(started.output()).toContain("The collector has ended by itself");
    });
  });

  describe("where the next port is taken", () => {
    let occupant: Server;

    beforeAll(async () => {
      const [port, server] = await portBeforeATakenOne();
      occupant = server;
      await appendFile(join(state, ".dev.vars"), "WEBHOOKS_TO_LOOPBACK=on\n");
      started = await start({ PORT: String(port) });
    });

    afterAll(() => {
      occupant.close();
    });

    it("serves the demo shop on another", async () => {
      expect(Number(new URL(started.shop).port)).not.toBe(Number(new URL(started.url).port) + 1);
      expect((await fetch(started.shop)).status).toBe(200);
    });

    it("sends messages to this machine where .dev.vars allows it, without waiting for a cron", async () => {
      const receiver = createHttpServer((_, reply) => reply.end());
      await once(receiver.listen(0, "127.0.0.1"), "listening");
      const came = once(receiver, "request");
      const url = `http://localhost:${(receiver.address() as AddressInfo).port}/`;
      const { id } = (await request(started, "POST", "/v1/surveys", { name: "Told" })) as { id: string };
      await request(started, "POST", `/v1/surveys/${id}/webhooks`, { url, events: ["respondent.unsubscribed"] });
      await request(started, "POST", "/v1/unsubscribes", { respondent: "ann", survey: id });
      await came;
      receiver.close();
    });

    it("leaves no process behind when npm itself is killed", async () => {
      await endsEverything(started, () => started.npm.kill("SIGKILL"), null);
    });
  });
});

async function endsEverything(started: Started, end: () => void, code: number | null): Promise<void> {
  const processes = started.processes();
  expect(processes.length).toBeGreaterThan(3);
  end();
  expect(await started.ended).toBe(code);
  await until(() => !processes.some(isRunning));
}

function wranglerOf(started: Started): number {
  const argsOf = (pid: number) => execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  return started.processes().find((pid) => argsOf(pid).includes("wrangler-dist")) ?? 0;
}

function bearer({ adminToken }: Started) {
  return { Authorization: `Bearer ${adminToken}` };
}

async function request(started: Started, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(started.url + path, {
    method,
    headers: { ...bearer(started), "Content-Type": "application/json" },
    body: body ? JSON.stringify(body) : null,
  });
  expect(response.ok).toBe(true);
  return response.status === 204 ? null : response.json();
}

/** A free port, and the server that has taken its successor. */
async function portBeforeATakenOne(): Promise<[port: number, occupant: Server]> {
  for (;;) {
    const occupant = createServer().listen(0, "127.0.0.1");
    await once(occupant, "listening");
    const port = (occupant.address() as AddressInfo).port - 1;
    if (await isFree(port)) return [port, occupant];
    occupant.close();
  }
}
