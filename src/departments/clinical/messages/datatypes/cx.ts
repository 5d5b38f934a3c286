import type { CodeableConcept, Extension, Identifier } from "#standards/fhir";
import { meaningOf } from "../code-tables.ts";
import type { FieldReader } from "../message-reader.ts";
import { list, present, presentOrNone } from "../present.ts";
import { assignerOf, authorityIn, identifierSystem } from "./hd.ts";
import { periodIn } from "./ts.ts";

/**
 * CX as an identifier; `defaultSystem` where no authority is named. Undefined without a CX.1.
 * Source: v2-to-FHIR CX[Identifier].
 */
export function extendedIdentifier(field: FieldReader | undefined, defaultSystem?: string): Identifier | undefined {
  const value = field?.text(1);
  if (field === undefined || value === undefined) return undefined;
  const authority = authorityIn(field, 4);
  return present<Identifier>({
    extension: checkDigits(field, 2),
    type: typeOf(field, 5),
    system: identifierSystem(authority) ?? defaultSystem,
    value,
    period: periodIn(field, { from: 7, to: 8 }),
    assigner: assignerOf(authority),
  });
}

/** A check digit and its scheme stand together, in CX from 2, in XCN from 11, in XON from 4. */
export function checkDigits(field: FieldReader, first: number): readonly Extension[] | undefined {
  const digit = field.text(first);
  const scheme = field.text(first + 1);
  return list(
    digit === undefined ? undefined : { url: `${structures}/identifier-checkDigit`, valueString: digit },
    scheme === undefined ? undefined : { url: `${structures}/namingsystem-checkDigit`, valueString: scheme },
  );
}

const structures = "http://hl7.org/fhir/StructureDefinition";

/** A code of table 0203, or a local one as text. */
export function typeOf(field: FieldReader, component: number): CodeableConcept | undefined {
  const code = field.text(component);
  if (code === undefined) return undefined;
  const meaning = meaningOf("IdentifierType", code);
  return meaning === undefined ? presentOrNone<CodeableConcept>({ text: code }) : { coding: [meaning] };
}
