import type { Json } from "#kernel";
import type { ReadyMap, ReadyRow } from "../compile.ts";
import { plainName } from "../tables.ts";
import type { FhirResource } from "./resource-set.ts";
import { type Constraint, constraintsOf, stepsOf } from "./reversal.ts";
import { type Hit, hitsOf, pairConstraints, type ReverseRun } from "./reverse-run.ts";
import { graft, valueTree } from "./reverse-type.ts";
import { hasField, type Repetition, readable, repetitionText, type SegmentDraft } from "./segment-draft.ts";

/** Fields that v2 has once, whatever FHIR has. */
const single: ReadonlySet<string> = new Set(["ORC-2", "ORC-3", "ORC-4", "OBR-2", "OBR-3", "OBX-21", "SPM-2", "PV1-19"]);

/**
 * Runs a segment map backwards: what the resource has goes into the fields that are still empty. A row with a condition writes
 * only what makes its condition true, so that the same row reads it again.
 */
export function reverseSegment(
  draft: SegmentDraft,
  { map: name, resource, run }: { readonly map: string; readonly resource: FhirResource; readonly run: ReverseRun },
): void {
  const map = run.maps.segments.get(plainName(name));
  if (map === undefined) return;
  const filled = new Set([...draft.fields.keys()].filter((field) => hasField(draft, field)));
  const state: State = { draft, map, resource, run, filled, claims: new Map(), repetitions: new Map() };
  const rows = map.rows.filter(({ id }) => ["copy", "code", "map"].includes(run.reversals.get(id)?.is ?? ""));
  for (const rank of [0, 1, 2]) for (const row of rows) if (rankOf(row, map) === rank) reverseRow(row, state);
}

interface State {
  readonly draft: SegmentDraft;
  readonly map: ReadyMap;
  readonly resource: FhirResource;
  readonly run: ReverseRun;
  /** What was there before this map: it stays. */
  readonly filled: ReadonlySet<number>;
  /** Entries of lists that a field carries. */
  readonly claims: Map<Json, number>;
  readonly repetitions: Map<string, Json[]>;
}

/** Entries that are told apart come first; then what has no condition, by whose values conditions are judged. */
function rankOf(row: ReadyRow, map: ReadyMap): number {
  if (constraintsOf(row, map).length > 0) return 0;
  return row.test === undefined ? 1 : 2;
}

function reverseRow(row: ReadyRow, state: State): void {
  const { map, resource, run, filled, claims } = state;
  const [field] = row.numbers;
  if (field === undefined || filled.has(field)) return;
  const steps = stepsOf(row);
  const constraints = [...constraintsOf(row, map), ...ofPair(row, run)];
  const isShared = steps.some(({ is }) => is === "resource");
  for (const hit of hitsOf(resource, { steps, constraints, set: run.set })) {
    const { entry } = hit;
    if (!isShared && entry !== undefined && (claims.get(entry) ?? field) !== field && typeof entry === "object")
      continue;
    if (!writeHit(row, hit, state)) continue;
    if (entry !== undefined) claims.set(entry, field);
    run.wrote(row.id);
    if (single.has(`${map.from}-${field}`)) return;
  }
}

function ofPair(row: ReadyRow, run: ReverseRun): readonly Constraint[] {
  const inner = row.using === undefined ? undefined : run.maps.types.get(row.using);
  return pairConstraints(inner, stepsOf(row).length);
}

function writeHit(row: ReadyRow, hit: Hit, { draft, run, repetitions, map }: State): boolean {
  const [field = 0, ...place] = row.numbers;
  const value = valueTree(row, hit.value, run);
  if (value.size === 0) return false;
  const entries = repetitions.get(String(field)) ?? [];
  const entry = hit.entry ?? null;
  const known = hit.entry === undefined ? 0 : entries.indexOf(entry);
  const isOne = single.has(`${map.from}-${field}`);
  const at = isOne ? 0 : known === -1 ? entries.length : known;
  const before = draft.fields.get(field) ?? [];
  const tried = structuredClone(before) as Repetition[];
  while (tried.length <= at) tried.push(new Map());
  graft(tried[at] as Repetition, place, value);
  const text = repetitionText(tried[at] as Repetition);
  if (known === -1 && before.some((each) => repetitionText(each) === text)) return false;
  draft.fields.set(field, tried);
  if (row.test !== undefined && !row.test(sourceOf(draft, { field, at, run }))) {
    if (before.length === 0) draft.fields.delete(field);
    else draft.fields.set(field, before);
    return false;
  }
  if (known === -1) repetitions.set(String(field), [...entries, entry]);
  return true;
}

function sourceOf(draft: SegmentDraft, { field, at, run }: { field: number; at: number; run: ReverseRun }) {
  const segment = readable(draft);
  return {
    segment,
    value: segment.repetitions(field)[at],
    type: undefined,
    lookup: run.lookup,
    settings: run.settings,
  };
}
