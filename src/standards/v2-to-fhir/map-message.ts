import type { Json } from "#kernel";
import { leaves, type Message, type Segment, type Value } from "#standards/hl7v2";
import { applySegmentMap, type Mark, type Run } from "./apply.ts";
import type { ReadyMaps, ReadyPlace } from "./compile.ts";
import type { Conversion } from "./convert.ts";
import { type DraftResource, pruned } from "./draft.ts";
import { isAdministrative, type ListedReason, reasonFor } from "./listed-reasons.ts";
import { type ReadyReference, writeReference } from "./references.ts";
import { namedResource, resourceFor, restart, type Scope } from "./scope.ts";
import { borrowedPlace, nextPlace, type Place, type Structure, structureFor } from "./structure.ts";

export interface MapOptions {
  readonly maps: ReadyMaps;
  readonly conversion: Conversion;
  /** What decisions ask for: see `usualSettings`. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface DraftOptions extends MapOptions {
  /** The fields of each segment whose rows are run; the other segments only say what refers to what. Absent: all. */
  readonly wanted?: ReadonlyMap<Segment, ReadonlySet<number>>;
}

/** What the rows make of a message, unfinished: for those who join it to resources of their own. */
export interface DraftedMessage {
  readonly drafts: readonly DraftResource[];
  /** By the place of the value, `PID[1]-5[1].1.1` or what it is part of. */
  readonly marks: ReadonlyMap<string, Mark>;
}

export interface MappedMessage {
  /** With ids of their own, `patient-1`, by which they refer to each other. */
  readonly resources: readonly Resource[];
  /** Every value of the message, in order. */
  readonly ledger: readonly RowLedgerEntry[];
  /** Elements that the sender asks to empty: `patient-1`, `maritalStatus`. */
  readonly cleared: readonly { readonly resource: string; readonly element: string }[];
  /** How often each row has written, by its id. */
  readonly rows: ReadonlyMap<string, number>;
}

type Resource = Readonly<Record<string, Json>> & { readonly resourceType: string };

export type RowLedgerEntry =
  | { readonly where: string; readonly value: string; readonly element: string }
  | { readonly where: string; readonly value: string; readonly reason: ListedReason };

/** The settings that the decisions of the base go by; a sender's own go before them. */
export const usualSettings: Readonly<Record<string, string>> = {
  realm: "uk",
  "keeps-messages": "yes",
  "software-is-source": "yes",
  "severity-is-criticality": "yes",
  "placer-is-accession": "no",
  "documents-are-evidence": "yes",
  "vip-of-person": "yes",
  udi: "carrier",
  devices: "instances",
  authorities: "systems",
};

/** A message as resources, and what became of each of its values. Pure; the same message gives the same. */
export function mapMessage(message: Message, options: MapOptions): MappedMessage {
  const mapping = mapSegments(message.segments, options);
  return {
    resources: finished(mapping.scope.drafts.made),
    ledger: [...leaves(message)].map((leaf) => entryOf(leaf, mapping)),
    cleared: mapping.cleared,
    rows: mapping.rows,
  };
}

/** What the rows make of these segments of a message, the header among them. */
export function draftMessage(segments: readonly Segment[], options: DraftOptions): DraftedMessage {
  const { scope, marks } = mapSegments(segments, options);
  return { drafts: scope.drafts.made, marks };
}

function mapSegments(segments: readonly Segment[], options: DraftOptions): Mapping {
  const mapping = startMapping(options);
  const header = segments.find(({ name }) => name === "MSH")?.field(9);
  const structure = structureFor(header?.component(1).text ?? "", header?.component(2).text ?? "");
  for (const segment of segments) mapSegment(mapping, { segment, structure });
  for (const reference of mapping.references) writeReference(mapping.scope, reference);
  return mapping;
}

/** Resources that say something, without references to those that do not. */
function finished(made: readonly DraftResource[]): readonly Resource[] {
  const gone = new Set<string>();
  let whole = made.map(({ json }) => json as Resource);
  for (let before = -1; before < gone.size; ) {
    before = gone.size;
    whole = whole.flatMap((resource) => {
      const kept = pruned(resource, gone) as Resource;
      if (Object.keys(kept).length > 2) return [kept];
      gone.add(`${kept.resourceType}/${kept.id}`);
      return [];
    });
  }
  return whole;
}

interface Mapping {
  readonly run: Run;
  readonly scope: Scope;
  readonly latest: Map<string, Segment>;
  readonly marks: Map<string, Mark>;
  readonly rows: Map<string, number>;
  readonly wanted: DraftOptions["wanted"];
  readonly cleared: { readonly resource: string; readonly element: string }[];
  readonly references: ReadyReference[];
  readonly mapped: Set<string>;
  place: Place | undefined;
}

