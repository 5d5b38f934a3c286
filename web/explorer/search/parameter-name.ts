import type { Capabilities, Parameter } from "./parameters.ts";
import { parametersOf } from "./parameters.ts";

/** One parameter on the way of a chain, of the type it is a parameter of. */
export interface Step {
  readonly type: string;
  readonly parameter: Parameter;
}

/** `subject:Patient.name:exact` read: the references that are followed, and the parameter at the end. */
export interface ParameterName {
  readonly followed: readonly Step[];
  readonly last: Step;
  readonly modifier: string;
}

/** Undefined for what the form has no fields for: `_has`, `_include`, and names that the server does not state. */
export function readName(capabilities: Capabilities, type: string, name: string): ParameterName | undefined {
  const segments = name.split(".");
  const followed: Step[] = [];
  let current = type;
  for (const [index, segment] of segments.entries()) {
    const [code = "", ...rest] = segment.split(":");
    const parameter = parametersOf(capabilities, current).find((each) => each.code === code);
    if (parameter === undefined || rest.length > 1) return undefined;
    const modifier = rest[0] ?? "";
    const step = { type: current, parameter };
    if (index === segments.length - 1) return { followed, last: step, modifier };
    if (parameter.type !== "reference") return undefined;
    followed.push(step);
    current = modifier === "" ? (parameter.targets[0] ?? "") : modifier;
  }
  return undefined;
}

/** The name again. `next` is the type that each followed reference leads to. */
export function writeName({ followed, last, modifier }: ParameterName): string {
  const types = [...followed.slice(1).map((step) => step.type), last.type];
  const steps = followed.map(({ parameter }, index) => `${parameter.code}:${types[index]}`);
  return [...steps, modifier === "" ? last.parameter.code : `${last.parameter.code}:${modifier}`].join(".");
}
