import type { Json, JsonObject, Result } from "#kernel";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import type { FhirContext } from "../context.ts";

/** What an operation is called on: the whole server, a type, a resource, or one version of it. */
export type OperationLevel = "system" | "type" | "instance" | "version";

/** Of R4's types those that operations here take; `Resource` is any resource. */
export type ParameterType =
  | "boolean"
  | "code"
  | "date"
  | "id"
  | "instant"
  | "positiveInt"
  | "string"
  | "uri"
  | "Meta"
  | "Resource";

export interface OperationParameter {
  readonly name: string;
  readonly type: ParameterType;
  /** Given at least once. */
  readonly isRequired?: boolean;
  /** May be given more than once. */
  readonly isRepeated?: boolean;
  readonly documentation: string;
}

/**
 * An operation as it is declared: routes, the CapabilityStatement and, where it is Corridor's own, its OperationDefinition
 * are made of this. Source: FHIR R4 §3.2 (operations framework).
 */
export interface Operation {
  /** Without the `$`. */
  readonly code: string;
  readonly title: string;
  readonly description: string;
  /** The types it is of; undefined: every type. */
  readonly types?: readonly string[];
  readonly levels: readonly OperationLevel[];
  /** One that does may only be asked for by POST. */
  readonly affectsState: boolean;
  /** The canonical url of R4's definition; undefined where it is Corridor's own. */
  readonly definition?: string;
  readonly parameters: readonly OperationParameter[];
  /** Besides its own, it takes the search parameters of its type. */
  readonly isSearch?: boolean;
  /** Address and body have a form of their own, which it reads by itself. */
  readonly readsItself?: boolean;
  readonly run: (invocation: Invocation, context: FhirContext) => Promise<Result<Answer>>;
}

/** An operation whose routes are made elsewhere; it is only stated here. */
export type StatedOperation = Pick<Operation, "code" | "types" | "levels" | "definition">;

/** One call of an operation, its parameters checked. */
export interface Invocation {
  readonly asked: Asked;
  /** Empty where the level has none. */
  readonly type: string;
  readonly id: string;
  readonly version: string;
  readonly given: Given;
  /** What was given besides the declared parameters, where the operation is a search. */
  readonly search: URLSearchParams;
}

/** The values of an operation's parameters: primitives as JSON has them, everything else as objects. */
export type Given = ReadonlyMap<string, readonly Json[]>;

export function givenText(given: Given, name: string): string | undefined {
  const [value] = given.get(name) ?? [];
  return typeof value === "string" ? value : undefined;
}

export function givenTexts(given: Given, name: string): readonly string[] {
  return (given.get(name) ?? []).filter((value) => typeof value === "string");
}

export function givenNumber(given: Given, name: string): number | undefined {
  const [value] = given.get(name) ?? [];
  return typeof value === "number" ? value : undefined;
}

export function givenFlag(given: Given, name: string): boolean {
  return given.get(name)?.[0] === true;
}

export function givenObject(given: Given, name: string): JsonObject | undefined {
  const [value] = given.get(name) ?? [];
  return typeof value === "object" ? (value as JsonObject) : undefined;
}

/** What a call was acted on by, as far as an address can hold it. */
export function usedParameters(given: Given): URLSearchParams {
  const used = new URLSearchParams();
  for (const [name, values] of given) {
    for (const value of values) if (typeof value !== "object") used.append(name, String(value));
  }
  return used;
}
