import { limits } from "#kernel";
import { type HealthRecord, type Position, parseBody, type Version } from "#record";
import { counts, type MergedPatient, type PatientMerge, patientMergeKind } from "../../merges/patient-merge.ts";
import { isNhsNumber } from "../../patients/sent-identifiers.ts";
import type { Delivery } from "../delivery.ts";
import { nhsLane, numberLane } from "../lane-key.ts";

/** What of a delivery says which lane it is in. */
export type LanePlace = Pick<Delivery, "lane" | "patient">;

export interface MergedLanesNeeds {
  /** The whole record: merges are followed in it. */
  readonly feed: Pick<HealthRecord, "history">;
  /** Some lanes have become one, or have parted. */
  changed(): void;
}

interface KnownMerge {
  readonly discarded: string;
  readonly survivor: string;
  /** Lanes of the numbers that the merge named, each with its patient. */
  readonly named: readonly (readonly [lane: string, patient: string])[];
}

/**
 * Which lanes are one because their patients are. What is stored of a delivery is the lane it was queued in; the deliveries
 * of patients who were joined are sent as one lane, and when the patients are parted, so are the lanes.
 */
export class MergedLanes {
  readonly #needs: MergedLanesNeeds;
  /** Those that count, by their id. */
  readonly #merges = new Map<string, KnownMerge>();
  readonly #survivors = new Map<string, string>();
  readonly #patients = new Map<string, string>();
  /** How many merges a patient is in. */
  readonly #joined = new Map<string, number>();
  #upTo: Position = 0;
  #reaching: Promise<void> = Promise.resolve();

  constructor(needs: MergedLanesNeeds) {
    this.#needs = needs;
  }

  /** The lane that a delivery is sent in by now. */
  laneOf({ lane, patient }: LanePlace): string {
    const known = patient !== undefined && this.#joined.has(patient) ? patient : this.#patients.get(lane);
    return known === undefined ? lane : `merged ${this.#rootOf(known)}`;
  }

  /** Settles when every merge up to this place is known. Throws where the record does not say. */
  reach(position: Position): Promise<void> {
    if (position <= this.#upTo) return Promise.resolve();
    const reached = this.#reaching.then(() => this.#readUpTo(position));
    this.#reaching = reached.catch(() => {});
    return reached;
  }

  async #readUpTo(position: Position): Promise<void> {
    if (position <= this.#upTo) return;
    let isChanged = false;
    for (let after: Position | undefined = this.#upTo; after !== undefined; ) {
      const query = { kind: patientMergeKind, isOldestFirst: true, after, limit: limits.feedBatchMax } as const;
      const page = await this.#needs.feed.history(query);
      if (!page.ok) throw new Error(page.problems[0].code);
      for (const version of page.value.versions) isChanged = this.#note(version) || isChanged;
      after = page.value.next?.position;
    }
    this.#upTo = position;
    if (isChanged) this.#needs.changed();
  }

  /** True when it changes who is one with whom. */
  #note(version: Version): boolean {
    const merge = version.action === "delete" ? undefined : parseBody<PatientMerge>(version);
    const isKnown = this.#merges.has(version.id);
    const isCounted = merge !== undefined && counts(merge);
    if (isCounted === isKnown) return false;
    if (isCounted) this.#remember(version.id, merge);
    else this.#forget(version.id);
    return true;
  }

  #remember(id: string, { discarded, survivor }: PatientMerge): void {
    const named = [...lanesOf(discarded), ...lanesOf(survivor)];
    this.#merges.set(id, { discarded: discarded.reference, survivor: survivor.reference, named });
    this.#survivors.set(discarded.reference, survivor.reference);
    for (const [lane, patient] of named) this.#patients.set(lane, patient);
    for (const { reference } of [discarded, survivor]) this.#count(reference, 1);
    const [oldest] = this.#merges.keys();
    if (this.#merges.size > limits.laneMergesMax && oldest !== undefined) this.#forget(oldest);
  }

  #forget(id: string): void {
    const merge = this.#merges.get(id);
    if (merge === undefined) return;
    this.#merges.delete(id);
    this.#survivors.delete(merge.discarded);
    for (const patient of [merge.discarded, merge.survivor]) this.#count(patient, -1);
    for (const [lane, patient] of merge.named) {
      if (this.#patients.get(lane) === patient && !this.#joined.has(patient)) this.#patients.delete(lane);
    }
  }

  #count(patient: string, by: 1 | -1): void {
    const joined = (this.#joined.get(patient) ?? 0) + by;
    if (joined === 0) this.#joined.delete(patient);
    else this.#joined.set(patient, joined);
  }

  /** The patient at the end of the chain. */
  #rootOf(patient: string): string {
    let root = patient;
    for (let hops = 0; hops <= this.#survivors.size; hops += 1) {
      const next = this.#survivors.get(root);
      if (next === undefined) return root;
      root = next;
    }
    return root;
  }
}

function lanesOf({ reference, numbers }: MergedPatient): readonly (readonly [string, string])[] {
  return numbers.flatMap((number) => {
    const { value } = number;
    if (value === undefined) return [];
    return [[isNhsNumber(number) ? nhsLane(value) : numberLane(value), reference] as const];
  });
}
