import { limits } from "#kernel";
import type { Field, Fragment, GraphqlDocument, Operation, Selection } from "./document.ts";
import { type GraphqlError, queryError } from "./error.ts";
import {
  advance,
  expect,
  expectName,
  failParsing,
  here,
  isNext,
  listOf,
  type Parsing,
  startParsing,
  take,
} from "./parsing.ts";
import { parseArguments, parseDirectives, parseVariables } from "./value-parser.ts";

export type ParsedQuery =
  | { readonly ok: true; readonly document: GraphqlDocument }
  | { readonly ok: false; readonly error: GraphqlError };

/**
 * Reads a document of operations and fragments; definitions of types are refused. Codes: `graphql-syntax`,
 * `graphql-too-long` beyond `limits.graphqlCharactersMax`, `graphql-too-deep` beyond `limits.graphqlDepthMax`.
 * Source: GraphQL (October 2021) §2.
 */
export function parseGraphql(text: string): ParsedQuery {
  if (text.length > limits.graphqlCharactersMax) {
    const message = `A query may have ${limits.graphqlCharactersMax} characters at most.`;
    return { ok: false, error: queryError("graphql-too-long", message, { line: 1, column: 1 }) };
  }
  const parsing = startParsing(text);
  const operations: Operation[] = [];
  const fragments = new Map<string, Fragment>();
  while (parsing.error === undefined && parsing.next.is !== "end") {
    if (isNext(parsing, "fragment")) takeFragment(parsing, fragments);
    else operations.push(parseOperation(parsing));
  }
  if (operations.length === 0) failParsing(parsing, "There is no operation");
  if (parsing.error !== undefined) return { ok: false, error: parsing.error };
  return { ok: true, document: { operations, fragments } };
}

function takeFragment(parsing: Parsing, fragments: Map<string, Fragment>): void {
  const at = here(parsing);
  advance(parsing);
  const name = fragmentName(parsing);
  if (fragments.has(name)) failParsing(parsing, "Two fragments have the same name");
  expect(parsing, "on");
  const on = expectName(parsing);
  parseDirectives(parsing);
  fragments.set(name, { name, on, selections: parseSelections(parsing), at });
}

function fragmentName(parsing: Parsing): string {
  if (isNext(parsing, "on")) failParsing(parsing, "A fragment may not be named on");
  return expectName(parsing);
}

function parseOperation(parsing: Parsing): Operation {
  const at = here(parsing);
  if (isNext(parsing, "{")) {
    return { type: "query", name: undefined, variables: [], selections: parseSelections(parsing), at };
  }
  const type = operationType(parsing);
  const name = parsing.next.is === "name" ? expectName(parsing) : undefined;
  const variables = parseVariables(parsing);
  parseDirectives(parsing);
  return { type, name, variables, selections: parseSelections(parsing), at };
}

function operationType(parsing: Parsing): Operation["type"] {
  for (const type of ["query", "mutation", "subscription"] as const) if (take(parsing, type)) return type;
  failParsing(parsing, "A query, a mutation, a subscription or a fragment must stand here");
  return "query";
}

function parseSelections(parsing: Parsing): readonly Selection[] {
  const selections = listOf(parsing, ["{", "}"], () => parseSelection(parsing));
  if (selections.length === 0) failParsing(parsing, "Nothing is selected");
  return selections;
}

function parseSelection(parsing: Parsing): Selection {
  const at = here(parsing);
  if (!take(parsing, "...")) return parseField(parsing);
  if (parsing.next.is === "name" && !isNext(parsing, "on")) {
    const fragment = expectName(parsing);
    return { is: "spread", fragment, directives: parseDirectives(parsing), at };
  }
  const on = take(parsing, "on") ? expectName(parsing) : undefined;
  return { is: "inline", on, directives: parseDirectives(parsing), selections: parseSelections(parsing), at };
}

function parseField(parsing: Parsing): Field {
  const at = here(parsing);
  const responseName = expectName(parsing);
  const name = take(parsing, ":") ? expectName(parsing) : responseName;
  return {
    is: "field",
    responseName,
    name,
    arguments: parseArguments(parsing),
    directives: parseDirectives(parsing),
    selections: isNext(parsing, "{") ? parseSelections(parsing) : undefined,
    at,
  };
}
