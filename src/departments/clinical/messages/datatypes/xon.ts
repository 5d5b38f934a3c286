import type { Identifier, Reference } from "#standards/fhir";
import type { FieldReader } from "../message-reader.ts";
import { present } from "../present.ts";
import { checkDigits, typeOf } from "./cx.ts";
import { assignerOf, authorityIn, identifierSystem } from "./hd.ts";

/**
 * An organisation as a logical reference: its name and number. XON.3 counts only where XON.10 is empty.
 * Source: v2-to-FHIR XON[Organization].
 */
export function organization(field: FieldReader | undefined): Reference | undefined {
  if (field === undefined) return undefined;
  const display = field.text(1);
  const value = field.text(10) ?? field.text(3);
  if (display === undefined && value === undefined) return undefined;
  const identifier = value === undefined ? undefined : identifierOf(field, value);
  return present<Reference>({ type: "Organization", identifier, display });
}

function identifierOf(field: FieldReader, value: string): Identifier {
  const authority = authorityIn(field, 6);
  return present<Identifier>({
    extension: checkDigits(field, 4),
    type: typeOf(field, 7),
    system: identifierSystem(authority),
    value,
    assigner: assignerOf(authority),
  });
}
