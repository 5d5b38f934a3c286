import type { Argument, Directive, Value, VariableDefinition, VariableType } from "./document.ts";
import { advance, expect, expectName, failParsing, here, isNext, listOf, type Parsing, take } from "./parsing.ts";

/** `(name: value, …)`, or nothing. Empty brackets are taken as none. Source: GraphQL (October 2021) §2.6. */
export function parseArguments(parsing: Parsing): readonly Argument[] {
  return isNext(parsing, "(") ? listOf(parsing, ["(", ")"], () => parseArgument(parsing)) : [];
}

function parseArgument(parsing: Parsing): Argument {
  const at = here(parsing);
  const name = expectName(parsing);
  expect(parsing, ":");
  return { name, value: parseValue(parsing), at };
}

export function parseDirectives(parsing: Parsing): readonly Directive[] {
  const directives: Directive[] = [];
  while (isNext(parsing, "@")) {
    const at = here(parsing);
    advance(parsing);
    directives.push({ name: expectName(parsing), arguments: parseArguments(parsing), at });
  }
  return directives;
}

/** Source: GraphQL (October 2021) §2.9. */
function parseValue(parsing: Parsing): Value {
  const at = here(parsing);
  if (isNext(parsing, "[")) return { is: "list", items: listOf(parsing, ["[", "]"], () => parseValue(parsing)) };
  if (isNext(parsing, "{")) return { is: "object", members: listOf(parsing, ["{", "}"], () => parseArgument(parsing)) };
  if (take(parsing, "$")) return { is: "variable", name: expectName(parsing), at };
  const { is, text } = parsing.next;
  if (is === "int" || is === "float" || is === "string" || is === "name") advance(parsing);
  else failParsing(parsing, "A value is missing");
  if (is === "string") return { is: "string", text };
  if (is !== "name") return { is: "number", text };
  if (text === "true" || text === "false") return { is: "boolean", value: text === "true" };
  return text === "null" ? { is: "null" } : { is: "enum", name: text };
}

/** Source: GraphQL (October 2021) §2.10. */
export function parseVariables(parsing: Parsing): readonly VariableDefinition[] {
  return isNext(parsing, "(") ? listOf(parsing, ["(", ")"], () => parseVariable(parsing)) : [];
}

function parseVariable(parsing: Parsing): VariableDefinition {
  const at = here(parsing);
  expect(parsing, "$");
  const name = expectName(parsing);
  expect(parsing, ":");
  const type = parseType(parsing);
  const fallback = take(parsing, "=") ? parseValue(parsing) : undefined;
  parseDirectives(parsing);
  return { name, type, fallback, at };
}

function parseType(parsing: Parsing): VariableType {
  if (!isNext(parsing, "[")) {
    const name = expectName(parsing);
    return { is: "named", name, isRequired: take(parsing, "!") };
  }
  const [of, second] = listOf(parsing, ["[", "]"], () => parseType(parsing));
  if (of === undefined || second !== undefined) failParsing(parsing, "A list has one type");
  return { is: "list", of: of ?? { is: "named", name: "", isRequired: false }, isRequired: take(parsing, "!") };
}
