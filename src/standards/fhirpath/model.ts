import { isPrimitiveType, jsonKey, shapeOf } from "#standards/fhir";
import type { TypeName } from "./syntax.ts";
import type { SystemType } from "./system-value.ts";

/** How one step (`value`) goes on from a type: under which JSON keys the element lies, each with its type. */
export interface Step {
  readonly name: string;
  readonly variants: readonly Variant[];
}

export interface Variant {
  readonly key: string;
  /** `_birthDate`; undefined where the type is no primitive. */
  readonly besideKey: string | undefined;
  /** `Resource` where only the value tells. */
  readonly type: string;
  readonly many: boolean;
}

const systemTypes: ReadonlySet<string> = new Set<SystemType | "Any">([
  "Boolean",
  "String",
  "Integer",
  "Decimal",
  "Date",
  "DateTime",
  "Time",
  "Quantity",
  "Any",
]);

const steps = new Map<string, ReadonlyMap<string, Step>>();
const noSteps: ReadonlyMap<string, Step> = new Map();

/** The elements of a type by their names, in their order; undefined where the type is not known. */
export function stepsOf(type: string): ReadonlyMap<string, Step> | undefined {
  let known = steps.get(type);
  if (known === undefined) {
    const shape = shapeOf(type);
    if (shape === undefined) return type.startsWith("System.") ? noSteps : undefined;
    known = new Map(shape.elements.map((element) => [element.name, { name: element.name, variants: [] as Variant[] }]));
    for (const element of shape.elements) {
      const variants = known.get(element.name)?.variants as Variant[];
      for (const { name } of element.types) {
        const key = jsonKey(element, name);
        const besideKey = isPrimitiveType(name) ? `_${key}` : undefined;
        variants.push({ key, besideKey, type: name, many: element.max > 1 });
      }
    }
    steps.set(type, known);
  }
  return known;
}

export function isPrimitive(type: string): boolean {
  return isPrimitiveType(type);
}

/** Whether a type is another, or derived from it (`Patient` from `Resource`, `code` from `string`). */
export function isSubtype(type: string, wanted: string): boolean {
  for (let at: string | undefined = type; at !== undefined && at !== ""; at = baseOf(at)) {
    if (at === wanted) return true;
  }
  return false;
}

const bases = new Map<string, string | undefined>();

function baseOf(type: string): string | undefined {
  if (!bases.has(type)) bases.set(type, shapeOf(type)?.base);
  return bases.get(type);
}

/** What a written type stands for; `Quantity` is a type of FHIR and one of System. */
export interface TypeTest {
  readonly fhir: string | undefined;
  readonly system: string | undefined;
}

/** Undefined where there is no such type. */
export function typeTest({ namespace, name }: TypeName): TypeTest | undefined {
  const fhir = namespace !== "System" && shapeOf(name) !== undefined ? name : undefined;
  const isSystem = namespace === "System" || (namespace === undefined && systemTypes.has(name));
  if (fhir === undefined && !isSystem) return undefined;
  if (namespace !== undefined && namespace !== "System" && namespace !== "FHIR") return undefined;
  return { fhir, system: isSystem ? `System.${name}` : undefined };
}

/** Derived types count. */
export function isOfType(type: string, { fhir, system }: TypeTest): boolean {
  if (type.startsWith("System.")) return type === system || system === "System.Any";
  return fhir !== undefined && isSubtype(type, fhir);
}

/**
 * What `as` and `ofType` let through: of primitives the very type, otherwise derived ones too.
 * Source: the official FHIRPath suite for R4, testFHIRPathAsFunction11 to 20.
 */
export function isCastable(type: string, test: TypeTest): boolean {
  if (type.startsWith("System.")) return isOfType(type, test);
  return isPrimitive(type) ? type === test.fhir : isOfType(type, test);
}
