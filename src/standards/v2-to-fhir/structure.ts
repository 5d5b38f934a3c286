import { officialStructures, type StructureRow } from "./tables.ts";
import { madeFrom } from "./target.ts";

/** A place of a message structure: all rows about it. */
export interface Place {
  readonly at: number;
  readonly segment: string;
  /** The names of the groups around it, the outermost first. */
  readonly groups: readonly string[];
  readonly rows: readonly StructureRow[];
}

export interface Structure {
  readonly name: string;
  readonly places: readonly Place[];
  /** The groups that may come more than once. */
  readonly repeating: ReadonlySet<string>;
}

export function structureOfRows(name: string, rows: readonly StructureRow[]): Structure {
  const places: Place[] = [];
  const repeating = new Set<string>();
  for (const row of rows) {
    const segment = row.segment || madeFrom(row.using);
    if (segment === "") {
      if (row.repeats) repeating.add(row.place);
      continue;
    }
    const last = places.at(-1);
    if (last !== undefined && last.segment === segment && last.rows[0]?.place === row.place) {
      places[places.length - 1] = { ...last, rows: [...last.rows, row] };
      continue;
    }
    places.push({ at: places.length, segment, groups: groupsOf(row.place), rows: [row] });
  }
  return { name, places, repeating };
}

/** `ORU_R01.PATIENT_RESULT.PATIENT.PID` is within `ORU_R01.PATIENT_RESULT` and `ORU_R01.PATIENT_RESULT.PATIENT`. */
function groupsOf(place: string): readonly string[] {
  const parts = place.split(".").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join(".")).slice(1);
}

/** The next place for a segment, and the group that begins anew with it; undefined when the structure has none. */
export function nextPlace(structure: Structure, segment: string, current: Place | undefined): NextPlace | undefined {
  const groups = current?.groups ?? [];
  if (current?.segment === segment && current.rows[0]?.repeats === true) return { place: current };
  for (let depth = groups.length; depth >= 0; depth -= 1) {
    const group = groups[depth - 1];
    const within = structure.places.filter((place) => place.segment === segment && isWithin(place, group));
    const forward = within.find(({ at }) => at > (current?.at ?? -1));
    if (forward !== undefined) return { place: forward };
    if (group !== undefined && structure.repeating.has(group) && within[0] !== undefined) {
      return { place: within[0], restarted: group };
    }
  }
  const first = structure.places.find(
    (place) => place.segment === segment && place.rows.some(({ using }) => using !== ""),
  );
  return first && { place: first };
}

export interface NextPlace {
  readonly place: Place;
  readonly restarted?: string;
}

function isWithin({ groups }: Place, group: string | undefined): boolean {
  return group === undefined || groups.includes(group);
}

export const structures: ReadonlyMap<string, Structure> = new Map(
  [...officialStructures].map(([name, rows]) => [name, structureOfRows(name, rows)]),
);

/** By MSH-9.1 and MSH-9.2 where the guide has a structure of that name or one that stands for it; else by MSH-9.1. */
const substitutes: Readonly<Record<string, string>> = {
  ADT: "ADT_A01",
  BAR: "ADT_A01",
  DFT: "ADT_A01",
  MDM: "MDM_T02",
  OMG: "OML_O21",
  OML: "OML_O21",
  ORM: "ORM_O01",
  ORU: "ORU_R01",
  OUL: "ORU_R01",
  RDE: "ORM_O01",
  RDS: "ORM_O01",
  SIU: "SIU_S12",
  VXU: "VXU_V04",
};

export function structureFor(code: string, trigger: string): Structure {
  const name = structures.has(`${code}_${trigger}`) ? `${code}_${trigger}` : (substitutes[code] ?? "ADT_A01");
  return structures.get(name) ?? { name, places: [], repeating: new Set() };
}

/** Structures that others borrow from, in this order. */
const lenders = ["ORU_R01", "OML_O21", "ADT_A01", "SIU_S12", "MDM_T02", "ORM_O01", "VXU_V04", "ADT_A09"];

/** Groups of another name that say the same of a specimen. */
const alike: Readonly<Record<string, string>> = { CONTAINER_OBSERVATION: "SPECIMEN_OBSERVATION" };

/**
 * Where a segment stands of which the message's own structure makes nothing: the first of the others that makes something of
 * it, in a group of the same name if there is one.
 */
export function borrowedPlace(segment: string, groups: readonly string[] = []): Place | undefined {
  const name = groups.at(-1)?.split(".").at(-1) ?? "";
  const places = lenders
    .flatMap((lender) => structures.get(lender)?.places ?? [])
    .filter((place) => place.segment === segment && place.rows.some(({ using }) => using !== ""));
  const isSameGroup = (place: Place) => place.groups.at(-1)?.endsWith(`.${alike[name] ?? name}`) === true;
  return (name === "" ? undefined : places.find(isSameGroup)) ?? places[0];
}
