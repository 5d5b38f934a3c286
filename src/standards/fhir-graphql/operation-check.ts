import { limits } from "#kernel";
import type { Argument, GraphqlDocument, Operation, Selection } from "./document.ts";
import { type GraphqlError, queryError } from "./error.ts";
import { variablesIn } from "./value.ts";

interface Checking {
  readonly document: GraphqlDocument;
  readonly declared: ReadonlySet<string>;
  /** Fragments on the way here, the innermost last. */
  readonly within: readonly string[];
  /** How deep fragments lie in each other below one that has been checked. */
  readonly heights: Map<string, number>;
  readonly errors: GraphqlError[];
}

/**
 * What is wrong with an operation before anything is read: variables that it does not declare, fragments that hold
 * themselves. Source: GraphQL (October 2021) §5.8.3, §5.5.2.2.
 */
export function checkOperation(operation: Operation, document: GraphqlDocument): readonly GraphqlError[] {
  const errors: GraphqlError[] = [];
  const declared = new Set(operation.variables.map(({ name }) => name));
  checkSelections(operation.selections, { document, declared, within: [], heights: new Map(), errors });
  return errors;
}

/** How deep fragments lie in each other in here. */
function checkSelections(selections: readonly Selection[], checking: Checking): number {
  let height = 0;
  for (const selection of selections) {
    for (const directive of selection.directives) checkArguments(directive.arguments, checking);
    if (selection.is === "field") checkArguments(selection.arguments, checking);
    const inside =
      selection.is === "spread"
        ? checkSpread(selection.fragment, selection, checking)
        : checkSelections(selection.selections ?? [], checking);
    height = Math.max(height, inside);
  }
  return height;
}

function checkSpread(name: string, { at }: Selection, checking: Checking): number {
  const { document, within, heights, errors } = checking;
  if (within.includes(name)) {
    errors.push(queryError("fragment-in-itself", `The fragment ${name} holds itself.`, at));
    return 0;
  }
  const depthLeft = limits.graphqlDepthMax - within.length - 1;
  const known = heights.get(name);
  if (depthLeft < (known ?? 0)) {
    const message = `Fragments may lie ${limits.graphqlDepthMax} deep in each other at most.`;
    errors.push(queryError("graphql-too-deep", message, at));
    return 0;
  }
  if (known !== undefined) return known + 1;
  const selections = document.fragments.get(name)?.selections ?? [];
  const height = checkSelections(selections, { ...checking, within: [...within, name] });
  heights.set(name, height);
  return height + 1;
}

function checkArguments(given: readonly Argument[], { declared, errors }: Checking): void {
  for (const { name, at } of given.flatMap(({ value }) => variablesIn(value))) {
    if (!declared.has(name)) errors.push(queryError("unknown-variable", `The variable ${name} is not declared.`, at));
  }
}
