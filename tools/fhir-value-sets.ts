import { codeLists, withoutVersion } from "./fhir-code-lists.ts";
import type { FullDefinition, RuleElement } from "./fhir-profile-tables.ts";

/** The codes of a value set by code system. */
export type ValueSetRow = Readonly<Record<string, readonly string[]>>;

/** The value sets that required bindings of the definitions name, where their codes can be listed from the package. */
export function valueSetTable(definitions: readonly FullDefinition[]): Readonly<Record<string, ValueSetRow>> {
  const { pairsOf } = codeLists();
  const table: Record<string, ValueSetRow> = {};
  for (const url of [...boundValueSets(definitions)].sort()) {
    const pairs = pairsOf(url);
    if (pairs === undefined || pairs.length === 0 || pairs.length > codesMax) continue;
    const bySystem = Map.groupBy(pairs, ({ system }) => system);
    table[url] = Object.fromEntries([...bySystem].map(([system, list]) => [system, list.map(({ code }) => code)]));
  }
  return table;
}

const codesMax = 1_000;

function boundValueSets(definitions: readonly FullDefinition[]): ReadonlySet<string> {
  const elements = definitions.flatMap(({ snapshot, differential }) => [
    ...(snapshot?.element ?? []),
    ...((differential?.element ?? []) as unknown as readonly RuleElement[]),
  ]);
  const urls = elements.flatMap(({ binding }) =>
    binding?.strength === "required" && binding.valueSet !== undefined ? [withoutVersion(binding.valueSet)] : [],
  );
  return new Set(urls);
}
