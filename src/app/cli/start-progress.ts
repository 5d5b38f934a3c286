import type { Progress } from "../progress.ts";
import type { Terminal } from "./terminal.ts";

/** A line for each finished step with its time: `  Database                 0.92 s`. */
export function startProgress(terminal: Terminal): Progress {
  return {
    async step(name, work) {
      const startedMs = performance.now();
      if (terminal.interactive) terminal.redraw(`  ${name} …`);
      const result = await work();
      if (terminal.interactive) terminal.redraw("");
      const seconds = ((performance.now() - startedMs) / 1000).toFixed(2);
      if (result.ok) terminal.err(`  ${name.padEnd(24)} ${seconds.padStart(6)} s`);
      return result;
    },
    say: (line) => terminal.err(line),
  };
}
