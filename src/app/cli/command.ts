import type { ParseArgsOptionsConfig } from "node:util";
import type { Environment } from "../config.ts";
import type { Terminal } from "./terminal.ts";

/** A command of `corridor`: one file each in this folder. */
export interface Command {
  /** The whole of `corridor NAME --help`, without the options that every command has. */
  readonly help: string;
  /** Besides `--help`. */
  readonly options: ParseArgsOptionsConfig;
  /** How many words may follow the command. */
  readonly wordsMax: number;
  /** Returns the exit code: 0 done, 1 it failed and said why, 2 it was asked wrongly. */
  run(invocation: Invocation): Promise<number>;
}

export interface Invocation {
  readonly options: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly words: readonly string[];
  readonly environment: Environment;
  readonly terminal: Terminal;
}
