import type { Problems } from "#kernel";

/** Where a command writes. */
export interface Terminal {
  /** A person watches: lines may be rewritten in place. */
  readonly interactive: boolean;
  /** Columns of the screen. */
  readonly width: number;
  /** A line of the result. */
  out(line: string): void;
  /** A line about the work, or what went wrong. */
  err(line: string): void;
  /** Rewrites the last line of the work in place; only when interactive. */
  redraw(line: string): void;
}

export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  return {
    interactive: stderr.isTTY === true,
    width: stderr.columns ?? 80,
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    redraw: (line) => void stderr.write(`\r\u001b[2K${line}`),
  };
}

/** One line a problem, saying what to do; never a stack. */
export function tellProblems(terminal: Terminal, problems: Problems): void {
  for (const { message } of problems) terminal.err(`corridor: ${message}`);
}
