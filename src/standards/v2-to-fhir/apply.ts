import type { Json } from "#kernel";
import { isPrimitiveType, isResourceType } from "#standards/fhir";
import type { Segment, Value } from "#standards/hl7v2";
import { meaningOf } from "./code-tables.ts";
import type { ReadyMap, ReadyMaps, ReadyRow } from "./compile.ts";
import { type Conversion, converted } from "./convert.ts";
import { type Draft, type DraftResource, type Drafts, enter, newResource, put } from "./draft.ts";
import { rowFunctions } from "./functions.ts";
import { type Source, textOf, valueAt } from "./source.ts";
import type { Way } from "./target.ts";

/** One message being mapped. */
export interface Run {
  readonly maps: ReadyMaps;
  readonly drafts: Drafts;
  readonly conversion: Conversion;
  readonly settings: Readonly<Record<string, string>>;
  /** Told of every value that went into a resource: the element, and the part of the draft that holds it under a key. */
  mark(value: Value, mark: Mark): void;
  /** Told of every row that has written. */
  wrote(row: ReadyRow): void;
  /** Told of a value `""`, which asks to delete what the element holds. */
  cleared(draft: Draft, element: string): void;
}

export interface Mark {
  readonly element: string;
  readonly holder: Draft["json"];
  /** Undefined where the value lies somewhere in the holder. */
  readonly key: string | undefined;
}

/** What a map fills: an element, and its siblings for maps that make several. */
interface Filled {
  readonly draft: Draft;
  sibling(number: string): Draft | undefined;
}

/** Runs a segment map on a segment, into a resource. */
export function applySegmentMap(map: ReadyMap, { draft, segment, run, lookup, fields }: SegmentApplication): void {
  const base = { segment, type: undefined, lookup, settings: run.settings };
  for (const row of map.rows) {
    const [field] = row.numbers;
    if (fields !== undefined && field !== undefined && !fields.has(field)) continue;
    if (field === undefined) {
      runRow(row, { source: { ...base, value: undefined }, filled: only(draft), run });
      continue;
    }
    if (segment.fieldText(field) === "") continue;
    for (const value of segment.repetitions(field)) {
      if (value.isEmpty) continue;
      runRow(row, { source: { ...base, value }, filled: only(draft), run });
    }
  }
}

export interface SegmentApplication {
  readonly draft: Draft;
  readonly segment: Segment;
  readonly run: Run;
  lookup(name: string): Segment | undefined;
  /** The fields whose rows are run; absent: all. */
  readonly fields?: ReadonlySet<number> | undefined;
}

function only(draft: Draft): Filled {
  return { draft, sibling: () => draft };
}

interface RowRun {
  readonly source: Source;
  readonly filled: Filled;
  readonly run: Run;
}

function runRow(row: ReadyRow, rowRun: RowRun): void {
  const { source, filled, run } = rowRun;
  if (row.test !== undefined && !row.test(source)) return;
  const from = row.target.sibling === "" ? filled.draft : filled.sibling(row.target.sibling);
  if (from === undefined) return;
  if (source.value?.isNull === true && row.assignment === undefined) {
    run.cleared(from, row.element);
    run.mark(source.value, { element: "cleared", holder: from.json, key: undefined });
    return;
  }
  if (writes(row, { ...rowRun, from })) run.wrote(row);
}

interface Writing extends RowRun {
  readonly from: Draft;
}

function writes(row: ReadyRow, writing: Writing): boolean {
  const { source, run, from } = writing;
  const scope = (way: Way) => scopeOf(way, source);
  const { way, last } = row.target;
  const read: Value[] = [];
  const json = row.assignment === undefined ? undefined : assigned(row, writing, read);
  if (row.assignment !== undefined && json === undefined) return false;
  let draft = from;
  for (const step of way) draft = enter(run.drafts, draft, { way: step, scope: scope(step) });
  if (json !== undefined) {
    const isPut = last !== undefined && putJson(draft, last, json);
    if (isPut) for (const value of read) run.mark(value, { element: row.element, holder: draft.json, key: last.key });
    return isPut;
  }
  return last === undefined ? applied(row, { ...writing, from: draft }) : fills(row, { ...writing, from: draft, last });
}

/** Entries of lists are told apart by segment, and by repetition where each is an entry of its own. */
function scopeOf({ repeats }: Way, { segment, value, type }: Source): string {
  if (type !== undefined) return "";
  const place = `${segment.name}${segment.occurrence}`;
  return repeats ? `${place}:${value?.place.repetition ?? 1}` : place;
}

