import { isPrimitiveType, isResourceType } from "#standards/fhir";
import { assignmentDecisions, listedRemarks, parseAssignment, plainRemarks } from "./assignment.ts";
import { codeTableOf } from "./code-tables.ts";
import { parseCondition } from "./condition.ts";
import { type Test, testOf } from "./condition-test.ts";
import { decisions } from "./decisions.ts";
import { rowFunctions } from "./functions.ts";
import { type ReadyReference, readyReferences } from "./references.ts";
import { repaired } from "./repairs.ts";
import { textOf, valueAt } from "./source.ts";
import { type CodeTable, type ElementRow, plainName, type StructureRow } from "./tables.ts";
import { madeBy, madeFrom, type Target, targetOf } from "./target.ts";

/** A row made ready to be run. */
export interface ReadyRow {
  readonly id: string;
  /** The field of a segment, or the component of a data type; empty where the row depends on no value. */
  readonly numbers: readonly number[];
  readonly from: string;
  readonly target: Target;
  readonly test: Test | undefined;
  readonly assignment: ReturnType<typeof parseAssignment>;
  readonly codes: CodeTable | undefined;
  /** The data type map that carries the value, where it does not go there as it is. */
  readonly using: string | undefined;
  readonly type: string;
  /** The path of what it writes: `identifier.assigner.display`. */
  readonly element: string;
}

/** A row of a message map made ready: whether a segment in its place becomes a resource, which, and by which map. */
export interface ReadyPlace {
  readonly test: Test | undefined;
  readonly map: ReadyMap;
  /** `Observation[2]`: what other rows call it. */
  readonly name: string;
  /** Empty where the row makes nothing. */
  readonly type: string;
  readonly references: readonly ReadyReference[];
}

/** A row that is not run, and why. */
export interface ListedRow {
  readonly id: string;
  readonly reason: string;
}

export interface ReadyMap {
  readonly name: string;
  /** The data type, or the segment, that it starts from. */
  readonly from: string;
  /** The R4 type that it fills. */
  readonly made: string;
  /** It makes several resources, one within the other. */
  readonly isNested: boolean;
  readonly rows: readonly ReadyRow[];
}

export interface ReadyMaps {
  /** By their names as `plainName` writes them. */
  readonly segments: ReadonlyMap<string, ReadyMap>;
  readonly types: ReadonlyMap<string, ReadyMap>;
  /** The rows of message maps that are run, by their ids. */
  readonly places: ReadonlyMap<string, ReadyPlace>;
  /** What becomes of a sender's own segments, by their names: maps that layers have added, `ZPD[Patient]`. */
  readonly local: ReadonlyMap<string, readonly ReadyPlace[]>;
  readonly listed: readonly ListedRow[];
  /** The rows of a sender's own layers alone, where there are such; they go before other mappings, too. */
  readonly above?: ReadyMaps;
  /** Likewise the rows that they have taken away. */
  readonly without?: ReadyMaps;
}

export interface RowMaps {
  readonly structures: ReadonlyMap<string, readonly StructureRow[]>;
  readonly segments: ReadonlyMap<string, readonly ElementRow[]>;
  readonly types: ReadonlyMap<string, readonly ElementRow[]>;
  /** Tables of codes that layers have changed, by their names as `plainName` writes them; the others are the guide's. */
  readonly codes?: ReadonlyMap<string, CodeTable>;
  /** Ids of rows that are run for codes alone that layers have changed. */
  readonly onlyChanged?: ReadonlySet<string>;
}

