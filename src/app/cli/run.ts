import { parseArgs } from "node:util";
import type { Command, Invocation } from "./command.ts";
import { commands } from "./commands.ts";

/** What `corridor` does with these words. Returns the exit code (see `Command.run`). */
export async function runCorridor(
  words: readonly string[],
  { terminal, environment }: Pick<Invocation, "terminal" | "environment">,
): Promise<number> {
  const [name, ...rest] = words;
  if (name === "help" || name === "--help" || name === "-h") return tell(terminal.out, overview(), 0);
  const entry = commands.find((command) => command.name === name);
  if (entry === undefined) {
    const reason = name === undefined ? "" : `corridor: there is no command ${name}.\n\n`;
    return tell(terminal.err, reason + overview(), 2);
  }
  return runCommand(await entry.load(), { name: entry.name, words: rest, terminal, environment });
}

interface Given extends Pick<Invocation, "words" | "terminal" | "environment"> {
  readonly name: string;
}

async function runCommand(command: Command, { name, words, terminal, environment }: Given): Promise<number> {
  const parsed = parse(command, words);
  if (typeof parsed === "string") return tell(terminal.err, `corridor ${name}: ${parsed}\n\n${command.help}`, 2);
  if (parsed.values.help === true) return tell(terminal.out, command.help, 0);
  return command.run({ options: parsed.values, words: parsed.positionals, environment, terminal });
}

function parse(command: Command, words: readonly string[]) {
  try {
    const options = { ...command.options, help: { type: "boolean", short: "h" } } as const;
    const parsed = parseArgs({ args: [...words], options, allowPositionals: true });
    if (parsed.positionals.length > command.wordsMax)
      return `"${parsed.positionals[command.wordsMax]}" is one word too many.`;
    return parsed;
  } catch (error) {
    return (error as Error).message;
  }
}

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const list = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `corridor COMMAND [OPTIONS]\n\n${list.join("\n")}\n\ncorridor COMMAND --help explains a command.`;
}

function tell(write: (line: string) => void, text: string, exitCode: number): number {
  write(text);
  return exitCode;
}
