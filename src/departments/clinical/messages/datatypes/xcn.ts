import type { HumanName, Identifier, Reference } from "#standards/fhir";
import type { FieldReader } from "../message-reader.ts";
import { present, presentOrNone } from "../present.ts";
import { checkDigits, typeOf } from "./cx.ts";
import { assignerOf, authorityIn, authorityParts, identifierSystem } from "./hd.ts";
import { staffName } from "./xpn.ts";

/**
 * A member of staff as a logical reference: who it is by number and name, without a Practitioner resource that a
 * message from elsewhere would have to invent.
 * Source: v2-to-FHIR XCN[Practitioner].
 */
export function practitioner(field: FieldReader | undefined): Reference | undefined {
  if (field === undefined) return undefined;
  const name = staffName(field);
  const display = name && fullName(name);
  const identifier = identifierOf(field);
  if (identifier === undefined && display === undefined) return undefined;
  return present<Reference>({ type: "Practitioner", identifier, display });
}

/** `Dr Ingrid Lindqvist`. */
export function fullName({ prefix = [], given = [], family, suffix = [] }: HumanName): string | undefined {
  const parts = [...prefix, ...given, family, ...suffix].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(" ");
}

/**
 * The name, an CNN, in the subcomponents of NDL.1. Source: v2-to-FHIR NDL[PractitionerRole], CNN[Practitioner].
 */
export function practitionerInNdl(field: FieldReader | undefined): Reference | undefined {
  if (field === undefined) return undefined;
  if (field.peek(1, 2) === undefined && field.peek(2) !== undefined && !/^\d{8}/.test(field.peek(2) ?? "")) {
    // An XCN where an NDL belongs, as many senders of 2.3 do.
    return practitioner(field);
  }
  const [number, family, given, second, suffix, prefix, degree] = [1, 2, 3, 4, 5, 6, 7].map((part) =>
    field.text(1, part),
  );
  const display = [prefix, given, second, family, suffix, degree].filter((part) => part !== undefined).join(" ");
  const authority = authorityParts(field, [
    [1, 9],
    [1, 10],
    [1, 11],
  ]);
  const identifier =
    number === undefined
      ? undefined
      : present<Identifier>({
          system: identifierSystem(authority),
          value: number,
          assigner: assignerOf(authority),
        });
  const reference = presentOrNone<Reference>({ identifier, display: display || undefined });
  return reference && { type: "Practitioner", ...reference };
}

function identifierOf(field: FieldReader): Identifier | undefined {
  const value = field.text(1);
  if (value === undefined) return undefined;
  const authority = authorityIn(field, 9);
  return present<Identifier>({
    extension: checkDigits(field, 11),
    type: typeOf(field, 13),
    system: identifierSystem(authority),
    value,
    assigner: assignerOf(authority),
  });
}