/** All rows, compiled once. Those that cannot be run are listed with the reason. */
export function compileRows({ structures, segments, types, ...changes }: RowMaps): ReadyMaps {
  const listed: ListedRow[] = [];
  const known = new Set([...types.keys()].map(plainName));
  const readyMaps = (maps: ReadonlyMap<string, readonly ElementRow[]>) =>
    new Map([...maps].map(([name, rows]) => [plainName(name), readyMap({ name, rows, known, listed, changes })]));
  const ready = { segments: readyMaps(segments), types: readyMaps(types) };
  const places = new Map<string, ReadyPlace>();
  for (const row of [...structures.values()].flat().filter(({ to }) => to !== "")) {
    const result = readyPlace(repaired(row), ready.segments);
    if ("reason" in result) listed.push({ id: row.id, reason: result.reason });
    else places.set(row.id, result);
  }
  return { ...ready, places, local: localPlaces(ready.segments), listed };
}

function localPlaces(segments: ReadonlyMap<string, ReadyMap>): ReadonlyMap<string, readonly ReadyPlace[]> {
  const maps = [...segments.values()].filter(({ from }) => from.startsWith("Z"));
  const placed = maps.map((map) => ({ test: undefined, map, name: map.made, type: map.made, references: [] }));
  return Map.groupBy(placed, ({ map }) => map.from);
}

type Readiness = { readonly test: Test } | { readonly reason: string };

function readyPlace(
  row: StructureRow,
  segments: ReadonlyMap<string, ReadyMap>,
): ReadyPlace | { readonly reason: string } {
  if (row.using === "") return { reason: "the guide names no segment map" };
  const map = segments.get(plainName(row.using));
  if (map === undefined) return { reason: `there is no segment map ${row.using}` };
  const test = testFor({ ...row, from: row.segment });
  if (test !== undefined && "reason" in test) return test;
  const [, name = "", type = ""] = /^(([A-Z][A-Za-z]+)(?:\[[^\]]*\])?)/.exec(targetName(row.to)) ?? [];
  return { test: test?.test, map, name, type, references: readyReferences(`${row.references};${heldBy(row.to)}`) };
}

/** `ServiceRequest[1].reasonReference(Condition)` makes a Condition, to which the request then refers. */
function heldBy(to: string): string {
  const [, holder, element, type] = /^([A-Z][A-Za-z]+\[\d+\])\.([a-zA-Z]+)\(([A-Z][A-Za-z]+)\)$/.exec(to) ?? [];
  return holder === undefined ? "" : `${holder}.${element}.reference=${type}.id`;
}

/** `Provenance[1].entity.what(Device)` makes a Device, `Observation[2].note` fills the Observation. */
function targetName(to: string): string {
  return /\(([A-Z][A-Za-z]+)\)$/.exec(to)?.[1] ?? to;
}

interface MapToMake {
  readonly name: string;
  readonly rows: readonly ElementRow[];
  /** The data type maps that there are. */
  readonly known: ReadonlySet<string>;
  readonly listed: ListedRow[];
  readonly changes: Pick<RowMaps, "codes" | "onlyChanged">;
}

function readyMap({ name, rows, known, listed, changes }: MapToMake): ReadyMap {
  const made = madeBy(name);
  const ready = rows.flatMap((row) => {
    const result = readyRow(repaired(row), { name, made, known, changes });
    if (!("reason" in result)) return [result];
    listed.push(result);
    return [];
  });
  const isNested = isResourceType(made) && ready.some(({ target }) => target.sibling !== "");
  return { name, from: madeFrom(name), made, isNested, rows: ready };
}

interface MapContext {
  readonly name: string;
  readonly made: string;
  readonly known: ReadonlySet<string>;
  readonly changes: MapToMake["changes"];
}

