import { cpus } from "node:os";

const LOOK_MS = 300;
const IDLE = 0.85;

/** Waits until the machine has had little else to do for a moment; false when it never had within `mostMs`. */
export async function untilQuiet(mostMs: number): Promise<boolean> {
  for (const end = Date.now() + mostMs; Date.now() < end; ) {
    const before = timesOfAll();
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const after = timesOfAll();
    if ((after.idle - before.idle) / (after.all - before.all) >= IDLE) return true;
  }
  return false;
}

function timesOfAll(): { idle: number; all: number } {
  const times = cpus().map(({ times: { user, nice, sys, idle, irq } }) => ({
    idle,
    all: user + nice + sys + idle + irq,
  }));
  return {
    idle: times.reduce((sum, { idle }) => sum + idle, 0),
    all: times.reduce((sum, { all }) => sum + all, 0),
  };
}
