import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll } from "vitest";
import { freePort } from "../../scripts/ports.ts";

export type Started = {
  /** npm's own process: what a terminal or a service manager signals. */
  npm: ChildProcess;
  url: string;
  shop: string;
  adminToken: string;
  output(): string;
  /** Ids of the running processes that serve, workerd's among them. */
  processes(): number[];
  /** npm's exit code, once it has ended. */
  ended: Promise<number | null>;
};

const children: ChildProcess[] = [];

// A test that fails before its end leaves no process running either.
afterAll(() => {
  for (const child of children) child.kill();
});

/**
 * `npm start` as a newcomer runs it, in a copy of the project, with its state in `state`; settles when it says Ready, throws
 * when it ends before. Or another script that starts the same way.
 */
export async function npmStart(
  state: string,
  env: Record<string, string>,
  { script = "start", project }: { script?: string; project: string },
): Promise<Started> {
  const port = env.PORT ?? String(await freePort());
  const npm = spawn("npm", ["run", script], {
    cwd: project,
    env: { ...process.env, ADMIN_TOKEN: "", DEMO_PORT: "", VIDHUK_STATE: state, ...env, PORT: port },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(npm);
  let output = "";
  for (const stream of [npm.stdout, npm.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const ended = once(npm, "close").then(([code]) => code as number | null);
  const url = `http://127.0.0.1:${port}`;
  const ready = new RegExp(`^Ready on ${url}$`, "m");
  const code = await Promise.race([ended, until(() => ready.test(output)).then(() => "ready" as const)]);
  if (code !== "ready") throw new StartFailure(code, output);
  return {
    npm,
    url,
    shop: /^Demo page +(\S+)$/m.exec(output)?.[1] ?? "",
    adminToken: /^Admin token +(\S+)$/m.exec(output)?.[1] ?? "",
    output: () => output,
    processes: () => processesBelow(npm.pid as number),
    ended,
  };
}

/** `npm start` that ended by itself before it was ready. */
export class StartFailure extends Error {
  readonly code: number | null;
  readonly output: string;

  constructor(code: number | null, output: string) {
    super(`npm start ended with ${code}:\n${output}`);
    this.code = code;
    this.output = output;
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits for `condition`; the test's own timeout is the limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** All descendants of a process, itself included. */
function processesBelow(ancestor: number): number[] {
  const rows = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number) as [pid: number, parent: number]);
  const found = [ancestor];
  for (const known of found) found.push(...pairs.filter(([, parent]) => parent === known).map(([pid]) => pid));
  return found;
}
