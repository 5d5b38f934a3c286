import { failed, type Json, limits, ok, type Result } from "#kernel";
import { compileSyntax } from "./compile.ts";
import type { Compiling, Types } from "./compiling.ts";
import { inputTypes, nodesOfInput } from "./input.ts";
import { type Collection, type Node, pathOf } from "./node.ts";
import { parseFhirPath } from "./parser.ts";
import { plainValue } from "./plain-value.ts";
import { type QuickCondition, quickConditionOf } from "./quick-condition.ts";
import { type Evaluate, type FhirPathEnvironment, newRun, type Run } from "./run.ts";
import type { Syntax } from "./syntax.ts";
import { systemText } from "./system-value.ts";
import { syntaxProblem } from "./token.ts";
import { booleanOf, systemValueOf } from "./values.ts";

/** An expression made ready. It keeps no state: one may be used for any number of inputs. */
export interface FhirPath {
  readonly text: string;
  /**
   * The collection that the expression gives, as JSON. `input` is a resource, an element of the type that was named when
   * compiling, or an array of such. Problems, always one: `fhirpath-single-expected`, `fhirpath-wrong-type`,
   * `fhirpath-wrong-value`, `fhirpath-unknown-variable`, `fhirpath-unknown-profile`, `fhirpath-bad-pattern`,
   * `fhirpath-text-too-long`, `fhirpath-too-many-steps`, and `fhirpath-no-…` (unsupported) where the environment lacks something.
   */
  evaluate(input: unknown, environment?: FhirPathEnvironment): Result<readonly unknown[]>;
  /** The same with types and texts. */
  evaluateTyped(input: unknown, environment?: FhirPathEnvironment): Result<readonly FhirPathValue[]>;
  /** The elements of the input that the expression gives, with their places. What is not of the input is left out. */
  locate(input: unknown, environment?: FhirPathEnvironment): Result<readonly FhirPathPlace[]>;
  /** `true`, `false`, or undefined for an empty collection; a Problem when it cannot be evaluated. A single item is true. */
  test(input: unknown, environment?: FhirPathEnvironment): Result<boolean | undefined>;
}

export interface FhirPathValue {
  readonly value: unknown;
  /** `HumanName`, `Patient.contact`, `code`, `System.String`; empty where not known. */
  readonly type: string;
  /** As `toString()` has it, a decimal as it was written; of an element with parts its JSON. */
  readonly text: string;
}

export interface FhirPathPlace {
  readonly value: Json;
  readonly type: string;
  /** JSON keys and indexes from the input: `["name", 0, "given", 1]`. */
  readonly path: readonly (string | number)[];
}

export interface FhirPathSettings {
  /** The type of the input: `Patient`, `Patient.contact`, `Observation.value[x]`; a resource is known without it. */
  readonly type?: string;
  /** Whether elements that a type does not have, and whatever else can be known beforehand to be wrong, are problems. */
  readonly isStrict?: boolean;
}

/**
 * Compiles an expression. Problems: `fhirpath-syntax`, also for unknown functions, types and numbers of arguments, `where` the
 * offset in the text. Source: FHIRPath 2.0 (http://hl7.org/fhirpath/N1), FHIR R4 §2.9.
 */
export function compileFhirPath(text: string, settings: FhirPathSettings = {}): Result<FhirPath> {
  if (text.length > limits.fhirPathCharactersMax) {
    return failed(syntaxProblem("", 0, `it has more than ${limits.fhirPathCharactersMax} characters`));
  }
  const syntax = parseFhirPath(text);
  if (!syntax.ok) return syntax;
  const types = settings.type === undefined ? undefined : inputTypes(settings.type);
  const compiling = newCompiling(text, settings.isStrict === true);
  const { evaluate } = compiling.compile(syntax.value, types);
  if (compiling.problem !== undefined) return failed(compiling.problem);
  return ok(fhirPathOf({ text, evaluate, types, quick: quickTestOf(syntax.value, types, compiling) }));
}

/** Only for a single type of element with parts. */
function quickTestOf(syntax: Syntax, types: Types, compiling: Compiling): QuickCondition | undefined {
  const [type, ...others] = types ?? [];
  return type === undefined || others.length > 0 ? undefined : quickConditionOf(syntax, type, compiling);
}

function newCompiling(text: string, isStrict: boolean): Compiling {
  const compiling: Compiling = {
    text,
    isStrict,
    problem: undefined,
    compile: (part: Syntax, context) => compileSyntax(part, context, compiling),
  };
  return compiling;
}

interface Parts {
  readonly text: string;
  readonly evaluate: Evaluate;
  readonly types: readonly string[] | undefined;
  readonly quick: QuickCondition | undefined;
}

const emptyEnvironment: FhirPathEnvironment = {};

function fhirPathOf({ text, evaluate, types, quick }: Parts): FhirPath {
  function run<T>(
    input: unknown,
    environment: FhirPathEnvironment,
    read: (found: Collection, run: Run) => T,
  ): Result<T> {
    const root = nodesOfInput(input, types);
    const running = newRun(root, environment);
    const value = read(evaluate(running, root), running);
    return running.problem === undefined ? ok(value) : failed(running.problem);
  }
  return {
    text,
    evaluate: (input, environment = emptyEnvironment) => run(input, environment, (found) => found.map(plainValue)),
    evaluateTyped: (input, environment = emptyEnvironment) => run(input, environment, (found) => found.map(typedValue)),
    locate: (input, environment = emptyEnvironment) => run(input, environment, placesOf),
    test: (input, environment = emptyEnvironment) =>
      quick?.takes(input)
        ? quick.test(input, environment)
        : run(input, environment, (found, running) => booleanOf(running, found)),
  };
}

function typedValue(node: Node): FhirPathValue {
  const value = systemValueOf(node);
  const plain = plainValue(node);
  return { value: plain, type: node.type, text: value === undefined ? JSON.stringify(plain) : systemText(value) };
}

function placesOf(found: Collection, { root }: Run): readonly FhirPathPlace[] {
  return found.flatMap((node) => {
    let top = node;
    while (top.parent !== undefined) top = top.parent;
    if (!root.includes(top)) return [];
    return [{ value: (node.value ?? null) as Json, type: node.type, path: pathOf(node) }];
  });
}
