import type { Json } from "#kernel";
import type { Argument, Value } from "./document.ts";
import { type Execution, reportAt, type Spot } from "./execution.ts";

/** The value with its variables filled in; an enum value is its name. Undefined for a variable that was not given. */
export function jsonOf(value: Value, variables: ReadonlyMap<string, Json>): Json | undefined {
  switch (value.is) {
    case "variable":
      return variables.get(value.name);
    case "number":
      return Number(value.text);
    case "string":
      return value.text;
    case "boolean":
      return value.value;
    case "null":
      return null;
    case "enum":
      return value.name;
    case "list":
      return value.items.map((item) => jsonOf(item, variables) ?? null);
    case "object":
      return Object.fromEntries(value.members.map((member) => [member.name, jsonOf(member.value, variables) ?? null]));
  }
}

/** Names of the variables in a value, each as often as it stands there. */
export function variablesIn(value: Value): readonly Extract<Value, { is: "variable" }>[] {
  if (value.is === "variable") return [value];
  if (value.is === "list") return value.items.flatMap(variablesIn);
  return value.is === "object" ? value.members.flatMap((member) => variablesIn(member.value)) : [];
}

/**
 * The arguments by their names, without those whose variable was not given. An argument given twice is an error.
 * Source: GraphQL (October 2021) §6.4.1.
 */
export function argumentsOf(given: readonly Argument[], execution: Execution, spot: Spot): ReadonlyMap<string, Json> {
  const values = new Map<string, Json>();
  for (const { name, value, at } of given) {
    const json = jsonOf(value, execution.variables);
    if (values.has(name)) reportAt(execution, { ...spot, at }, "argument-given-twice", `${name} is given twice.`);
    if (json !== undefined && json !== null) values.set(name, json);
  }
  return values;
}

/** A scalar as text, or undefined for anything else. */
export function textOf(value: Json | undefined): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}
