import { type SearchParameterType, searchParameterOf, shapeOf } from "#standards/fhir";
import type { TypeCapability } from "../fhir/capability-query.ts";

/** A search parameter that the server has, with what the form needs to know of it. */
export interface Parameter {
  readonly code: string;
  readonly type: SearchParameterType;
  /** Types that a reference may point at; empty for any. */
  readonly targets: readonly string[];
  /** The codes that a required binding allows; empty where any may be. */
  readonly codes: readonly string[];
}

export type Capabilities = ReadonlyMap<string, TypeCapability>;

/** The parameters of a type by the server's own statement: those of the type first, then those of every resource. */
export function parametersOf(capabilities: Capabilities, type: string): readonly Parameter[] {
  const stated = capabilities.get(type)?.searchParam ?? [];
  const parameters = stated.map(({ name, type: kind }) => {
    const defined = searchParameterOf(type, name);
    const targets = defined?.targets ?? [];
    return { code: name, type: kind, targets, codes: codesOf(type, defined?.expression ?? "") };
  });
  const isCommon = ({ code }: Parameter) => code.startsWith("_");
  return [...parameters.filter((each) => !isCommon(each)), ...parameters.filter(isCommon)];
}

/** The codes of the element that a plain path names, such as `Observation.status`. */
function codesOf(type: string, expression: string): readonly string[] {
  const path = expression
    .split("|")
    .map((part) => part.trim())
    .find((part) => /^\w+(\.\w+)+$/.test(part) && part.startsWith(`${type}.`));
  let shape: string = type;
  for (const name of path?.split(".").slice(1) ?? []) {
    const element = shapeOf(shape)?.elements.find((candidate) => candidate.name === name);
    if (element === undefined) return [];
    if (element.codes !== undefined) return element.codes.codes;
    shape = element.types[0]?.name ?? "";
  }
  return [];
}