function startMapping({ maps, conversion, settings, wanted }: DraftOptions): Mapping {
  const drafts = { made: [] };
  const marks = new Map<string, Mark>();
  const rows = new Map<string, number>();
  const cleared: Mapping["cleared"][number][] = [];
  const run: Run = {
    maps,
    drafts,
    conversion,
    settings: { ...usualSettings, ...settings },
    mark: (value, mark) => void marks.set(value.where, mark),
    wrote: ({ id }) => void rows.set(id, (rows.get(id) ?? 0) + 1),
    cleared: ({ resource }, element) => void cleared.push({ resource: resource.id, element }),
  };
  return {
    run,
    scope: { drafts, named: new Map() },
    latest: new Map(),
    marks,
    rows,
    wanted,
    cleared,
    references: [],
    mapped: new Set(),
    place: undefined,
  };
}

interface SegmentInPlace {
  readonly segment: Segment;
  readonly structure: Structure;
}

function mapSegment(mapping: Mapping, { segment, structure }: SegmentInPlace): void {
  mapping.latest.set(segment.name, segment);
  if (segment.name.startsWith("Z")) {
    for (const place of mapping.run.maps.local.get(segment.name) ?? []) mapLocal(mapping, { segment, place });
    return;
  }
  const next = nextPlace(structure, segment.name, mapping.place);
  const hasRows = next?.place.rows.some(({ using }) => using !== "") === true;
  const place = hasRows ? next?.place : (borrowedPlace(segment.name, next?.place.groups) ?? next?.place);
  if (next !== undefined) mapping.place = next.place;
  if (next?.restarted !== undefined) {
    restart(mapping.scope, next.restarted);
    forget(mapping, segment.name);
  }
  for (const row of place?.rows ?? []) mapRow(mapping, { row, segment, groups: place?.groups ?? [] });
}

/** A segment of the sender's own says more of the newest resource of the type. */
function mapLocal(
  mapping: Mapping,
  { segment, place }: { readonly segment: Segment; readonly place: ReadyPlace },
): void {
  const { run, scope, latest, wanted } = mapping;
  const fields = wanted?.get(segment);
  if (wanted !== undefined && fields === undefined) return;
  const draft = namedResource(scope, place.type) ?? resourceFor(scope, place, []);
  if (draft === undefined) return;
  mapping.mapped.add(segment.where);
  applySegmentMap(place.map, { draft, segment, run, lookup: (name) => latest.get(name), fields });
}

/** Orders and results of the repetition before are no context of the next. */
function forget({ latest }: Mapping, but: string): void {
  for (const name of ["ORC", "OBR", "OBX", "SPM", "TQ1"]) if (name !== but) latest.delete(name);
}

interface RowOfSegment {
  readonly row: Place["rows"][number];
  readonly segment: Segment;
  readonly groups: readonly string[];
}

function mapRow(mapping: Mapping, { row, segment, groups }: RowOfSegment): void {
  const { run, scope, latest, wanted } = mapping;
  const place = run.maps.places.get(row.id);
  if (place === undefined) return;
  const lookup = (name: string) => latest.get(name);
  const source = { segment, value: undefined, type: undefined, lookup, settings: run.settings };
  if (place.test?.(source) === false) return;
  const draft = resourceFor(scope, place, groups);
  if (draft === undefined) return;
  draft.segments.add(segment.where);
  mapping.mapped.add(segment.where);
  mapping.rows.set(row.id, (mapping.rows.get(row.id) ?? 0) + 1);
  const fields = wanted?.get(segment);
  if (wanted === undefined || fields !== undefined) applySegmentMap(place.map, { draft, segment, run, lookup, fields });
  // Now, while the names mean what they do here; and at the end for those of resources that are still to come.
  for (const reference of place.references) if (!writeReference(scope, reference)) mapping.references.push(reference);
}

function entryOf(leaf: Value, { marks, mapped, run }: Mapping): RowLedgerEntry {
  const { where, raw: value } = leaf;
  const element = markOf(leaf, marks)?.element;
  if (element !== undefined) return { where, value, element };
  const isMapped = mapped.has(where.slice(0, where.indexOf("-")));
  return {
    where,
    value,
    reason: isAdministrative(leaf) ? "administrative" : reasonFor(leaf, { isMapped, maps: run.maps }),
  };
}

/** What a value, or what it is part of, was marked with. */
export function markOf({ where }: Pick<Value, "where">, marks: ReadonlyMap<string, Mark>): Mark | undefined {
  const found = marks.get(where);
  if (found !== undefined) return found;
  const component = where.slice(0, where.lastIndexOf("."));
  return marks.get(component) ?? marks.get(component.slice(0, Math.max(0, component.lastIndexOf("."))));
}
