import codeTableJson from "./generated/code-tables.json" with { type: "json" };
import dataTypeJson from "./generated/data-types.json" with { type: "json" };
import messageJson from "./generated/messages.json" with { type: "json" };
import segmentJson from "./generated/segments.json" with { type: "json" };

/**
 * One row of a segment or data type map: where a value is from and to which element it goes. Texts are as the guide has
 * them, empty where it has nothing; `repairs.ts` says which of them are mended.
 * Source: HL7 Version 2 to FHIR Implementation Guide, STU 1.
 */
export interface ElementRow {
  /** `PID[Patient]#3`: the map and the number of the row in it; `uk:…` and the like in layers. */
  readonly id: string;
  /** `PID-3`, `CX.4`; `PID` or nothing where the row depends on no value. */
  readonly from: string;
  /** `CX`; nothing where it is said elsewhere. */
  readonly type: string;
  /** `identifier[2]`, `performer[1](PractitionerRole.practitioner)`. */
  readonly to: string;
  /** The data type map that carries the value: `CX[Identifier]`. */
  readonly using: string;
  /** The code table that translates it: `AdministrativeSex`. */
  readonly codes: string;
  /** A value in quotes, values joined by `+`, or `@name(…)`: a function of `functions.ts`. */
  readonly assign: string;
  readonly when: string;
  /** The fingerprint of a condition in prose: see `decisions.ts`. */
  readonly prose: string;
}

/** One row of a message map: which resource a segment of this place becomes, by which segment map. */
export interface StructureRow {
  /** `ORU_R01#7`. */
  readonly id: string;
  /** `ORU_R01.PATIENT_RESULT.PATIENT.PID`. */
  readonly place: string;
  /** The segment's name, or nothing for the begin and end of a group. */
  readonly segment: string;
  /** The segment, or the group, may come more than once. */
  readonly repeats: boolean;
  /** `Patient[1]`; nothing where the guide makes nothing of the segment. */
  readonly to: string;
  /** `PID[Patient]`. */
  readonly using: string;
  /** `Observation[2].subject.reference=Patient[1].id`, several divided by semicolons. */
  readonly references: string;
  readonly when: string;
  readonly prose: string;
}

export interface CodeTable {
  /** `AdministrativeSex`. */
  readonly name: string;
  /** `HL70001`. */
  readonly table: string;
  /** The FHIR code system of most of its targets; empty where they have none. */
  readonly system: string;
  /** By v2 code, the first target first. */
  readonly codes: ReadonlyMap<string, CodeTarget>;
  /** Of these, what layers have changed or added. */
  readonly changed?: ReadonlySet<string>;
}

export interface CodeTarget {
  readonly code: string;
  readonly display: string;
  readonly system: string;
}

type Cells = readonly string[];
type CodeCells = readonly [string, string, readonly Cells[]];

export const officialSegmentMaps: ReadonlyMap<string, readonly ElementRow[]> = elementMaps(segmentJson);
export const officialTypeMaps: ReadonlyMap<string, readonly ElementRow[]> = elementMaps(dataTypeJson);

export const officialStructures: ReadonlyMap<string, readonly StructureRow[]> = new Map(
  Object.entries(messageJson as Readonly<Record<string, readonly Cells[]>>).map(([name, rows]) => [
    name,
    rows.map((row, at) => structureRow(row, `${name}#${at + 1}`)),
  ]),
);

export const officialCodeTables: ReadonlyMap<string, CodeTable> = new Map(
  Object.entries(codeTableJson as unknown as Readonly<Record<string, CodeCells>>).map(([name, cells]) => [
    plainName(name),
    codeTable(name, cells),
  ]),
);

/** Names of maps and tables are compared without regard to case, blanks and strokes, which the sheets use freely. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9[\].-]/g, "");
}

function elementMaps(json: object): ReadonlyMap<string, readonly ElementRow[]> {
  const maps = Object.entries(json as Readonly<Record<string, readonly Cells[]>>);
  return new Map(maps.map(([name, rows]) => [name, rows.map((row, at) => elementRow(row, `${name}#${at + 1}`))]));
}

function elementRow(cells: Cells, id: string): ElementRow {
  const [from = "", type = "", , to = "", , using = "", codes = "", assign = "", when = "", prose = ""] = cells;
  return { id, from, type, to, using, codes, assign, when, prose };
}

function structureRow(cells: Cells, id: string): StructureRow {
  const [place = "", syntax = "", most = "", to = "", using = "", references = "", when = "", prose = ""] = cells;
  const segment = /\b[A-Z][A-Z0-9]{2}\b/.exec(syntax)?.[0] ?? "";
  return { id, place, segment, repeats: most === "-1", to, using, references, when, prose };
}

function codeTable(name: string, [table, system, rows]: CodeCells): CodeTable {
  const codes = new Map<string, CodeTarget>();
  for (const [from = "", code = "", display = "", own = ""] of rows) {
    if (!codes.has(from)) codes.set(from, { code, display, system: own || system });
  }
  return { name, table, system, codes };
}
