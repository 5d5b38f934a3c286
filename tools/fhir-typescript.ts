import { type CodeList, withoutVersion } from "./fhir-code-lists.ts";
import type { Element, StructureDefinition } from "./fhir-package.ts";
import { ownElements, typeName } from "./fhir-type-tables.ts";

/** The resources that Corridor's code builds or reads by name. Datatypes follow by use. Add one here and run again. */
const resources = [
  "AllergyIntolerance",
  "Appointment",
  "AuditEvent",
  "Binary",
  "Bundle",
  "CapabilityStatement",
  "Composition",
  "Condition",
  "Device",
  "DiagnosticReport",
  "DocumentReference",
  "Encounter",
  "Endpoint",
  "ImagingStudy",
  "Location",
  "Observation",
  "OperationOutcome",
  "Organization",
  "Parameters",
  "Patient",
  "Practitioner",
  "PractitionerRole",
  "Provenance",
  "RelatedPerson",
  "ServiceRequest",
  "Specimen",
  "Task",
] as const;

/** Lists up to this length become unions of literals; longer ones stay `string`. */
const literalsMax = 40;

type Codes = Readonly<Record<string, CodeList>>;
type Definitions = ReadonlyMap<string, StructureDefinition>;

/** TypeScript types of the resources above and every datatype they use. */
export function typescriptTypes(all: readonly StructureDefinition[], codes: Codes): string {
  const definitions: Definitions = new Map(all.map((definition) => [definition.id, definition]));
  const texts = new Map<string, string>();
  const wanted: string[] = [...resources];
  for (let name = wanted.shift(); name !== undefined; name = wanted.shift()) {
    const definition = definitions.get(name);
    if (definition === undefined || texts.has(name) || definition.kind === "primitive-type" || name === "Resource")
      continue;
    const elements = allElements(definition, definitions);
    texts.set(name, typeText(definition, elements, codes));
    wanted.push(...elements.flatMap((element) => element.type?.map((type) => type.code) ?? []));
  }
  return [preamble, ...[...texts.keys()].sort().map((name) => texts.get(name) ?? "")].join("\n");
}

const preamble = `import type { Json } from "#kernel";

/** Any resource; the types below say more. */
export type Resource = {
  readonly resourceType: string;
  readonly id?: string;
  readonly meta?: Meta;
  readonly [element: string]: Json;
};

/** What stands beside a primitive value in JSON: \`_birthDate\` beside \`birthDate\`. */
export type Beside = { readonly id?: string; readonly extension?: readonly Extension[] };
export type BesideEach = readonly (Beside | null)[];
export type BesideKey = \`_\${string}\`;
`;

/** Own and inherited elements, in the order of the definition; those of inner elements as the definition lists them. */
function allElements(definition: StructureDefinition, definitions: Definitions): readonly Element[] {
  const base = definitions.get(definition.baseDefinition?.replace(/^.*\//, "") ?? "");
  const inherited = base === undefined ? [] : allElements(base, definitions);
  const moved = inherited.map((element) => ({ ...element, path: element.path.replace(/^[^.]+/, definition.id) }));
  return [...moved, ...ownElements(definition)];
}

function typeText(definition: StructureDefinition, elements: readonly Element[], codes: Codes): string {
  const parents = [definition.id, ...elements.filter((element) => isInner(element)).map(({ path }) => path)];
  return parents.map((parent) => oneType(parent, definition, elements, codes)).join("\n");
}

function isInner(element: Element): boolean {
  const code = element.type?.[0]?.code;
  return element.path.split(".").length > 1 && (code === "BackboneElement" || code === "Element");
}

function oneType(parent: string, definition: StructureDefinition, elements: readonly Element[], codes: Codes): string {
  const children = elements.filter(({ path }) => path.replace(/\.[^.]+$/, "") === parent);
  const lines = children.flatMap((element) => properties(element, codes));
  const isResource = definition.kind === "resource" && parent === definition.id;
  const inner = elements.find(({ path }) => path === parent);
  return [
    `export type ${typeNameOfPath(parent)} = {`,
    ...(isResource && !definition.abstract ? [`readonly resourceType: "${definition.id}";`] : []),
    ...(inner === undefined ? [] : ["readonly id?: string;", "readonly extension?: readonly Extension[];"]),
    ...(inner?.type?.[0]?.code === "BackboneElement" ? ["readonly modifierExtension?: readonly Extension[];"] : []),
    ...lines,
    "readonly [beside: BesideKey]: Beside | BesideEach;",
    "};\n",
  ]
    .join("\n  ")
    .replace(/\n {2}(};\n)$/, "\n$1");
}

function properties(element: Element, codes: Codes): readonly string[] {
  const name = element.path.replace(/^.*\./, "");
  const types = element.contentReference === undefined ? (element.type ?? []) : [];
  if (name.endsWith("[x]")) {
    return types.map((type) => {
      const key = name.slice(0, -3) + type.code[0]?.toUpperCase() + type.code.slice(1);
      return property(key, { ...element, min: 0 }, typescriptName(typeName(type, element.path)));
    });
  }
  if (element.contentReference !== undefined)
    return [property(name, element, typeNameOfPath(element.contentReference.slice(1)))];
  if (isInner(element)) return [property(name, element, typeNameOfPath(element.path))];
  const [type] = types;
  return type === undefined
    ? []
    : [property(name, element, literals(element, codes) ?? typescriptName(typeName(type, element.path)))];
}

function property(name: string, element: Element, type: string): string {
  const many = element.max !== "1";
  const grouped = many && type.includes("|") ? `(${type})` : type;
  return `readonly ${name}${element.min > 0 ? "" : "?"}: ${many ? `readonly ${grouped}[]` : type};`;
}

function literals(element: Element, codes: Codes): string | undefined {
  if (element.type?.[0]?.code !== "code" || element.binding?.strength !== "required") return undefined;
  const list = codes[withoutVersion(element.binding.valueSet ?? "").replace(/^.*\//, "")];
  if (list === undefined || list.codes.length > literalsMax) return undefined;
  return list.codes.map((code) => JSON.stringify(code)).join(" | ");
}

function typescriptName(type: string): string {
  if (type === "boolean") return "boolean";
  if (["decimal", "integer", "positiveInt", "unsignedInt"].includes(type)) return "number";
  return /^[a-z]/.test(type) ? "string" : type;
}

/** `Encounter.statusHistory` → `EncounterStatusHistory`. */
function typeNameOfPath(path: string): string {
  return path
    .split(".")
    .map((part) => part[0]?.toUpperCase() + part.slice(1))
    .join("");
}
