import type { Json } from "#kernel";
import { isPrimitiveType, isResourceType } from "#standards/fhir";
import { codeMeaning } from "../code-tables.ts";
import type { ReadyMap, ReadyRow } from "../compile.ts";
import type { CodeTable } from "../tables.ts";
import { authorityParts } from "./authority.ts";
import { codeText, primitiveText } from "./primitive-text.ts";
import { listIn, objectIn } from "./resource-set.ts";
import { constraintsOf, stepsOf } from "./reversal.ts";
import { hitsOf, type ReverseRun } from "./reverse-run.ts";
import { newSegment, type Repetition, readable, setPart } from "./segment-draft.ts";

/** What a row writes of a value that its element has: components and subcomponents; empty when there is nothing to write. */
export function valueTree(row: ReadyRow, json: Json, run: ReverseRun): Repetition {
  const tree: Repetition = new Map();
  const { last } = row.target;
  const inner = row.using === undefined ? undefined : run.maps.types.get(row.using);
  if (inner?.name === "HD[uri]") {
    for (const [at, part] of authorityParts(String(json), run.names).entries())
      if (part !== undefined) setPart(tree, [at + 1], part);
    return tree;
  }
  if (last === undefined && inner === undefined) return single(tree, primitiveText("string", json));
  if (last !== undefined && isPrimitiveType(last.type)) {
    const text = primitive(row, json, run);
    return text === undefined ? tree : single(tree, text, pickedPlace(inner, text, run));
  }
  if (inner === undefined) return tree;
  const subject =
    isResourceType(inner.made) && objectIn(json)?.resourceType === undefined ? run.set.resolve(json, inner.made) : json;
  if (subject === undefined) return tree;
  return typeTree(inner, row.codes === undefined ? subject : asSent(subject as Json, row.codes), run);
}

function single(tree: Repetition, text: string | undefined, place: readonly number[] = [1]): Repetition {
  if (text !== undefined && text !== "") setPart(tree, place, text);
  return tree;
}

function primitive({ codes, target: { last } }: ReadyRow, json: Json, { names }: ReverseRun): string | undefined {
  const type = last?.type ?? "string";
  if (codes !== undefined) return codeText(codes, type, json);
  const text = primitiveText(type, json);
  return last?.key === "system" && type === "uri" && text !== undefined ? (names.codingSystemName(text) ?? text) : text;
}

/** Where a map that chooses one of several values looks first: `CWE[code]` in CWE.1. */
function pickedPlace(inner: ReadyMap | undefined, text: string, run: ReverseRun): readonly number[] {
  for (const { numbers, test, assignment } of inner?.rows ?? []) {
    if (assignment !== undefined || numbers.length === 0) continue;
    const tried: Repetition = new Map();
    setPart(tried, numbers, text);
    if (inner !== undefined && (test === undefined || test(sourceOf(tried, inner, run)))) return numbers;
  }
  return [1];
}

/** A concept as it was before the table translated it: the meaning goes where what was sent stands beside it. */
function asSent(json: Json, table: CodeTable): Json {
  const concept = objectIn(json);
  if (concept === undefined) return json;
  if (concept.coding === undefined) return typeof concept.code === "string" ? translated(concept, table) : json;
  const codings = listIn(concept.coding).map((each) => objectIn(each) ?? {});
  const isMeaning = (code: Json | undefined) => [...table.codes.values()].some((each) => each.code === code);
  const [first, ...others] = codings;
  if (first === undefined || !isMeaning(first.code)) return json;
  const coding = others.length > 0 ? others : [translated(first, table)];
  return { ...concept, coding };
}

function translated(coding: { readonly [key: string]: Json }, table: CodeTable): Json {
  const code = codeMeaning(table, String(coding.code));
  const system = /^HL7\d{4}$/.test(table.table) ? table.table : undefined;
  return code === undefined ? coding : { ...coding, code, ...(system === undefined ? {} : { system }) };
}

/** Runs a data type map backwards: the components of one value. */
export function typeTree(map: ReadyMap, json: Json, run: ReverseRun): Repetition {
  let tree: Repetition = new Map();
  const rows = map.rows.filter(({ id }) => ["copy", "code", "map"].includes(run.reversals.get(id)?.is ?? ""));
  for (const row of [
    ...rows.filter(({ test }) => test === undefined),
    ...rows.filter(({ test }) => test !== undefined),
  ]) {
    const [hit] = hitsOf(json, {
      steps: stepsOf(row),
      constraints: constraintsOf(row, map),
      set: run.set,
      isOfType: true,
    });
    if (hit === undefined) continue;
    const value = valueTree(row, hit.value, run);
    if (value.size === 0) continue;
    const tentative = structuredClone(tree);
    graft(tentative, row.numbers, value);
    const isTyped = row.using === "hd[uri]";
    if (!isTyped && row.test !== undefined && !row.test(sourceOf(tentative, map, run))) continue;
    tree = tentative;
    run.wrote(row.id);
  }
  setLines(tree, map, json);
  if (tree.size === 1 && /^C[EW]E?\[CodeableConcept/.test(map.name)) asText(tree);
  return withAuthority(tree, map, { json, run });
}

/** Words without a code stand where receivers look for them, in the second component; the ninth is not there before v2.5. */
function asText(tree: Repetition): void {
  const text = tree.get(9);
  if (text === undefined) return;
  tree.delete(9);
  tree.set(2, text);
}

/** Lines of an address, as they are mostly sent: the first, then the rest of them. */
function setLines(tree: Repetition, { name }: ReadyMap, json: Json): void {
  if (name !== "XAD[Address]") return;
  const [street, ...others] = listIn(objectIn(json)?.line).map(String);
  if (street !== undefined) setPart(tree, [1], street);
  if (others.length > 0) setPart(tree, [2], others.join(", "));
}

/** EI: who has given the number, which its rows leave out. */
function withAuthority(tree: Repetition, map: ReadyMap, { json, run }: { json: Json; run: ReverseRun }): Repetition {
  const system = objectIn(json)?.system;
  if (tree.size === 0 || typeof system !== "string") return tree;
  if (!/^EIP?\[/.test(map.name)) return tree;
  const component = [...tree.keys()][0] ?? 1;
  for (const [at, part] of authorityParts(system, run.names).entries()) {
    if (part === undefined) continue;
    setPart(tree, map.from === "EIP" ? [component, at + 2] : [at + 2], part);
  }
  return tree;
}

/** Puts a value in its component; below components there is one level only. */
export function graft(tree: Repetition, [component, subcomponent]: readonly number[], value: Repetition): void {
  for (const [number, parts] of value) {
    for (const [sub, text] of parts) {
      if (component === undefined) setPart(tree, [number, sub], text);
      else if (subcomponent !== undefined) setPart(tree, [component, subcomponent], text);
      else if (sub === 1) setPart(tree, [component, number], text);
    }
  }
}

/** As a condition of a data type map would find it. */
function sourceOf(tree: Repetition, map: ReadyMap, run: ReverseRun) {
  const draft = newSegment("ZZZ");
  draft.fields.set(1, [tree]);
  const segment = readable(draft);
  return { segment, value: segment.field(1), type: map.from, lookup: run.lookup, settings: run.settings };
}
