import type { Json } from "#kernel";
import { leaves, type Message, type Segment, segmentNamed, type Value } from "#standards/hl7v2";
import { applySegmentMap, type Run } from "./apply.ts";
import type { ReadyMaps } from "./compile.ts";
import type { Conversion } from "./convert.ts";
import { type DraftResource, pruned } from "./draft.ts";
import { isAdministrative, type ListedReason, reasonFor } from "./listed-reasons.ts";
import { writeReferences } from "./references.ts";
import { resourceFor, restart, type Scope } from "./scope.ts";
import { borrowedPlace, nextPlace, type Place, type Structure, structureFor } from "./structure.ts";
import { plainName } from "./tables.ts";

export interface MapOptions {
  readonly maps: ReadyMaps;
  readonly conversion: Conversion;
  /** What decisions ask for: see `usualSettings`. */
  readonly settings: Readonly<Record<string, string>>;
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
  const mapping = startMapping(options);
  const header = segmentNamed(message, "MSH")?.field(9);
  const structure = structureFor(header?.component(1).text ?? "", header?.component(2).text ?? "");
  for (const segment of message.segments) mapSegment(mapping, { segment, structure });
  for (const references of mapping.references) writeReferences(mapping.scope, references);
  return {
    resources: finished(mapping.scope.drafts.made),
    ledger: [...leaves(message)].map((leaf) => entryOf(leaf, mapping)),
    cleared: mapping.cleared,
    rows: mapping.rows,
  };
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
  readonly marks: Map<string, string>;
  readonly rows: Map<string, number>;
  readonly cleared: { readonly resource: string; readonly element: string }[];
  readonly references: string[];
  readonly mapped: Set<string>;
  place: Place | undefined;
}

function startMapping({ maps, conversion, settings }: MapOptions): Mapping {
  const drafts = { made: [] };
  const marks = new Map<string, string>();
  const rows = new Map<string, number>();
  const cleared: Mapping["cleared"][number][] = [];
  const run: Run = {
    maps,
    drafts,
    conversion,
    settings: { ...usualSettings, ...settings },
    mark: (value, element) => void marks.set(value.where, element),
    wrote: ({ id }) => void rows.set(id, (rows.get(id) ?? 0) + 1),
    cleared: ({ resource }, element) => void cleared.push({ resource: resource.id, element }),
  };
  const scope = { drafts, named: new Map() };
  return { run, scope, latest: new Map(), marks, rows, cleared, references: [], mapped: new Set(), place: undefined };
}

interface SegmentInPlace {
  readonly segment: Segment;
  readonly structure: Structure;
}

function mapSegment(mapping: Mapping, { segment, structure }: SegmentInPlace): void {
  mapping.latest.set(segment.name, segment);
  const next = nextPlace(structure, segment.name, mapping.place);
  const hasRows = next?.place.rows.some(({ using }) => using !== "") === true;
  const place = hasRows ? next?.place : (borrowedPlace(segment.name) ?? next?.place);
  if (next !== undefined) mapping.place = next.place;
  if (next?.restarted !== undefined) {
    restart(mapping.scope, next.restarted);
    forget(mapping, segment.name);
  }
  for (const row of place?.rows ?? []) mapRow(mapping, { row, segment, groups: place?.groups ?? [] });
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
  const { run, scope, latest } = mapping;
  const map = run.maps.segments.get(plainName(row.using));
  const lookup = (name: string) => latest.get(name);
  const source = { segment, value: undefined, type: undefined, lookup, settings: run.settings };
  const ready = run.maps.places.get(row.id);
  if (map === undefined || ready === undefined || !ready(source)) return;
  const draft = resourceFor(scope, row, groups);
  if (draft === undefined) return;
  mapping.mapped.add(segment.where);
  mapping.rows.set(row.id, (mapping.rows.get(row.id) ?? 0) + 1);
  applySegmentMap(map, { draft, segment, run, lookup });
  // Now, while the names mean what they do here; and at the end for those of resources that are still to come.
  if (row.references !== "" && !writeReferences(scope, row.references)) mapping.references.push(row.references);
}

function entryOf(leaf: Value, { marks, mapped, run }: Mapping): RowLedgerEntry {
  const { where, raw: value } = leaf;
  const element = markOf(leaf, marks);
  if (element !== undefined) return { where, value, element };
  const isMapped = mapped.has(where.slice(0, where.indexOf("-")));
  return {
    where,
    value,
    reason: isAdministrative(leaf) ? "administrative" : reasonFor(leaf, { isMapped, maps: run.maps }),
  };
}

function markOf({ where }: Value, marks: ReadonlyMap<string, string>): string | undefined {
  const found = marks.get(where);
  if (found !== undefined) return found;
  const component = where.slice(0, where.lastIndexOf("."));
  return marks.get(component) ?? marks.get(component.slice(0, Math.max(0, component.lastIndexOf("."))));
}
