import { components, fields, segmentNames } from "./generated/names.ts";
import { type Position, parsePosition } from "./position.ts";

/** A field of a segment or a component of a data type, as the standard names it. */
export interface PartName {
  /** `Patient Name` */
  readonly name: string;
  /** `XPN`; undefined where it depends on another field, as OBX-5 does on OBX-2. */
  readonly dataType: string | undefined;
  readonly min: number | undefined;
  /** `*` when it may repeat without end. */
  readonly max: number | "*" | undefined;
}

/** What people call a position, level by level; undefined below the last level that is known. */
export interface PositionNames {
  readonly segment: string | undefined;
  readonly field: PartName | undefined;
  readonly component: PartName | undefined;
  readonly subcomponent: PartName | undefined;
}

/** `Patient Identification` for PID; undefined for a local segment. */
export function segmentTitle(segment: string): string | undefined {
  return Object.hasOwn(segmentNames, segment) ? segmentNames[segment] : undefined;
}

/** The name of PID-5, of the newest version; undefined when the official v2-to-FHIR maps have no such field. */
export function fieldName(segment: string, number: number): PartName | undefined {
  return partOf(fields, segment, number);
}

/** The name of XPN.1; undefined when the official v2-to-FHIR maps have no such component. */
export function componentName(dataType: string, number: number): PartName | undefined {
  return partOf(components, dataType, number);
}

/** `PID-5.1.1` is Patient Identification, Patient Name, Family Name, Surname. `valueType` is OBX-2, for OBX-5. */
export function positionNames(position: Position | string, valueType?: string): PositionNames {
  const place = typeof position === "string" ? parsePosition(position) : position;
  const field = place?.field === undefined ? undefined : fieldName(place.segment, place.field);
  const isObservationValue = place?.segment === "OBX" && place.field === 5;
  const component = below(isObservationValue ? valueType : field?.dataType, place?.component);
  return {
    segment: place && segmentTitle(place.segment),
    field,
    component,
    subcomponent: below(component?.dataType, place?.subcomponent),
  };
}

function below(dataType: string | undefined, number: number | undefined): PartName | undefined {
  return dataType === undefined || number === undefined ? undefined : componentName(dataType, number);
}

/** Each table has a line for every part, by number: `Patient Name|XPN|1|*`. */
function partOf(table: Readonly<Record<string, string>>, owner: string, number: number): PartName | undefined {
  const line = Object.hasOwn(table, owner) ? table[owner]?.split("\n")[number - 1] : undefined;
  if (line === undefined || line === "") return undefined;
  const [name = "", dataType = "", min = "", max = ""] = line.split("|");
  return { name, dataType: dataType || undefined, min: countOf(min), max: max === "*" ? max : countOf(max) };
}

function countOf(text: string): number | undefined {
  return text === "" ? undefined : Number(text);
}
