/** A command of Corridor in this process: as a program it takes more than a second of processor time to load. */
import { runCorridor } from "../src/app/cli/run.ts";

/** What a command has done, with everything it wrote. */
export interface CommandDone {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Does what `corridor` does with these words; what the start of a program is like, `startProgram` shows. */
export async function runCommand(
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<CommandDone> {
  let [out, err] = ["", ""];
  const terminal = {
    interactive: false,
    width: 80,
    out: (line: string) => {
      out += `${line}\n`;
    },
    err: (line: string) => {
      err += `${line}\n`;
    },
    redraw: () => undefined,
  };
  const code = await runCorridor(words, { terminal, environment: { ...process.env, ...environment } });
  return { code, out, err };
}
