import { limits } from "#kernel";
import type { PatternSyntax } from "./pattern-syntax.ts";

/** Steps of a machine that is in many states at once, so that no text takes it longer than its length times its size. */
type Instruction =
  | { readonly is: "char"; readonly accepts: (char: string) => boolean }
  | { is: "split"; first: number; second: number }
  | { readonly is: "start" }
  | { readonly is: "end" }
  | { readonly is: "match" };

export type Machine = readonly Instruction[];

/** Undefined where it would be too large, or a part of it is no regular expression. */
export function machineOf(tree: PatternSyntax): Machine | undefined {
  const program: Instruction[] = [];
  if (!emit(program, tree)) return undefined;
  program.push({ is: "match" });
  return program;
}

function emit(program: Instruction[], tree: PatternSyntax): boolean {
  if (program.length > limits.fhirPathPatternStatesMax) return false;
  switch (tree.is) {
    case "char": {
      const accepts = acceptor(tree.atom);
      if (accepts !== undefined) program.push({ is: "char", accepts });
      return accepts !== undefined;
    }
    case "sequence":
      return tree.items.every((part) => emit(program, part));
    case "choice":
      return emitChoice(program, tree.options);
    case "repeat":
      return emitRepeat(program, tree);
    default:
      program.push(tree);
      return true;
  }
}

/** Each class asks JavaScript's own regular expressions, one character at a time. */
function acceptor(atom: string): ((char: string) => boolean) | undefined {
  let pattern: RegExp;
  try {
    pattern = new RegExp(`^${atom}$`, "s");
  } catch {
    return undefined;
  }
  const known = new Map<string, boolean>();
  return (char) => {
    let accepted = known.get(char);
    if (accepted === undefined) {
      accepted = pattern.test(char);
      if (known.size < 256) known.set(char, accepted);
    }
    return accepted;
  };
}

function emitChoice(program: Instruction[], options: readonly PatternSyntax[]): boolean {
  const ends: { is: "split"; first: number; second: number }[] = [];
  for (const [at, option] of options.entries()) {
    const split = { is: "split" as const, first: program.length + 1, second: 0 };
    if (at < options.length - 1) program.push(split);
    if (!emit(program, option)) return false;
    if (at === options.length - 1) break;
    const end = { is: "split" as const, first: 0, second: 0 };
    program.push(end);
    ends.push(end);
    split.second = program.length;
  }
  for (const end of ends) end.first = end.second = program.length;
  return true;
}

function emitRepeat(
  program: Instruction[],
  { item, min, max }: Extract<PatternSyntax, { readonly is: "repeat" }>,
): boolean {
  for (let count = 0; count < min; count += 1) if (!emit(program, item)) return false;
  if (max === Number.POSITIVE_INFINITY) {
    const loop = { is: "split" as const, first: program.length + 1, second: 0 };
    const start = program.push(loop) - 1;
    if (!emit(program, item)) return false;
    program.push({ is: "split", first: start, second: start });
    loop.second = program.length;
    return true;
  }
  const splits: { is: "split"; first: number; second: number }[] = [];
  for (let count = min; count < max; count += 1) {
    const split = { is: "split" as const, first: program.length + 1, second: 0 };
    program.push(split);
    splits.push(split);
    if (!emit(program, item)) return false;
  }
  for (const split of splits) split.second = program.length;
  return true;
}

/** Whether the pattern is found anywhere in the text. */
export function runMachine(machine: Machine, text: string): boolean {
  let states: number[] = [];
  const seen = new Int32Array(machine.length).fill(-1);
  for (let at = 0; at <= text.length; at += 1) {
    if (enter(machine, { at, text, seen, states }, 0)) return true;
    const char = text[at];
    if (char === undefined) return false;
    const next: number[] = [];
    for (const state of states) {
      const instruction = machine[state];
      if (instruction?.is !== "char" || !instruction.accepts(char)) continue;
      if (enter(machine, { at: at + 1, text, seen, states: next }, state + 1)) return true;
    }
    states = next;
  }
  return false;
}

interface Entering {
  readonly at: number;
  readonly text: string;
  /** At which character a state was last entered. */
  readonly seen: Int32Array;
  readonly states: number[];
}

/** Goes on without reading, as far as that leads; true where the pattern is found. */
function enter(machine: Machine, { at, text, seen, states }: Entering, from: number): boolean {
  const open = [from];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (seen[state] === at) continue;
    seen[state] = at;
    const instruction = machine[state];
    if (instruction?.is === "match") return true;
    if (instruction?.is === "split") open.push(instruction.second, instruction.first);
    else if (instruction?.is === "char") states.push(state);
    else if (instruction?.is === "start" ? at === 0 : at === text.length) open.push(state + 1);
  }
  return false;
}
