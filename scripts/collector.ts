import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { root } from "./paths.ts";
import { quietEnvironment, wranglerProgram } from "./wrangler.ts";

export type CollectorOptions = {
  port: number;
  /** Folder for logs and the like. */
  state: string;
  /** Folder of the on-disk D1, migrated already. */
  persist: string;
  /** Variables and secrets of the Worker. Nothing else reaches it, not even .dev.vars. */
  vars: Record<string, string>;
  /** Gets what the Worker logs as errors. */
  output: NodeJS.WritableStream;
  /** Another Worker in place of the collector, to be measured against it: the path of its wrangler.toml. */
  config?: string;
};

export type Collector = {
  url: string;
  /** Ends all its processes and waits for them; harmless when they have ended. */
  stop(): Promise<void>;
  /** The same with kill -9, as by a power cut. */
  kill9(): Promise<void>;
  /** Settles when the collector has ended, asked or not. */
  ended: Promise<void>;
};

/** Serves the Worker with local workerd; settles when `/health` answers ok, throws when it ends before. */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const { port, state, persist, vars, output, config = join(root, "wrangler.toml") } = options;
  const child = spawn(
    process.execPath,
    [
      join(root, "scripts/process-group.ts"),
      wranglerProgram,
      ...["dev", "--config", config],
      ...["--ip", "127.0.0.1", "--port", String(port), "--inspector-port", "0"],
      ...["--persist-to", persist, "--env-file", await writeVars(state, vars)],
      // A deployed Worker is bundled without this name: no variable lets its webhooks reach the network that it runs in.
      ...["--define", "VIDHUK_LOCAL:true"],
      // --test-scheduled silences a warning that crons do not run by themselves.
      ...["--log-level", "warn", "--show-interactive-dev-session=false", "--test-scheduled"],
    ],
    {
      cwd: root,
      env: quietEnvironment(state),
      stdio: ["pipe", "pipe", "pipe"],
      detached: process.platform !== "win32",
    },
  );
  const streams = [child.stdout, child.stderr];
  for (const stream of streams) stream.pipe(output, { end: false });
  // Asked to end in the middle of bundling, esbuild writes a page of its inner state.
  const hush = () => {
    for (const stream of streams) stream.unpipe(output).resume();
  };
  child.stdin.on("error", () => {});

  let alive = true;
  const ended = once(child, "close").then(() => {
    alive = false;
  });
  const collector: Collector = {
    url: `http://127.0.0.1:${port}`,
    ended,
    stop() {
      hush();
      child.stdin.end();
      return ended;
    },
    kill9() {
      hush();
      if (alive && child.pid) process.kill(process.platform === "win32" ? child.pid : -child.pid, "SIGKILL");
      return ended;
    },
  };
  try {
    await untilHealthy(collector.url, () => alive);
    const watch = whenDeaf(port, collector.stop);
    ended.then(() => clearInterval(watch));
    return collector;
  } catch (error) {
    await collector.stop();
    throw error;
  }
}

/** How often the messages of webhooks that are due are sent on this machine; deployed, the cron of every minute does it. */
const deliverEveryMs = 1000;

/**
 * Runs the crons of wrangler.toml, which workerd does not do by itself: the messages to webhooks every second, so that nobody
 * who tries them waits for a minute, and all other jobs every ten minutes. Ends with the collector.
 */
export function runCrons({ url, ended }: Pick<Collector, "url" | "ended">): void {
  const run = (cron: string) =>
    fetch(`${url}/cdn-cgi/local/scheduled${cron}`)
      .then((reply) => reply.body?.cancel())
      .catch(() => {});
  const timers = [
    setInterval(() => run(`?cron=${encodeURIComponent("* * * * *")}`), deliverEveryMs).unref(),
    setInterval(() => run(""), 600_000).unref(),
  ];
  ended.then(() => timers.forEach(clearInterval));
}

/** By file and not by --var, so that no secret stands in the machine's list of processes. */
async function writeVars(state: string, vars: Record<string, string>): Promise<string> {
  const file = join(state, "collector.env");
  // wrangler expands $NAME inside values, and knows no escape for the quote that a value is in.
  const lines = Object.entries(vars).map(([name, value]) => {
    const quote = ["'", "`", '"'].find((each) => !value.includes(each)) ?? "'";
    return `${name}=${quote}${value.replaceAll("$", "\\$")}${quote}\n`;
  });
  await mkdir(state, { recursive: true });
  await writeFile(file, lines.join(""), { mode: 0o600 });
  return file;
}

/** Calls back when nothing has listened for a minute: wrangler starts a workerd that crashed anew, or fails and stays. */
function whenDeaf(port: number, then: () => void): NodeJS.Timeout {
  let missed = 0;
  // Longer than workerd takes to start: seconds, or tens of them on a machine under load, after each change of a source.
  const mostMissed = 60;
  return setInterval(() => {
    const socket = connect(port, "127.0.0.1", () => {
      missed = 0;
      socket.destroy();
    });
    socket.on("error", () => ++missed > mostMissed && then());
  }, 1000).unref();
}

/** Two seconds as a rule: the Worker is bundled and workerd starts. A machine under load takes as many tens. */
const healthyWithinMs = 120_000;

async function untilHealthy(url: string, alive: () => boolean): Promise<void> {
  const deadline = Date.now() + healthyWithinMs;
  let answer = "no answer";
  while (Date.now() < deadline) {
    if (!alive()) throw new Error("The collector ended before it could serve.");
    try {
      const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(5000) });
      if (response.ok) return;
      const text = await response.text();
      answer = `${response.status} ${text}`;
      // It serves, on a schema older than itself: that is for whoever asks it to see.
      if (text.includes('"missing":[')) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The collector is not healthy after ${healthyWithinMs / 1000} s: GET /health gives ${answer}`);
}