function putJson(draft: Draft, last: Way, json: Json): boolean {
  if (isPrimitiveType(last.type))
    return put(draft, last, last.type === "boolean" ? json === "true" || json === true : json);
  if (last.type === "CodeableConcept") return put(draft, last, { text: String(json) });
  return last.type === "Reference" || last.is === "resource" ? put(draft, last, { display: String(json) }) : false;
}

/** The value that the row assigns; the values that it was made of are added to `made`. */
function assigned({ assignment }: ReadyRow, { source, run }: Writing, made: Value[]): Json | undefined {
  if (assignment === undefined) return undefined;
  const read = (subject: string) => {
    const value = valueAt(subject, source);
    if (value?.isValued === true) made.push(value.place.component === 0 ? value.component(1) : value);
    return textOf(value);
  };
  if (assignment.is === "function") {
    const own = source.value !== undefined && assignment.subjects.length === 0 ? [textOf(source.value)] : [];
    if (own.length > 0 && source.value !== undefined) made.push(source.value);
    return rowFunctions[assignment.name]?.({
      texts: [...own, ...assignment.subjects.map(read)],
      conversion: run.conversion,
    });
  }
  const text = assignment.parts.map((part) => ("text" in part ? part.text : read(part.subject))).join("");
  return text.trim() === "" ? undefined : text;
}

/** `$this`: the map of the value fills the same element, or makes a resource about the patient beside it. */
function applied(row: ReadyRow, { source, run, from }: Writing): boolean {
  const map = row.using === undefined ? undefined : run.maps.types.get(row.using);
  if (map === undefined || source.value === undefined) return false;
  const other = isResourceType(map.made) && map.made !== from.resource.type;
  const draft = other ? newResource(run.drafts, map.made) : from;
  if (other) draft.json.patient = { reference: `${from.resource.type}/${from.resource.id}` };
  return applyTypeMap(map, { draft, sibling: () => undefined }, { source, run });
}

/** Runs a data type map on a value; whether it wrote anything. */
function applyTypeMap(map: ReadyMap, filled: Filled, { source, run }: Omit<RowRun, "filled">): boolean {
  let written = false;
  const counting: Run = {
    ...run,
    wrote: (row) => {
      written = true;
      run.wrote(row);
    },
  };
  for (const row of map.rows) {
    const value = below(source.value, row.numbers);
    if (row.numbers.length > 0 && (value === undefined || value.isEmpty)) continue;
    const inner: Source = { ...source, value: source.value, type: map.from };
    runTypeRow(row, { source: inner, filled, run: counting, value });
  }
  return written;
}

interface TypeRowRun extends RowRun {
  readonly value: Value | undefined;
}

function runTypeRow(row: ReadyRow, { source, filled, run, value }: TypeRowRun): void {
  if (row.test !== undefined && !row.test(source)) return;
  const from = row.target.sibling === "" ? filled.draft : filled.sibling(row.target.sibling);
  if (from === undefined) return;
  const at = row.assignment === undefined ? { ...source, value } : source;
  if (writes(row, { source: at, filled, run, from })) run.wrote(row);
}

interface Filling extends Writing {
  readonly last: Way;
}

function fills(row: ReadyRow, filling: Filling): boolean {
  const { last, run, from, source } = filling;
  if (source.value === undefined) return false;
  if (isPrimitiveType(last.type)) return writesPrimitive(row, filling);
  const map = row.using === undefined ? undefined : run.maps.types.get(row.using);
  const way =
    map !== undefined && last.type === "Reference" && isResourceType(map.made) ? asResource(last, map.made) : last;
  if (map !== undefined && way.is === "resource" && map.isNested) return fillsNested(map, { ...filling, last: way });
  const scope = scopeOf(way, source);
  const child = enter(run.drafts, from, { way, scope });
  const filled: Filled = {
    draft: child,
    sibling: (number) => siblingOf(number, { ...filling, last: way, child, scope }),
  };
  if (map !== undefined && applyTypeMap(map, filled, { source, run })) {
    if (row.codes !== undefined) translate(row, { ...filling, child });
    return true;
  }
  return fallBack(row, { ...filling, child });
}

function asResource(last: Way, type: string): Way {
  return { ...last, is: "resource", type };
}

function siblingOf(number: string, { last, from, run, child, scope }: Filling & { child: Draft; scope: string }) {
  if (number === "1" || number.includes("-")) return child;
  return last.isList ? enter(run.drafts, from, { way: last, scope: `${scope}/${number}` }) : undefined;
}

/**
 * A map that makes several resources of one value, the places within each other of PL: the reference is to the first
 * that there is, the innermost, and each is part of the next.
 */
