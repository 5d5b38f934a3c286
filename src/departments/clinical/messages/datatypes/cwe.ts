import type { CodeableConcept, Coding } from "#standards/fhir";
import { type CodeTableName, meaningOf, tableOf } from "../code-tables.ts";
import { codingSystem } from "../coding-systems.ts";
import type { FieldReader } from "../message-reader.ts";
import { list, present, presentOrNone } from "../present.ts";

/** Where the three codings of a CWE stand; a CE has the first two. */
const codings = [
  { code: 1, display: 2, system: 3, version: 7 },
  { code: 4, display: 5, system: 6, version: 8 },
  { code: 10, display: 11, system: 12, version: 13 },
] as const;

type CodingPlace = (typeof codings)[number];

/**
 * CWE, CNE, CE or IS as a concept. With a table, a code of that table also gets its FHIR meaning, in front. Text
 * without a code becomes the concept's text.
 * Source: v2-to-FHIR CWE[CodeableConcept], CE[CodeableConcept], IS[CodeableConcept].
 */
export function codeableConcept(field: FieldReader | undefined, table?: CodeTableName): CodeableConcept | undefined {
  if (field === undefined) return undefined;
  const [first, second, third] = codings;
  const coding = list(
    meaningCoding(field, table),
    codingAt(field, first, table),
    codingAt(field, second),
    codingAt(field, third),
  );
  const text = field.text(9) ?? textWithoutCode(field);
  return presentOrNone<CodeableConcept>({ coding, text });
}

/** All the repetitions of a field. */
export function codeableConcepts(
  fields: readonly FieldReader[],
  table?: CodeTableName,
): readonly CodeableConcept[] | undefined {
  return list(...fields.map((field) => codeableConcept(field, table)));
}

/** A CE in one component, its parts in subcomponents. Source: v2-to-FHIR SPS[Specimen-Source]. */
export function conceptIn(
  field: FieldReader,
  { component, table }: { readonly component: number; readonly table: CodeTableName },
): CodeableConcept | undefined {
  const code = field.code(component, 1);
  const text = field.text(component, 2);
  const name = field.text(component, 3);
  if (code === undefined) return text === undefined ? undefined : { text };
  const meaning = isOfTable(name, table) ? meaningOf(table, code) : undefined;
  const system = systemOf(name, { field, table });
  const isSaid = meaning?.code === code && (text === undefined || text === meaning.display);
  const sent = isSaid ? undefined : present<Coding>({ system, code, display: text });
  return presentOrNone<CodeableConcept>({ coding: list<Coding>(meaning, sent) });
}

/** The first coding alone. Source: v2-to-FHIR CWE[Coding]. */
export function codingOf(field: FieldReader | undefined, table?: CodeTableName): Coding | undefined {
  if (field === undefined) return undefined;
  return meaningCoding(field, table) ?? codingAt(field, codings[0], table);
}

/** The FHIR code that the table has for a code; undefined, and not counted as carried, when it has none. */
export function codeOf(field: FieldReader | undefined, table: CodeTableName): string | undefined {
  return codeIn(field, { component: 1, table });
}

/** Likewise, of a code in another component. */
export function codeIn(
  field: FieldReader | undefined,
  { component, table }: { readonly component: number; readonly table: CodeTableName },
): string | undefined {
  const meaning = meaningOf(table, field?.peek(component) ?? "");
  if (meaning !== undefined) field?.text(component);
  return meaning?.code;
}

function meaningCoding(field: FieldReader, table: CodeTableName | undefined): Coding | undefined {
  if (table === undefined) return undefined;
  const code = field.peek(1);
  const meaning = isOfTable(field.peek(3), table) ? meaningOf(table, code ?? "") : undefined;
  if (meaning === undefined) return undefined;
  return present<Coding>({ ...meaning, display: meaning.display || undefined });
}

/** The coding as sent; left out where its FHIR meaning is the same code of the same system, or says it better. */
function codingAt(field: FieldReader, place: CodingPlace, table?: CodeTableName): Coding | undefined {
  const code = field.code(place.code);
  if (code === undefined) return undefined;
  const display = field.text(place.display);
  const name = field.text(place.system);
  const version = field.text(place.version);
  const system = systemOf(name, { field, table });
  const meaning = table !== undefined && isOfTable(name, table) ? meaningOf(table, code) : undefined;
  const isSaid = meaning?.code === code && (display === undefined || display === meaning.display);
  return isSaid ? undefined : present<Coding>({ system, version, code, display });
}

function systemOf(name: string | undefined, of: { field: FieldReader; table: CodeTableName | undefined }): string {
  const { origin } = of.field;
  if (name !== undefined) return codingSystem(name, origin);
  return of.table === undefined ? origin.localCodes : codingSystem(tableOf(of.table), origin);
}

function isOfTable(name: string | undefined, table: CodeTableName): boolean {
  return name === undefined || name.toUpperCase() === tableOf(table);
}

function textWithoutCode(field: FieldReader): string | undefined {
  for (const { code, display } of codings) {
    const text = field.peek(code) === undefined ? field.text(display) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}
