/** The most memory that a process has taken, as Linux counts it; 0 where it does not tell. */
import { readdirSync, readFileSync } from "node:fs";

/** In megabytes. */
export function mostMB(pid: number): number {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(textOf(pid, "status"))?.[1] ?? 0) / 1000);
}

/** All processes of local workerd on this machine, those of others too. */
export function workerds(): number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.map(Number).filter((pid) => textOf(pid, "comm").trim() === "workerd");
}

function textOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