function fillsNested(map: ReadyMap, { last, from, run, source }: Filling): boolean {
  const made = new Map<string, DraftResource>();
  const sibling = (number: string): Draft => {
    const key = number.includes("-") || number === "" ? ([...made.keys()].sort()[0] ?? "1") : number;
    const known = made.get(key) ?? newResource(run.drafts, map.made);
    made.set(key, known);
    return known;
  };
  const filled = {
    get draft() {
      return sibling("");
    },
    sibling,
  };
  if (!applyTypeMap(map, filled, { source, run })) return false;
  const chain = [...made].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, resource]) => resource);
  chain.forEach((resource, at) => {
    const outer = chain[at + 1];
    if (outer === undefined) delete resource.json.partOf;
    else resource.json.partOf = { reference: `${outer.type}/${outer.id}` };
  });
  const reference = { reference: `${map.made}/${chain[0]?.id}` };
  if (last.isList) from.json[last.key] = [...((from.json[last.key] as Json[] | undefined) ?? []), reference];
  else from.json[last.key] ??= reference;
  return true;
}

/** A concept by its code table: the meaning first, what was sent beside it. */
function translate(row: ReadyRow, { child, source }: Filling & { child: Draft }): void {
  const code = textOf(source.value);
  const meaning = row.codes === undefined ? undefined : meaningOf(row.codes, code);
  if (meaning === undefined) return;
  const { system, code: target, display } = meaning;
  const coding = { ...(system === "" ? {} : { system }), code: target, ...(display === "" ? {} : { display }) };
  if (Array.isArray(child.json.coding)) {
    if (
      !child.json.coding.some(
        (each) =>
          (each as { code?: string; system?: string }).code === target &&
          (each as { system?: string }).system === system,
      )
    ) {
      child.json.coding = [coding, ...child.json.coding];
    }
  } else if ("code" in child.json) Object.assign(child.json, coding);
}

/** A value for which there is no map, into a type that has a place for a plain text. */
function fallBack(row: ReadyRow, { child, source, run, last }: Filling & { child: Draft }): boolean {
  const key = textPlaces[last.type];
  const { value } = source;
  const text = textOf(value);
  if (key === undefined || value === undefined || text === "") return false;
  child.json[key] ??= text;
  run.mark(value.place.component === 0 ? value.component(1) : value, { element: row.element, holder: child.json, key });
  return true;
}

const textPlaces: Readonly<Record<string, string>> = {
  CodeableConcept: "text",
  Identifier: "value",
  Annotation: "text",
  Address: "text",
  HumanName: "text",
  Reference: "display",
  Coding: "display",
  Quantity: "unit",
  ContactPoint: "value",
};

function writesPrimitive(row: ReadyRow, filling: Filling): boolean {
  const { last, run, from, source } = filling;
  const picked = row.using === undefined ? source.value : pick(row.using, filling);
  if (picked === undefined) return false;
  const text = textOf(picked);
  if (text === "") return false;
  const json = row.codes === undefined ? plainJson(last, text, run) : codeJson(row, last, text);
  if (json === undefined || (last.codes !== undefined && !last.codes.includes(String(json)))) return false;
  if (!put(from, last, json)) return false;
  const mark = { element: row.element, holder: from.json, key: last.key };
  run.mark(picked.place.component === 0 ? picked.component(1) : picked, mark);
  return true;
}

function plainJson(last: Way, text: string, run: Run): Json | undefined {
  if (last.key === "system" && last.type === "uri" && !/^(?:urn:|https?:)/.test(text))
    return run.conversion.codingSystem(text);
  return converted(last.type, text, run.conversion);
}

function codeJson({ codes }: ReadyRow, last: Way, text: string): string | boolean | undefined {
  const meaning = codes === undefined ? undefined : meaningOf(codes, text);
  if (last.type === "boolean")
    return meaning === undefined ? undefined : meaning.code === "true" || meaning.code === "Y";
  return meaning?.code ?? (last.codes === undefined ? text : undefined);
}

/** The value that a map of primitives chooses: `CWE[code]` takes CWE.1, else CWE.4. */
function pick(using: string, { run, source }: Filling): Value | undefined {
  for (const row of run.maps.types.get(using)?.rows ?? []) {
    const inner = { ...source, type: run.maps.types.get(using)?.from };
    if (row.test !== undefined && !row.test(inner)) continue;
    const value = row.numbers.length === 0 ? source.value : below(source.value, row.numbers);
    if (value?.isValued === true) {
      run.wrote(row);
      return value;
    }
  }
  return undefined;
}

function below(value: Value | undefined, numbers: readonly number[]): Value | undefined {
  let now = value;
  for (const number of numbers) now = now?.place.component === 0 ? now.component(number) : now?.subcomponent(number);
  return now;
}
