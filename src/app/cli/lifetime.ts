import { once } from "node:events";
import { limits, type Result } from "#kernel";
import type { Corridor } from "../compose.ts";
import { giveBackStartMemory } from "./start-memory.ts";
import { type Terminal, tellProblems } from "./terminal.ts";

/**
 * Starts Corridor and stays until SIGTERM, SIGINT or a failure; then stops it in good order. A second signal does not
 * wait. Returns the exit code.
 */
export async function runUntilStopped(start: () => Promise<Result<Corridor>>, terminal: Terminal): Promise<number> {
  const asked = Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
  const started = await start();
  if (!started.ok) {
    tellProblems(terminal, started.problems);
    return 1;
  }
  giveBackStartMemory();
  const failure = await Promise.race([asked.then(() => undefined), started.value.failure]);
  if (failure !== undefined) tellProblems(terminal, [failure]);
  else terminal.err("Stopping …");
  giveUpAfterAll(terminal);
  await started.value.stop();
  return failure === undefined ? 0 : 1;
}

/** What cannot be finished in time is left to the next start, which recovers. */
function giveUpAfterAll(terminal: Terminal): void {
  setTimeout(() => {
    terminal.err(`corridor: did not stop within ${limits.stopTimeoutMs / 1000} s; what was acknowledged is kept.`);
    process.exit(1);
  }, limits.stopTimeoutMs).unref();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => process.exit(1));
}
