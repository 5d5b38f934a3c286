import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { runCorridor } from "./run.ts";
import { processTerminal } from "./terminal.ts";

// Node compiles our source once, and not at every start. Where the folder cannot be written it does so each time.
enableCompileCache(join(import.meta.dirname, "../../../node_modules/.cache/corridor"));
process.exitCode = await runCorridor(process.argv.slice(2), {
  terminal: processTerminal(),
  environment: process.env,
});
