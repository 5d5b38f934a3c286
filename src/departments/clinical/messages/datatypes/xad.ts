import type { Address, Extension } from "#standards/fhir";
import type { FieldReader } from "../message-reader.ts";
import { list, presentOrNone } from "../present.ts";
import { codeIn } from "./cwe.ts";
import { periodIn } from "./ts.ts";

/** An address. Source: v2-to-FHIR XAD[Address], SAD[Address]. */
export function address(field: FieldReader | undefined): Address | undefined {
  if (field === undefined) return undefined;
  const lines = [field.text(1, 1), field.text(1, 2), field.text(1, 3), field.text(2), field.text(19)];
  return presentOrNone<Address>({
    extension: list(censusTract(field)),
    use: codeIn(field, { component: 7, table: "AddressType[Use]" }) as Address["use"],
    type: codeIn(field, { component: 7, table: "AddressType[Type]" }) as Address["type"],
    line: list(...lines),
    city: field.text(3),
    district: field.text(9),
    state: field.text(4),
    postalCode: field.text(5),
    country: field.text(6),
    period: periodIn(field, { from: 13, to: 14 }),
  });
}

export function addresses(fields: readonly FieldReader[]): readonly Address[] | undefined {
  return list(...fields.map(address));
}

function censusTract(field: FieldReader): Extension | undefined {
  const tract = field.text(10);
  const url = "http://hl7.org/fhir/StructureDefinition/iso21090-ADXP-censusTract";
  return tract === undefined ? undefined : { url, valueString: tract };
}
