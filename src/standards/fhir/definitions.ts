import tables from "./generated/definitions.json" with { type: "json" };

/**
 * What R4 says about types, as compilers want it. A *shape* is the layout of one JSON object: a datatype, a resource, or an
 * inner element, which is named by its path (`Patient.contact`). Source: FHIR R4 (4.0.1) StructureDefinitions.
 */
export interface Shape {
  /** `Patient`, `HumanName`, `Patient.contact`. */
  readonly name: string;
  readonly kind: "primitive-type" | "complex-type" | "resource" | "inner";
  /** A type that only others are derived from (`DomainResource`). */
  readonly abstract: boolean;
  /** `DomainResource`, `BackboneElement`; undefined for the roots. */
  readonly base: string | undefined;
  /** Inherited elements first. */
  readonly elements: readonly ElementDefinition[];
}

export interface ElementDefinition {
  /** As FHIRPath names it: `value`, also where JSON has `valueQuantity`. */
  readonly name: string;
  /** Whether the type is part of the name in JSON. */
  readonly choice: boolean;
  readonly min: number;
  /** 1 or `Infinity`: no R4 type has another maximum. */
  readonly max: number;
  /** One, or several where `choice`. */
  readonly types: readonly TypeUse[];
  /** The codes allowed by a required binding, where they can be listed. */
  readonly codes: CodeList | undefined;
}

export interface TypeUse {
  /** The name of a shape: a primitive type (lower case), a datatype, `Resource`, or an inner element. */
  readonly name: string;
  /** Types that a Reference or canonical may point at; empty for any. */
  readonly targets: readonly string[];
}

export interface CodeList {
  /** The code system, where all codes come from one. */
  readonly system?: string;
  readonly codes: readonly string[];
}

interface TypeTable {
  readonly kind: string;
  readonly base?: string;
  readonly abstract?: boolean;
  readonly elements: readonly string[];
}

const types = new Map(Object.entries(tables.types as Readonly<Record<string, TypeTable>>));
const codeLists = new Map(Object.entries(tables.codes as Readonly<Record<string, CodeList>>));
const shapes = new Map<string, Shape>();

/** The names of the 146 resource types, in alphabetical order, without the abstract ones. */
export const resourceTypes: readonly string[] = [...types]
  .filter(([, table]) => table.kind === "resource" && table.abstract !== true)
  .map(([name]) => name);

const resourceTypeSet: ReadonlySet<string> = new Set(resourceTypes);

export function isResourceType(name: string): boolean {
  return resourceTypeSet.has(name);
}

export function isPrimitiveType(name: string): boolean {
  const first = name.charCodeAt(0);
  return first >= 97 && first <= 122;
}

/** The shape of that name, or undefined. Built on first use. */
export function shapeOf(name: string): Shape | undefined {
  const known = shapes.get(name);
  if (known !== undefined) return known;
  const [typeName = "", ...path] = name.split(".");
  const table = types.get(typeName);
  if (table === undefined) return undefined;
  const shape = path.length === 0 ? typeShape(typeName, table) : innerShape(name, path.join("."), table);
  if (shape !== undefined) shapes.set(name, shape);
  return shape;
}

/** The key of an element in JSON: `valueQuantity` for `value` with type Quantity. */
export function jsonKey(element: ElementDefinition, typeName: string): string {
  return element.choice ? element.name + typeName.charAt(0).toUpperCase() + typeName.slice(1) : element.name;
}

function typeShape(name: string, table: TypeTable): Shape {
  return {
    name,
    kind: table.kind as Shape["kind"],
    abstract: table.abstract === true,
    base: table.base,
    elements: [...inheritedElements(table.base), ...elementsUnder(name, "", table)],
  };
}

function innerShape(name: string, path: string, table: TypeTable): Shape | undefined {
  const line = table.elements.find((text) => text.startsWith(`${path} `));
  const base = line?.split(" ")[2];
  if (base !== "BackboneElement" && base !== "Element") return undefined;
  const typeName = name.slice(0, name.indexOf("."));
  const elements = [...inheritedElements(base), ...elementsUnder(typeName, `${path}.`, table)];
  return { name, kind: "inner", abstract: false, base, elements };
}

function inheritedElements(base: string | undefined): readonly ElementDefinition[] {
  return base === undefined ? [] : (shapeOf(base)?.elements ?? []);
}

/** `prefix` is empty or ends in a dot; only direct children are taken. */
function elementsUnder(typeName: string, prefix: string, table: TypeTable): readonly ElementDefinition[] {
  return table.elements
    .filter((line) => line.startsWith(prefix) && !line.slice(prefix.length, line.indexOf(" ")).includes("."))
    .map((line) => elementOf(typeName, line));
}

/** A line reads `contact.gender 0..1 code #administrative-gender`, types joined by `|`, targets in brackets. */
function elementOf(typeName: string, line: string): ElementDefinition {
  const [path = "", cardinality = "", typesText = "", list] = line.split(" ");
  const [min, max] = cardinality.split("..");
  const choice = path.endsWith("[x]");
  return {
    name: (choice ? path.slice(0, -3) : path).replace(/^.*\./, ""),
    choice,
    min: Number(min),
    max: max === "*" ? Number.POSITIVE_INFINITY : Number(max),
    types: typesText.split("|").map((text) => typeUse(text, `${typeName}.${path}`)),
    codes: list === undefined ? undefined : codeLists.get(list.slice(1)),
  };
}

function typeUse(text: string, path: string): TypeUse {
  if (text.startsWith("@")) return { name: text.slice(1), targets: [] };
  if (text === "BackboneElement" || text === "Element") return { name: path, targets: [] };
  const [name = "", targets] = text.split("(");
  return { name, targets: targets === undefined ? [] : targets.slice(0, -1).split(",") };
}
