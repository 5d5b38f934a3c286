import { limits } from "#kernel";
import { machineOf, runMachine } from "./pattern-machine.ts";
import { isRisky, parsePattern } from "./pattern-syntax.ts";
import { fail, type Run } from "./run.ts";

/**
 * A regular expression of an expression. Those that JavaScript might take very long over (several repetitions without end) are
 * matched by a machine of our own, in time proportional to the text, which does not replace; with what that machine does not
 * know, they are refused.
 */
export interface Pattern {
  /** Undefined where the text is too long. */
  test(run: Run, text: string): boolean | undefined;
  replace(run: Run, text: string, by: string): string | undefined;
}

const known = new Map<string, Pattern | undefined>();

/** A dot is any character, line ends included. Problem: `fhirpath-bad-pattern`. */
export function compiledPattern(run: Run, source: string, where: "anywhere" | "whole"): Pattern | undefined {
  const key = `${where} ${source}`;
  let pattern = known.get(key);
  if (pattern === undefined && !known.has(key)) {
    pattern = source.length > limits.fhirPathPatternCharactersMax ? undefined : patternOf(source, where);
    if (known.size >= limits.fhirPathPatternsKnownMax) known.clear();
    known.set(key, pattern);
  }
  if (pattern === undefined) {
    fail(run, "fhirpath-bad-pattern", "The regular expression is none, or one that might never come to its end.");
  }
  return pattern;
}

function patternOf(source: string, where: "anywhere" | "whole"): Pattern | undefined {
  const whole = where === "whole" ? `^(?:${source})$` : source;
  const expression = regExpOf(whole);
  const tree = parsePattern(whole);
  if (expression === undefined || tree === undefined) return undefined;
  if (isRisky(tree)) return machinePattern(machineOf(tree));
  const global = new RegExp(expression.source, `${expression.flags}g`);
  return {
    test: (run, text) => (isShort(run, text) ? expression.test(text) : undefined),
    replace: (run, text, by) => (isShort(run, text) ? text.replace(global, by) : undefined),
  };
}

function machinePattern(machine: ReturnType<typeof machineOf>): Pattern | undefined {
  if (machine === undefined) return undefined;
  return {
    test: (run, text) => (isShort(run, text) ? runMachine(machine, text) : undefined),
    replace: (run) => {
      fail(
        run,
        "fhirpath-bad-pattern",
        "Nothing is replaced by regular expressions with several repetitions without end.",
      );
      return undefined;
    },
  };
}

/** By code points where it can be read so: R4's own expressions escape more than that mode allows. */
function regExpOf(source: string): RegExp | undefined {
  for (const flags of ["su", "s"]) {
    try {
      return new RegExp(source, flags);
    } catch {}
  }
  return undefined;
}

function isShort(run: Run, text: string): boolean {
  if (text.length <= limits.fhirPathPatternTextCharactersMax) return true;
  const most = limits.fhirPathPatternTextCharactersMax;
  fail(run, "fhirpath-text-too-long", `Regular expressions are for texts of at most ${most} characters.`);
  return false;
}
