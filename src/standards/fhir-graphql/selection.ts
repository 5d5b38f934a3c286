import { isIncluded } from "./directive.ts";
import type { Field, Selection } from "./document.ts";
import { type Execution, type ResponsePath, reportAt } from "./execution.ts";
import type { ObjectType } from "./object-type.ts";

interface Collecting {
  readonly type: ObjectType;
  readonly execution: Execution;
  readonly path: ResponsePath;
  readonly fields: Map<string, Field>;
  readonly visited: Set<string>;
}

/**
 * The fields asked of an object of this type, by their names in the answer; what is asked twice is merged. Found once for a
 * selection and a type, and errors in it told once. Source: GraphQL (October 2021) §6.3.2, §5.3.2.
 */
export function collectFields(
  selections: readonly Selection[],
  { type, execution, path }: { readonly type: ObjectType; readonly execution: Execution; readonly path: ResponsePath },
): readonly Field[] {
  const byType = execution.collected.get(selections) ?? new Map<ObjectType, readonly Field[]>();
  execution.collected.set(selections, byType);
  const known = byType.get(type);
  if (known !== undefined) return known;
  const collecting: Collecting = { type, execution, path, fields: new Map(), visited: new Set() };
  collect(selections, collecting);
  const fields = [...collecting.fields.values()];
  byType.set(type, fields);
  return fields;
}

function collect(selections: readonly Selection[], collecting: Collecting): void {
  for (const selection of selections) {
    if (!isIncluded(selection, collecting.execution, collecting.path)) continue;
    if (selection.is === "field") addField(selection, collecting);
    else if (selection.is === "spread") collectFragment(selection.fragment, selection, collecting);
    else if (applies(selection.on, collecting.type)) collect(selection.selections, collecting);
  }
}

function collectFragment(name: string, { at }: Selection, collecting: Collecting): void {
  const { execution, path, visited, type } = collecting;
  if (visited.has(name)) return;
  visited.add(name);
  const fragment = execution.fragments.get(name);
  if (fragment === undefined) reportAt(execution, { at, path }, "unknown-fragment", `There is no fragment ${name}.`);
  else if (applies(fragment.on, type)) collect(fragment.selections, collecting);
}

function applies(on: string | undefined, { names }: ObjectType): boolean {
  return on === undefined || names.has(on);
}

function addField(field: Field, { fields, execution, path }: Collecting): void {
  const before = fields.get(field.responseName);
  if (before === undefined) {
    fields.set(field.responseName, field);
  } else if (
    before.name !== field.name ||
    !isSame(before.arguments, field.arguments) ||
    !isSame(before.directives, field.directives)
  ) {
    const message = `${field.responseName} is asked for in two ways; give one of them an alias.`;
    reportAt(execution, { at: field.at, path }, "fields-conflict", message);
  } else if (before.selections !== undefined && field.selections !== undefined) {
    fields.set(field.responseName, { ...before, selections: [...before.selections, ...field.selections] });
  }
}

/** Whether two lists say the same, wherever they stand. */
function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length === 0 && other.length === 0) return true;
  return JSON.stringify(one, withoutPlace) === JSON.stringify(other, withoutPlace);
}

function withoutPlace(key: string, value: unknown): unknown {
  return key === "at" ? undefined : value;
}
