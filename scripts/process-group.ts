/**
 * Runs `node <arguments>` in the process group that this process leads. When the program ends, or standard input
 * closes, the whole group ends. The latter happens however the starter ended, kill -9 included, so that no workerd
 * outlives it on its port.
 */
import { spawn } from "node:child_process";

/** wrangler closes its database and goes within a second; the rest is for a machine under load. */
const patienceMs = 5000;

const program = spawn(process.execPath, process.argv.slice(2), { stdio: ["ignore", "inherit", "inherit"] });
program.on("exit", endGroup);

process.stdin.resume().on("close", () => {
  // To the program alone: wrangler takes a second signal, from its own launcher, for impatience.
  program.kill("SIGTERM");
  setTimeout(endGroup, patienceMs);
});

function endGroup(): void {
  if (process.platform === "win32") spawn("taskkill", ["/pid", String(process.pid), "/T", "/F"]);
  else process.kill(-process.pid, "SIGKILL");
}