function readyRow(row: ElementRow, map: MapContext): ReadyRow | ListedRow {
  const { id } = row;
  const target = targetOf(row.to, map.made);
  if (target === undefined) return { id, reason: `R4 has no element ${row.to} in ${map.made}` };
  if (/extension(?:\[\w+\])?\.url$/.test(row.to) && row.assign === "")
    return { id, reason: "the guide names no extension" };
  const test = testFor(row);
  if (test !== undefined && "reason" in test) return { id, reason: test.reason };
  const assign = assignmentDecisions[row.assign] ?? row.assign;
  const remark = listedRemarks[assign];
  if (remark !== undefined) return { id, reason: remark };
  const assignment = assign === "" || plainRemarks.has(assign) ? undefined : parseAssignment(assign);
  if (assignment === undefined && assign !== "" && !plainRemarks.has(assign)) {
    return { id, reason: "the assignment cannot be read" };
  }
  if (assignment?.is === "function" && rowFunctions[assignment.name] === undefined) {
    return { id, reason: `there is no function ${assignment.name}` };
  }
  const codes = row.codes === "" ? undefined : (map.changes.codes?.get(plainName(row.codes)) ?? codeTableOf(row.codes));
  const isOnlyChanged = map.changes.onlyChanged?.has(id) === true;
  return {
    id,
    numbers: numbersOf(row.from, map.name),
    from: row.from || madeFrom(map.name),
    target,
    test: isOnlyChanged ? changedTest(row.from, { codes, test: test?.test }) : test?.test,
    assignment,
    codes,
    using: usingOf(row, { target, map }),
    type: row.type || madeFrom(map.name),
    element: elementOf(target),
  };
}

/** Whether layers have changed what the code means that stands there. */
function changedTest(
  from: string,
  { codes, test }: { readonly codes: CodeTable | undefined; readonly test: Test | undefined },
): Test {
  return (source) => {
    const code = textOf(valueAt(from, source));
    const isChanged = codes?.changed?.has(code) === true || codes?.changed?.has(code.toUpperCase()) === true;
    return isChanged && (test === undefined || test(source));
  };
}

function elementOf({ way, last }: Target): string {
  return [...way, ...(last === undefined ? [] : [last])].map(({ key }) => key).join(".");
}

function numbersOf(from: string, map: string): readonly number[] {
  const [owner = "", ...numbers] = from.split(/[-.]/).map((part) => part.trim());
  if (/^\d+$/.test(owner)) return [Number(owner)];
  return owner === "" || owner === madeFrom(map) || numbers.length > 0 ? numbers.map(Number) : [];
}

/** The row's own condition and our decision about its prose; both must hold. */
function testFor(row: Pick<ElementRow, "when" | "prose" | "from">): Readiness | undefined {
  const texts = [row.when];
  if (row.prose !== "") {
    const decision = decisions[row.prose];
    if (decision === undefined) return { reason: `its condition in prose (${row.prose}) is not decided` };
    texts.push(decision.when);
  }
  const tests: Test[] = [];
  for (const text of texts.filter((each) => each !== "")) {
    const condition = parseCondition(text, row.from);
    if (condition === undefined) return { reason: "the condition cannot be read" };
    tests.push(testOf(condition));
  }
  const [first, second] = tests;
  if (first === undefined) return undefined;
  return { test: second === undefined ? first : (source) => first(source) && second(source) };
}

interface Using {
  readonly target: Target;
  readonly map: MapContext;
}

/** The map that the row names, else the one of its types. */
function usingOf({ using, type }: ElementRow, { target, map }: Using): string | undefined {
  const named = plainName(using);
  const made = target.last?.type ?? "";
  const fitting = plainName(`${madeFrom(using)}[${made}]`);
  if (target.last?.is === "resource" && madeBy(using) !== made && map.known.has(fitting)) return fitting;
  if (named !== "" && map.known.has(named)) return named;
  if (isPrimitiveType(made) && !isResourceType(made)) return undefined;
  const usual = [`${type}[${made}]`, ...(usualMaps[`${type}>${made}`] ?? [])].map(plainName);
  return usual.find((name) => map.known.has(name) && name !== plainName(map.name));
}

/** Where the guide has no map by that name. */
const usualMaps: Readonly<Record<string, readonly string[]>> = {
  "EI>Identifier": ["EI[Identifier-Extension]"],
  "XPN>HumanName": ["XPN[HumanName]"],
  "ID>Coding": ["ID[Coding]"],
  "FC>CodeableConcept": ["CWE[CodeableConcept]"],
};
