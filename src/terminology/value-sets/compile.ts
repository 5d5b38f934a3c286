import { failed, incorrect, limits, notFound, ok, type Result } from "#kernel";
import type { ComposePart, ExpandedConcept, ValueSetDefinition } from "#standards/terminology";
import { allCodes, and, type CodeSet, codes } from "../systems/code-set.ts";
import { filterSet } from "./filter.ts";
import { type CompiledValueSet, difference, intersection, type Listed, type SystemPart, union } from "./value-set.ts";

/** Finds the definition of a value set by its canonical url, with or without version. */
export type FindDefinition = (canonical: string) => ValueSetDefinition | undefined;

interface Compiling {
  readonly find: FindDefinition;
  /** Value sets that are being compiled, outermost first. */
  readonly inside: readonly string[];
}

type Parts = Result<readonly SystemPart[]>;

/**
 * A value set from its definition, value sets it names included. Without `compose`, the codes of its expansion are taken. Problems:
 * not-found `value-set-unknown`; incorrect `value-set-circular`, `value-set-incorrect`; unsupported, see `filterSet`.
 * Source: FHIR R4 §4.9.5 (composition rules).
 */
export function compileValueSet(definition: ValueSetDefinition, find: FindDefinition): Result<CompiledValueSet> {
  const parts = partsOf(definition, { find, inside: [] });
  if (!parts.ok) return parts;
  const { url, version, name, title, id, status } = definition;
  return ok({
    ...(url === undefined ? {} : { url }),
    ...(version === undefined ? {} : { version }),
    ...(name === undefined ? {} : { name }),
    ...(title === undefined ? {} : { title }),
    ...(id === undefined ? {} : { id }),
    ...(status === undefined ? {} : { status }),
    isInactiveIncluded: definition.compose?.inactive !== false,
    ...(definition.compose === undefined ? {} : { compose: definition.compose }),
    parts: parts.value,
  });
}

function partsOf(definition: ValueSetDefinition, compiling: Compiling): Parts {
  const { compose, expansion, url } = definition;
  if (compose?.include === undefined) return ok(expansion === undefined ? [] : expandedParts(expansion.contains ?? []));
  const find: FindDefinition = (canonical) =>
    canonical.startsWith("#") ? containedIn(definition, canonical.slice(1)) : compiling.find(canonical);
  const inner = { find, inside: url === undefined ? compiling.inside : [...compiling.inside, url] };
  const included = unionOf(compose.include, inner);
  if (!included.ok || compose.exclude === undefined) return included;
  const excluded = unionOf(compose.exclude, inner);
  return excluded.ok ? ok(difference(included.value, excluded.value)) : excluded;
}

function containedIn({ contained = [], url }: ValueSetDefinition, id: string): ValueSetDefinition | undefined {
  const found = contained.find((one) => one.resourceType === "ValueSet" && one.id === id);
  return found && { ...found, url: found.url ?? `${url}#${id}` };
}

function unionOf(parts: readonly ComposePart[], compiling: Compiling): Parts {
  let all: readonly SystemPart[] = [];
  for (const part of parts) {
    const one = partOf(part, compiling);
    if (!one.ok) return one;
    all = union(all, one.value);
  }
  return ok(all);
}

/** Codes of the system that are in all the value sets named. */
function partOf(part: ComposePart, compiling: Compiling): Parts {
  let parts: readonly SystemPart[] | undefined;
  if (part.system !== undefined) {
    const own = systemPart(part.system, part);
    if (!own.ok) return own;
    parts = [own.value];
  }
  for (const canonical of part.valueSet ?? []) {
    const imported = importedParts(canonical, compiling);
    if (!imported.ok) return imported;
    parts = parts === undefined ? imported.value : intersection(parts, imported.value);
  }
  return parts === undefined ? failed(nothingNamed) : ok(parts);
}

const nothingNamed = incorrect(
  "value-set-incorrect",
  "A part of the value set names neither a code system nor a value set.",
  { where: "ValueSet.compose.include" },
);

function importedParts(canonical: string, compiling: Compiling): Parts {
  const definition = compiling.find(canonical);
  if (definition === undefined) {
    return failed(notFound("value-set-unknown", `There is no value set ${canonical}, which this one is made of.`));
  }
  if (compiling.inside.includes(definition.url) || compiling.inside.length >= limits.terminologyImportsMax) {
    return failed(incorrect("value-set-circular", `The value set ${canonical} is made of itself, or of too many.`));
  }
  return partsOf(definition, compiling);
}

function systemPart(system: string, { version, concept, filter }: ComposePart): Result<SystemPart> {
  const sets: CodeSet[] = concept === undefined ? [] : [codes(concept.map(({ code }) => code))];
  for (const one of filter ?? []) {
    const set = filterSet(system, one);
    if (!set.ok) return set;
    sets.push(set.value);
  }
  const listed = new Map<string, Listed>();
  for (const { code, display, designation = [] } of concept ?? []) {
    if (display === undefined && designation.length === 0) continue;
    listed.set(code, { ...(display === undefined ? {} : { display }), designations: designation });
  }
  const set = sets.length === 0 ? allCodes : and(...sets);
  return ok({ system, ...(version === undefined ? {} : { version }), set, listed });
}

function expandedParts(contains: readonly ExpandedConcept[]): readonly SystemPart[] {
  let parts: readonly SystemPart[] = [];
  for (const { system, code, display, contains: inner } of contains) {
    if (system !== undefined && code !== undefined) {
      const listed = new Map<string, Listed>(display === undefined ? [] : [[code, { display, designations: [] }]]);
      parts = union(parts, [{ system, set: codes([code]), listed }]);
    }
    if (inner !== undefined) parts = union(parts, expandedParts(inner));
  }
  return parts;
}
