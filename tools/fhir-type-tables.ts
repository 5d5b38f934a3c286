import { type CodeList, codeLists, withoutVersion } from "./fhir-code-lists.ts";
import type { Element, ElementType, StructureDefinition } from "./fhir-package.ts";

/** One type as the generated table holds it; see `definitions.ts` for how an element line reads. */
export interface TypeTable {
  readonly kind: StructureDefinition["kind"];
  readonly base?: string;
  readonly abstract?: true;
  readonly elements: readonly string[];
}

export interface TypeTables {
  readonly types: Readonly<Record<string, TypeTable>>;
  readonly codes: Readonly<Record<string, CodeList>>;
}

export function typeTables(definitions: readonly StructureDefinition[]): TypeTables {
  const { listOf } = codeLists();
  const codes: Record<string, CodeList> = {};

  function bindingOf(element: Element): string {
    const { binding } = element;
    const isCode = element.type?.some((type) => type.code === "code") === true;
    if (!isCode || binding?.strength !== "required" || binding.valueSet === undefined) return "";
    const url = withoutVersion(binding.valueSet);
    const list = listOf(url);
    if (list === undefined) return "";
    const name = url.replace(/^.*\//, "");
    codes[name] = list;
    return ` #${name}`;
  }

  const types = Object.fromEntries(
    definitions.map((definition) => [definition.id, typeTable(definition, bindingOf)] as const),
  );
  return { types, codes };
}

function typeTable(definition: StructureDefinition, bindingOf: (element: Element) => string): TypeTable {
  const base = definition.baseDefinition?.replace(/^.*\//, "");
  const own = definition.kind === "primitive-type" ? [] : ownElements(definition);
  return {
    kind: definition.kind,
    ...(base === undefined ? {} : { base }),
    ...(definition.abstract ? { abstract: true } : {}),
    elements: own.map((element) => elementLine(element, definition.id) + bindingOf(element)),
  };
}

/** Without the element for the type itself, and without those that its base type (or that of an inner element) has. */
export function ownElements(definition: StructureDefinition): readonly Element[] {
  return definition.snapshot.element.filter(
    ({ path, base }) => path !== definition.id && (base === undefined || base.path === path),
  );
}

function elementLine(element: Element, typeName: string): string {
  const name = element.path.slice(typeName.length + 1);
  const types =
    element.contentReference === undefined
      ? (element.type ?? []).map((type) => typeText(type, element.path)).join("|")
      : `@${element.contentReference.slice(1)}`;
  return `${name} ${element.min}..${element.max} ${types}`;
}

function typeText(type: ElementType, path: string): string {
  const targets = (type.targetProfile ?? [])
    .map((url) => url.replace(/^.*\//, ""))
    .filter((name) => name !== "Resource");
  return typeName(type, path) + (targets.length === 0 ? "" : `(${targets.join(",")})`);
}

/** `System.String` and the like, in which the definitions state ids and urls, as the FHIR type they stand for. */
export function typeName(type: ElementType, path: string): string {
  if (path === "Resource.id") return "id";
  if (!type.code.startsWith("http://hl7.org/fhirpath/")) return type.code;
  return type.extension?.find(({ url }) => url.endsWith("structuredefinition-fhir-type"))?.valueUrl ?? "string";
}
