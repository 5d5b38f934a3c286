import type { Command } from "./command.ts";

interface Entry {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Loaded only when asked for, so that `corridor config` does not wait for the whole program. */
  load(): Promise<Command>;
}

export const commands: readonly Entry[] = [
  { name: "serve", summary: "Start Corridor", load: async () => (await import("./serve.ts")).serve },
  {
    name: "config",
    summary: "Print every setting, its value and where it is from",
    load: async () => (await import("./config.ts")).config,
  },
];
