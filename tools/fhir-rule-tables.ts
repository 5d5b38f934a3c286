import { withoutVersion } from "./fhir-code-lists.ts";
import { correctedConstraint } from "./fhir-errata.ts";
import type { Constraint, FullDefinition, RuleElement } from "./fhir-profile-tables.ts";

/** Severity, FHIRPath expression, sentence. */
type ConstraintRow = readonly [string, string, string];

export interface RuleTables {
  /** By key; a key that means something else on another element has that element's path behind an `@`. */
  readonly constraints: Readonly<Record<string, ConstraintRow>>;
  /** Keys of constraints by the path of the element that has them beyond those of its type. */
  readonly elements: Readonly<Record<string, readonly string[]>>;
  /** `required http://…` by path, without example bindings. */
  readonly bindings: Readonly<Record<string, string>>;
  /** Profiles that an element's type must conform to, by path. */
  readonly typeProfiles: Readonly<Record<string, readonly string[]>>;
}

/** The structure check sees that no element is empty. */
const keysChecked = new Set(["ele-1"]);

export function ruleTables(definitions: readonly FullDefinition[]): RuleTables {
  const constraints: Record<string, ConstraintRow> = {};
  const elements: Record<string, readonly string[]> = {};
  const bindings: Record<string, string> = {};
  const typeProfiles: Record<string, readonly string[]> = {};
  const keysOfType = new Map(definitions.map((definition) => [definition.id, rootKeys(definition)]));

  function idOf({ key, severity, expression = "true", human }: Constraint, path: string): string {
    for (const id of [key, `${key}@${path}`]) {
      const known = constraints[id];
      if (known === undefined) constraints[id] = [severity, expression, human];
      if (known === undefined || known[1] === expression) return id;
    }
    throw new Error(`Constraint ${key} stands twice on ${path}.`);
  }

  for (const definition of definitions) {
    for (const element of definition.snapshot?.element ?? []) {
      if (element.base !== undefined && element.base.path !== element.path) continue;
      const ids = ownConstraints(element, keysOfType).map((constraint) => idOf(constraint, element.path));
      if (ids.length > 0) elements[element.path] = ids;
      const { binding } = element;
      if (binding?.valueSet !== undefined && binding.strength !== "example")
        bindings[element.path] = `${binding.strength} ${withoutVersion(binding.valueSet)}`;
      const profiles = (element.type ?? []).flatMap((type) => (type as { profile?: readonly string[] }).profile ?? []);
      if (profiles.length > 0) typeProfiles[element.path] = profiles;
    }
  }
  return { constraints, elements, bindings, typeProfiles };
}

function rootKeys(definition: FullDefinition): ReadonlySet<string> {
  const root = definition.snapshot?.element[0];
  return new Set((root?.constraint ?? []).map(({ key }) => key));
}

function ownConstraints(
  element: RuleElement,
  keysOfType: ReadonlyMap<string, ReadonlySet<string>>,
): readonly Constraint[] {
  const ofTypes = (element.type ?? []).map((type) => keysOfType.get(type.code));
  return (element.constraint ?? [])
    .filter(({ key }) => !keysChecked.has(key) && !ofTypes.some((keys) => keys?.has(key) === true))
    .map(correctedConstraint);
}
