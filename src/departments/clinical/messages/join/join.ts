import type { Resource } from "#standards/fhir";
import type { DraftResource, ReadyMaps } from "#standards/v2-to-fhir";
import { deterministicId } from "../deterministic-id.ts";
import type { SegmentReader } from "../message-reader.ts";
import type { PlannedTold } from "../plan.ts";
import { Copies, type Copying } from "./copying.ts";
import { draftedBy, targetOf } from "./drafted.ts";
import { fill } from "./filling.ts";
import { fieldsOf, type Leftovers, leftoversOf } from "./leftovers.ts";
import { keepRest, segmentKept, stillLeft } from "./rest.ts";
import { isMade, type Making, made, madeId } from "./row-resources.ts";
import { makeSound } from "./soundness.ts";
import { type JsonObject, Sources } from "./sources.ts";

/** A resource of the typed mapping, and the segment that it is of. */
export interface Target {
  readonly where: string;
  readonly resource: Resource;
  /** `Observation/7c…` */
  readonly reference: string;
  /** It is written as a whole, so other resources may be contained in it. */
  readonly isWhole: boolean;
}

export interface JoinSource extends Making {
  /** All of the message, in order. */
  readonly readers: readonly SegmentReader[];
  /** Those whose values are carried. */
  readonly wanted: readonly SegmentReader[];
  readonly targets: readonly Target[];
  readonly maps: ReadyMaps;
  readonly offsetMinutesAt: (localTime: string) => number;
  /** The target for what is left of a segment, where it has none of its own; undefined: it is kept by itself, or listed. */
  homeOf(reader: SegmentReader, homes: Homes): JsonObject | "itself" | undefined;
}

/** The resources, changed or made, by the segments that they are of. */
export type Homes = ReadonlyMap<string, JsonObject>;

export interface Joined {
  /** The targets that have changed. */
  readonly changed: ReadonlyMap<Target, Resource>;
  readonly made: readonly PlannedTold[];
}

const nothing: Joined = { changed: new Map(), made: [] };

/**
 * Carries what the typed mapping has left of a message: into elements that its resources lack, by the rows of the segments;
 * into resources that it does not make; and, where R4 has no element, into an extension named by the field. Each value is
 * marked in its reader. What the typed mapping has said is never changed, and everything is R4 as `checkResource` has it.
 */
export function join(source: JoinSource): Joined {
  const left = leftoversOf(source.wanted);
  if (left.size === 0) return nothing;
  const sources = new Sources(draftedBy(source.maps, source, fieldsOf(left)), left);
  const work = new Work(source, left, sources);
  work.fillTargets();
  work.makeMissing();
  work.markLiving();
  work.keepRest();
  return work.joined();
}

/** One join under way. */
class Work {
  readonly #source: JoinSource;
  readonly #left: Leftovers;
  readonly #sources: Sources;
  readonly #copies = new Copies();
  readonly #known = new Map<DraftResource, string>();
  /** Copies of targets, which are changed in place. */
  readonly #changing = new Map<Target, JsonObject>();
  readonly #made: PlannedTold[] = [];
  readonly #homes = new Map<string, JsonObject>();

  constructor(source: JoinSource, left: Leftovers, sources: Sources) {
    this.#source = source;
    this.#left = left;
    this.#sources = sources;
    for (const draft of sources.drafts) {
      const target = targetOf(draft, this.#source.targets);
      if (target !== undefined) this.#known.set(draft, target.reference);
      else if (draft.type === "Patient") this.#known.set(draft, source.subject);
    }
  }

  fillTargets(): void {
    for (const draft of this.#sources.drafts) {
      const target = targetOf(draft, this.#source.targets);
      if (target === undefined || this.#sources.within(draft.json).length === 0) continue;
      const before = this.#changing.get(target);
      const resource = structuredClone(before ?? target.resource) as JsonObject;
      const copies = this.#copies;
      const contained = target.isWhole ? [...((resource.contained ?? []) as readonly JsonObject[])] : undefined;
      fill(resource, draft.json, { sources: this.#sources, copies, known: this.#known, contained });
      if (contained !== undefined && contained.length > 0) resource.contained = contained;
      if (makeSound(resource)) this.#changing.set(target, resource);
    }
  }

  makeMissing(): void {
    const taken = new Set(this.#source.targets.map(({ reference }) => reference));
    const drafts = this.#sources.drafts.flatMap((draft) => {
      if (this.#known.has(draft) || !isMade(draft, this.#source)) return [];
      const [placed] = this.#sources.within(draft.json);
      if (placed === undefined) return [];
      const id = madeId(draft, this.#source, taken);
      taken.add(`${draft.type}/${id}`);
      this.#known.set(draft, `${draft.type}/${id}`);
      return [{ draft, id, where: [...draft.segments][0] ?? placed.reader.where }];
    });
    for (const each of drafts) {
      const planned = made(each, this.#source, this.#copying([]));
      if (planned === undefined) continue;
      this.#made.push(planned);
      for (const where of each.draft.segments)
        if (!this.#homes.has(where)) this.#homes.set(where, planned.resource as JsonObject);
    }
  }

  #copying(contained: JsonObject[]): Copying {
    return { sources: this.#sources, copies: this.#copies, known: this.#known, contained };
  }

  /** What rows have placed, and is still there now that all is sound, has been carried. */
  markLiving(): void {
    const living = new Set<object>();
    const types = new Map<object, string>();
    for (const resource of [...this.#changing.values(), ...this.#made.map((each) => each.resource as JsonObject)])
      collect(resource, String(resource.resourceType), { living, types });
    for (const { reader, value, mark } of this.#sources.placed) {
      if (mark.key === undefined || !this.#copies.isIn(living, mark.holder, mark.key)) continue;
      reader.join(value, `${this.#copies.typeIn(types, mark.holder)}.${mark.element}`);
    }
  }

  keepRest(): void {
    const { subject, targets, homeOf } = this.#source;
    for (const target of targets) {
      const resource = this.#changing.get(target) ?? (structuredClone(target.resource) as JsonObject);
      if (!this.#homes.has(target.where)) this.#homes.set(target.where, resource);
      this.#changing.set(target, resource);
    }
    for (const reader of this.#left.keys()) {
      const values = stillLeft(this.#left, reader);
      const home = values.length === 0 ? undefined : (this.#homes.get(reader.where) ?? homeOf(reader, this.#homes));
      if (home === "itself") this.#keepSegment(segmentKept({ reader, values }, subject), reader);
      else if (home !== undefined) keepRest(home, { reader, values });
    }
  }

  #keepSegment(resource: JsonObject, { where }: SegmentReader): void {
    const id = deterministicId("Basic", this.#source.subject, JSON.stringify(resource));
    // Two segments that say the same, as the ORC of two tests of one order do, are kept as one.
    if (this.#made.some((each) => each.id === id)) return;
    this.#made.push({ rule: "tell", id, where, resource: resource as PlannedTold["resource"], asOf: undefined });
  }

  joined(): Joined {
    return { changed: this.#changing as unknown as Joined["changed"], made: this.#made };
  }
}

interface Collected {
  readonly living: Set<object>;
  readonly types: Map<object, string>;
}

function collect(json: unknown, type: string, collected: Collected): void {
  if (typeof json !== "object" || json === null) return;
  collected.living.add(json);
  collected.types.set(json, type);
  for (const each of Object.values(json)) collect(each, type, collected);
}
