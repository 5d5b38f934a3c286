import type { Segment } from "#standards/hl7v2";
import type { ReadyMaps } from "../compile.ts";
import { usualSettings } from "../map-message.ts";
import type { WrittenNames } from "./authority.ts";
import type { WrittenVersion } from "./message-head.ts";
import { type FhirResource, type ResourceSet, resourceSet } from "./resource-set.ts";
import { type Reversal, reversals } from "./reversal.ts";
import type { ReverseRun } from "./reverse-run.ts";
import { reverseSegment } from "./reverse-segment.ts";
import { newSegment, readable, type SegmentDraft, segmentText } from "./segment-draft.ts";

/** The rows, made ready to be run backwards. */
export interface BackwardMaps {
  readonly maps: ReadyMaps;
  readonly reversals: ReadonlyMap<string, Reversal>;
}

export function backwardMaps(maps: ReadyMaps): BackwardMaps {
  return { maps, reversals: reversals(maps) };
}

export interface WriterOptions {
  readonly backward: BackwardMaps;
  readonly names: WrittenNames;
  readonly version: WrittenVersion;
}

/** A message while it is being written, segment by segment. */
export class MessageWriter {
  readonly set: ResourceSet;
  readonly options: WriterOptions;
  /** How often each row has written, by its id. */
  readonly rows = new Map<string, number>();
  readonly #lines: string[] = [];
  readonly #counts = new Map<string, number>();
  readonly #latest = new Map<string, Segment>();

  constructor(resources: readonly FhirResource[], options: WriterOptions) {
    this.set = resourceSet(resources);
    this.options = options;
  }

  start(name: string): SegmentDraft {
    return newSegment(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** Fills what is still empty of the segment by the rows of this map. */
  fill(draft: SegmentDraft, map: string, resource: FhirResource): void {
    const { backward, names } = this.options;
    const run: ReverseRun = {
      ...backward,
      set: this.set,
      names,
      settings: usualSettings,
      lookup: (name) => (name === draft.name ? readable(draft) : this.#latest.get(name)),
      wrote: (row) => void this.rows.set(row, (this.rows.get(row) ?? 0) + 1),
    };
    reverseSegment(draft, { map, resource, run });
  }

  add(draft: SegmentDraft): void {
    this.#counts.set(draft.name, draft.occurrence);
    this.#latest.set(draft.name, readable(draft));
    this.#lines.push(segmentText(draft));
  }

  /** What stands in the order or result before is no context of the next. */
  forget(): void {
    for (const name of ["ORC", "OBR", "OBX", "SPM", "TQ1"]) this.#latest.delete(name);
  }

  /** With a carriage return behind each segment. */
  get text(): string {
    return `${this.#lines.join("\r")}\r`;
  }
}
