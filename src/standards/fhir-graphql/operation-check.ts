import type { Argument, GraphqlDocument, Operation, Selection } from "./document.ts";
import { type GraphqlError, queryError } from "./error.ts";
import { variablesIn } from "./value.ts";

interface Checking {
  readonly document: GraphqlDocument;
  readonly declared: ReadonlySet<string>;
  /** Fragments on the way here, the innermost last. */
  readonly within: readonly string[];
  readonly checked: Set<string>;
  readonly errors: GraphqlError[];
}

/**
 * What is wrong with an operation before anything is read: variables that it does not declare, fragments that hold
 * themselves. Source: GraphQL (October 2021) §5.8.3, §5.5.2.2.
 */
export function checkOperation(operation: Operation, document: GraphqlDocument): readonly GraphqlError[] {
  const errors: GraphqlError[] = [];
  const declared = new Set(operation.variables.map(({ name }) => name));
  checkSelections(operation.selections, { document, declared, within: [], checked: new Set(), errors });
  return errors;
}

function checkSelections(selections: readonly Selection[], checking: Checking): void {
  for (const selection of selections) {
    for (const directive of selection.directives) checkArguments(directive.arguments, checking);
    if (selection.is === "spread") {
      checkSpread(selection.fragment, selection, checking);
      continue;
    }
    if (selection.is === "field") checkArguments(selection.arguments, checking);
    checkSelections(selection.selections ?? [], checking);
  }
}

function checkSpread(name: string, { at }: Selection, checking: Checking): void {
  const { document, within, checked, errors } = checking;
  if (within.includes(name)) {
    errors.push(queryError("fragment-in-itself", `The fragment ${name} holds itself.`, at));
    return;
  }
  if (checked.has(name)) return;
  checked.add(name);
  const selections = document.fragments.get(name)?.selections ?? [];
  checkSelections(selections, { ...checking, within: [...within, name] });
}

function checkArguments(given: readonly Argument[], { declared, errors }: Checking): void {
  for (const { name, at } of given.flatMap(({ value }) => variablesIn(value))) {
    if (!declared.has(name)) errors.push(queryError("unknown-variable", `The variable ${name} is not declared.`, at));
  }
}
