import { failed, type Log, ok, type Result } from "#kernel";
import { type Config, readConfig } from "../config.ts";
import { jsonLog } from "../log.ts";
import type { Invocation } from "./command.ts";
import { tellProblems } from "./terminal.ts";

export interface Given {
  readonly config: Config;
  readonly log: Log;
}

/** Reads the settings, does the work, and tells its problems. Returns the exit code. */
export async function withSettings(
  { environment, terminal }: Invocation,
  work: (given: Given) => Promise<Result<void>>,
): Promise<number> {
  const config = readConfig(environment);
  const done = config.ok ? await work({ config: config.value, log: jsonLog(config.value.logLevel) }) : config;
  if (!done.ok) tellProblems(terminal, done.problems);
  return done.ok ? 0 : 1;
}

/** The one word a command needs. */
export function oneWord(words: readonly string[], what: string): Result<string> {
  const [word] = words;
  return word === undefined
    ? failed({ category: "incorrect", code: "word-missing", message: `Say ${what}.` })
    : ok(word);
}
