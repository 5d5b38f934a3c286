import { isPrimitiveType, isResourceType } from "#standards/fhir";
import type { ReadyMap, ReadyMaps, ReadyRow } from "../compile.ts";
import type { Way } from "../target.ts";

/**
 * What a row is the other way round. `copy`: the element's text is the value; `code`: through the row's table; `map`: by the
 * data type map, which is itself run backwards; `constant`: the row writes a fixed text, by which the entry is known.
 */
export type Reversal =
  | { readonly is: "copy" | "code" | "map" | "constant" }
  | { readonly is: "none"; readonly reason: string };

/** The field that carries a list's entries which nothing else tells apart. By map and element; else the first row's field. */
const carriers: Readonly<Record<string, number>> = {
  "PID[Patient] identifier": 3,
  "PID[Patient] name": 5,
  "PID[Patient] address": 11,
  "PID[Patient] telecom": 13,
  "PV1[Encounter] identifier": 19,
};

/** Rows that would write what another place carries better. */
const listedRows: ReadonlyMap<string, string> = new Map([
  ["ORC[ServiceRequest]#1", "a function writes ORC-1 by what has changed"],
  ["ORC[ServiceRequest]#22", "a function writes ORC-5 where ORC-1 alone would be read otherwise"],
  ["OBR[ServiceRequest]#27", "ORC-2 carries the placer's number"],
  ["ORC[ServiceRequest]#39", "ORC-2 carries the placer's number"],
  ["SPM[Specimen]#18", "SPM-2 carries the numbers of the specimen"],
  ["XTN[ContactPoint]#19", "XTN.1 carries the number"],
  ["TQ1[ServiceRequest]#11", "NTE carries the notes"],
  ["OBX[Observation]#43", "OBX-23 carries the organisation"],
  ["OBX[Observation]#44", "OBX-25 carries the role"],
  ...["XAD[Address]#1", "XAD[Address]#2", "XAD[Address]#20", "SAD[Address]#1", "SAD[Address]#2", "SAD[Address]#3"].map(
    (id) => [id, "a function places the lines of an address"] as const,
  ),
]);

/** Data types that are written by functions of their own, because their rows do not hold all that there is to say. */
const typedMaps: ReadonlySet<string> = new Set(["hd[uri]"]);

/** By rule, from the row itself and the map it is in. */
export function reversalOf(row: ReadyRow, map: ReadyMap, maps: ReadyMaps): Reversal {
  const { assignment, target } = row;
  const listed = listedRows.get(row.id);
  if (listed !== undefined) return none(listed);
  if (assignment?.is === "function") return none("a function makes it, which has no way back");
  if (assignment?.is === "joined") {
    const isFixed = assignment.parts.every((part) => "text" in part);
    return isFixed ? { is: "constant" } : none("several values are put together into one text");
  }
  if (target.sibling !== "" && target.sibling !== "1") return none("one value makes several entries");
  if (row.numbers.length === 0 && map.from !== row.from && target.last !== undefined) return none("it names no field");
  if (isNamelessExtension(row, map)) return none("nothing in the rows says which extension it is");
  if (isUnowned(row, map)) return none(`another field carries the entries of ${row.target.way[0]?.key ?? row.element}`);
  return valueReversal(row, maps);
}

function valueReversal({ target: { last }, using, codes }: ReadyRow, maps: ReadyMaps): Reversal {
  const inner = using === undefined ? undefined : maps.types.get(using);
  if (inner?.isNested === true) return none("one value makes several resources, one within the other");
  if (last === undefined)
    return inner === undefined
      ? { is: "copy" }
      : isOther(inner)
        ? none("it makes a resource of its own")
        : { is: "map" };
  if (isPrimitiveType(last.type)) {
    if (codes === undefined) return { is: "copy" };
    return codes.codes.size === 0 ? none("its table has no codes") : { is: "code" };
  }
  if (inner !== undefined) return { is: "map" };
  return using === undefined ? none("the guide has no data type map for it") : none(`there is no map ${using}`);
}

function isNamelessExtension(row: ReadyRow, map: ReadyMap): boolean {
  const depth = stepsOf(row).findLastIndex(({ key }) => key === "extension") + 1;
  return depth > 0 && depth < stepsOf(row).length && !constraintsOf(row, map).some((each) => each.depth === depth);
}

function isOther(inner: ReadyMap): boolean {
  return isResourceType(inner.made) && !typedMaps.has(inner.name);
}

/** Two fields for one list, with nothing in the rows by which an entry is known to be of this one. */
function isUnowned(row: ReadyRow, map: ReadyMap): boolean {
  const list = openList(row);
  if (list === undefined || map.name.split("[")[0] !== row.from.split("-")[0]) return false;
  if (constraintsOf(row, map).length > 0) return false;
  const field = row.numbers[0];
  const rivals = map.rows.filter(
    (other) => openList(other)?.key === list.key && constraintsOf(other, map).length === 0,
  );
  const owner =
    carriers[`${map.name} ${list.key}`] ?? rivals.find(({ assignment }) => assignment === undefined)?.numbers[0];
  return owner !== field;
}

function openList(row: ReadyRow): Way | undefined {
  const [first] = stepsOf(row);
  return first?.isList === true && first.is === "element" && row.assignment === undefined ? first : undefined;
}

/** A fixed text that an entry must have to be of this row: the path below the entry. */
export interface Constraint {
  /** How many steps of the row lead to the entry. */
  readonly depth: number;
  readonly path: readonly Way[];
  readonly text: string;
}

/** What the map's rows of the same field write beside this value. */
export function constraintsOf(row: ReadyRow, map: ReadyMap): readonly Constraint[] {
  const own = stepsOf(row);
  return map.rows.flatMap((other) => {
    const text = fixedText(other);
    if (text === undefined || other.numbers.join(".") !== row.numbers.join(".")) return [];
    if (other.test !== undefined && row.test === undefined) return [];
    const steps = stepsOf(other);
    const depth = sharedLength(own, steps);
    return depth > 0 && steps.length > depth ? [{ depth, path: steps.slice(depth), text }] : [];
  });
}

export function fixedText({ assignment }: ReadyRow): string | undefined {
  if (assignment?.is !== "joined") return undefined;
  const texts = assignment.parts.map((part) => ("text" in part ? part.text : undefined));
  return texts.includes(undefined) ? undefined : texts.join("");
}

/** Steps that both share, up to the last list among them. */
function sharedLength(one: readonly Way[], other: readonly Way[]): number {
  let length = 0;
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const [a, b] = [one[at], other[at]];
    if (a?.key !== b?.key || a?.index !== b?.index || a?.type !== b?.type) break;
    if (a?.isList === true) length = at + 1;
  }
  return length;
}

export function stepsOf({ target: { way, last } }: ReadyRow): readonly Way[] {
  return last === undefined ? way : [...way, last];
}

function none(reason: string): Reversal {
  return { is: "none", reason };
}

/** Every row of the maps with what it is the other way round. */
export function reversals(maps: ReadyMaps): ReadonlyMap<string, Reversal> {
  const all = [...maps.segments.values(), ...maps.types.values()];
  return new Map(all.flatMap((map) => map.rows.map((row) => [row.id, reversalOf(row, map, maps)] as const)));
}
