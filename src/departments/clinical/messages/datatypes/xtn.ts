import type { ContactPoint } from "#standards/fhir";
import type { FieldReader } from "../message-reader.ts";
import { list, present } from "../present.ts";
import { codeIn } from "./cwe.ts";
import { periodIn } from "./ts.ts";

type Use = ContactPoint["use"];

/**
 * A telephone number or address of electronic mail. `use` where XTN.2 says none. Undefined when there is no number.
 * A mobile telephone is equipment in v2 and a use in FHIR.
 * Source: v2-to-FHIR XTN[ContactPoint].
 */
export function contactPoint(field: FieldReader | undefined, use?: Use): ContactPoint | undefined {
  if (field === undefined) return undefined;
  const system = systemOf(field);
  const value = system === "email" ? (field.text(4) ?? field.text(1)) : numberOf(field);
  if (value === undefined) return undefined;
  return present<ContactPoint>({
    system,
    value,
    use: usageOf(field) ?? use,
    rank: rankOf(field),
    period: periodIn(field, { from: 13, to: 14 }),
  });
}

/** All the repetitions of a field. */
export function contactPoints(fields: readonly FieldReader[], use?: Use): readonly ContactPoint[] | undefined {
  return list(...fields.map((field) => contactPoint(field, use)));
}

/** A telephone where nothing is said: a number must have a system. */
function systemOf(field: FieldReader): NonNullable<ContactPoint["system"]> {
  const equipment = field.peek(3);
  if (equipment === "CP") {
    field.text(3);
    return "phone";
  }
  const system = codeIn(field, { component: 3, table: "TelecommunicationEquipmentType" });
  if (system !== undefined) return system as NonNullable<ContactPoint["system"]>;
  if (field.peek(4) !== undefined || field.peek(1)?.includes("@")) return "email";
  return "phone";
}

function usageOf(field: FieldReader): Use | undefined {
  if (field.peek(3) === "CP") return "mobile";
  return codeIn(field, { component: 2, table: "TelecommunicationUseCode" }) as Use | undefined;
}

/** The parts first, from XTN.5 on, else the number as it was typed. */
function numberOf(field: FieldReader): string | undefined {
  const local = field.peek(7);
  if (local === undefined) return field.text(12) ?? field.text(1);
  const [country, area, , extension] = [5, 6, 7, 8].map((component) => field.text(component));
  field.text(7);
  const parts = [country === undefined ? undefined : `+${country}`, area, local];
  if (extension !== undefined) parts.push(`X${extension}`);
  return parts.filter((part) => part !== undefined).join(" ");
}

function rankOf(field: FieldReader): number | undefined {
  const rank = field.peek(18);
  if (rank === undefined || !/^[1-9]\d{0,5}$/.test(rank)) return undefined;
  field.text(18);
  return Number(rank);
}
