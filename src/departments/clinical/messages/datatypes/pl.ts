import type { Identifier, Reference } from "#standards/fhir";
import type { FieldReader } from "../message-reader.ts";
import { present } from "../present.ts";
import { assignerOf, authorityIn, authoritySystem, identifierSystem } from "./hd.ts";

/** From the largest place to the smallest. */
const parts = {
  facility: 4,
  building: 7,
  floor: 8,
  pointOfCare: 1,
  room: 2,
  bed: 3,
} as const;

/**
 * A place as a logical reference: `MEADOW, WARD7, BAY2, BED3`. Its identifier is the path from point of care to bed,
 * of the facility's system; a place that several messages name the same way is the same place.
 * Source: v2-to-FHIR PL[Location].
 */
export function location(field: FieldReader | undefined): Reference | undefined {
  if (field === undefined) return undefined;
  const names = Object.values(parts).map((component) => field.text(component, 1));
  const description = field.text(9);
  const display = [...names, description].filter((name) => name !== undefined).join(", ");
  return display === "" ? undefined : present<Reference>({ type: "Location", identifier: pathOf(field), display });
}

function pathOf(field: FieldReader): Identifier | undefined {
  const path = [parts.pointOfCare, parts.room, parts.bed].map((component) => field.peek(component, 1));
  const value = path.filter((part) => part !== undefined).join("/");
  if (value === "") return undefined;
  const facility = authorityIn(field, parts.facility);
  const system = identifierSystem(facility) ?? authoritySystem(field.origin.sender);
  // Where the name of the facility is its system, the display tells it; another number of it is told beside.
  const { universalId } = facility;
  const assigner = universalId === undefined || system.includes(universalId) ? undefined : assignerOf(facility);
  return present<Identifier>({ system: `${system}:location`, value, assigner });
}
