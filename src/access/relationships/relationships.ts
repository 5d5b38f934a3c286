import { isJsonObject, type JsonObject, limits, ok, type Result } from "#kernel";
import type { HealthRecord, Operation } from "#record";
import type { Actor } from "../actor.ts";
import type { ExplanationReason } from "../explain/explain-api.ts";
import { relationshipSources } from "../explain/relationship-sources.ts";
import { labelled, restrictedLabels, sealedLabels } from "../visibility/labels.ts";
import type { VisibilityQuestion } from "../visibility/visibility.ts";
import { type Anchors, anchorsOf } from "./anchors.ts";
import { ownRelationships, type Relations, readRelations } from "./relations.ts";
import { WardBoard } from "./ward-board.ts";

interface Held<T> {
  readonly untilMs: number;
  readonly value: Promise<Result<T>>;
  /** What writes that change it name. */
  names: ReadonlySet<string>;
}

interface HeldLabelled extends Omit<Held<LabelledPatients>, "names"> {
  /** Undefined while it is being read: a write may or may not be in it. Empty where there are too many to name. */
  ids: ReadonlySet<string> | undefined;
}

type Asking = Pick<VisibilityQuestion, "actor" | "record" | "clock">;

/**
 * Whose patients people see, held for `limits.relationshipsHeldMs` for at most `limits.relationshipsHeldMax` of them. What this
 * process writes that names somebody is forgotten at once, so who admits a patient sees them; what ends, or another process
 * writes, counts within that time.
 */
export class Relationships {
  readonly #people = new Map<string, Held<Relations>>();
  readonly #labelled = new Map<string, HeldLabelled>();
  #board: Held<WardBoard> | undefined;

  of({ actor, record, clock }: Asking): Promise<Result<Relations>> {
    const now = clock.now();
    const before = this.#people.get(actor.reference);
    if (before !== undefined && now < before.untilMs) return before.value;
    const names = new Set([actor.reference]);
    const held: Held<Relations> = {
      untilMs: now + limits.relationshipsHeldMs,
      names,
      value: this.#read({ actor, record, now }, (anchors) => {
        held.names = new Set([...names, ...namesOf(anchors)]);
      }),
    };
    this.#people.delete(actor.reference);
    while (this.#people.size >= limits.relationshipsHeldMax) {
      const [oldest] = this.#people.keys();
      if (oldest !== undefined) this.#people.delete(oldest);
    }
    this.#people.set(actor.reference, held);
    void held.value.then((result) => {
      if (!result.ok && this.#people.get(actor.reference) === held) this.#people.delete(actor.reference);
    });
    return held.value;
  }

  /** The patients whose whole record is sealed, or restricted. */
  labelled(which: "sealed" | "restricted", { record, clock }: Asking): Promise<Result<LabelledPatients>> {
    const now = clock.now();
    const before = this.#labelled.get(which);
    if (before !== undefined && now < before.untilMs) return before.value;
    const value = readLabelled(record, which);
    const held: HeldLabelled = { untilMs: now + limits.relationshipsHeldMs, value, ids: undefined };
    this.#labelled.set(which, held);
    void value.then((read) => {
      if (read.ok) held.ids = new Set(read.value);
      else if (this.#labelled.get(which) === held) this.#labelled.delete(which);
    });
    return value;
  }

  /** By what one patient is somebody's, for the page that explains; looked up anew. */
  async sources({ actor, record, clock }: Asking, patientId: string): Promise<Result<readonly ExplanationReason[]>> {
    const now = clock.now();
    const anchors = await anchorsOf(record, actor);
    if (!anchors.ok) return anchors;
    const onWards = await this.#onWards(record, anchors.value, now);
    if (!onWards.ok) return onWards;
    const own = await ownRelationships({ record, actor, now });
    if (!own.ok) return own;
    const isOnWard = onWards.value.includes(patientId);
    return relationshipSources({ record, anchors: anchors.value, own: own.value, isOnWard, patientId, now });
  }

  /** Forgets what these writes may change. */
  written(operations: readonly Operation[]): void {
    for (const operation of operations) {
      if (!deciding.has(operation.kind)) continue;
      if (operation.kind === "Patient") this.#forgetLabelled(operation);
      if (operation.kind === "Encounter") this.#board = undefined;
      if (this.#people.size === 0) continue;
      const named = namedIn(operation);
      for (const [reference, { names }] of this.#people) {
        if (named.some((name) => names.has(name))) this.#people.delete(reference);
      }
    }
  }

  /** Most patients have no label and get none. */
  #forgetLabelled(operation: Operation): void {
    const isLabelling = operation.action !== "delete" && hasLabels(operation.body);
    for (const [which, { ids }] of this.#labelled) {
      const wasLabelled = ids === undefined || (operation.id !== undefined && ids.has(operation.id));
      if (isLabelling || wasLabelled) this.#labelled.delete(which);
    }
  }

  async #read(
    { actor, record, now }: { readonly actor: Actor; readonly record: HealthRecord; readonly now: number },
    known: (anchors: Anchors) => void,
  ): Promise<Result<Relations>> {
    const anchors = await anchorsOf(record, actor);
    if (!anchors.ok) return anchors;
    known(anchors.value);
    const onWards = await this.#onWards(record, anchors.value, now);
    return onWards.ok ? readRelations({ record, actor, anchors: anchors.value, onWards: onWards.value, now }) : onWards;
  }

  async #onWards(record: HealthRecord, anchors: Anchors, now: number): Promise<Result<readonly string[]>> {
    if (anchors.wards.length === 0) return ok([]);
    if (this.#board === undefined || now >= this.#board.untilMs) {
      this.#board = { untilMs: now + limits.relationshipsHeldMs, names: new Set(), value: WardBoard.read(record) };
    }
    const board = await this.#board.value;
    if (!board.ok) this.#board = undefined;
    return board.ok ? ok(board.value.patientsOn(anchors)) : board;
  }
}

/** Ids, or undefined where there are too many to name. */
export type LabelledPatients = readonly string[] | undefined;

async function readLabelled(record: HealthRecord, which: "sealed" | "restricted"): Promise<Result<LabelledPatients>> {
  const page = await record.search({
    kind: "Patient",
    all: [labelled("Patient", which === "sealed" ? sealedLabels : restrictedLabels)],
    sort: { by: "updated", descending: true },
    limit: limits.labelledPatientsMax,
  });
  if (!page.ok) return page;
  return ok(page.value.next === undefined ? page.value.versions.map(({ id }) => id) : undefined);
}

function hasLabels({ meta }: JsonObject): boolean {
  return isJsonObject(meta) && Array.isArray(meta.security) && meta.security.length > 0;
}

/** Kinds whose documents say who cares for whom. */
const deciding: ReadonlySet<string> = new Set([
  "Appointment",
  "CareTeam",
  "Encounter",
  "EpisodeOfCare",
  "Location",
  "Patient",
  "Practitioner",
  "Relationship",
  "ServiceRequest",
  "User",
]);

function namesOf({ practitioners, staffNumbers, teams, wards, wardNames }: Anchors): readonly string[] {
  const values = [...staffNumbers, ...wardNames].map((name) => name.slice(name.indexOf("|") + 1));
  return [...practitioners, ...teams, ...wards, ...values];
}

/** Every text of a body that may be a reference or a number, and the beginning of a path. */
function namedIn(operation: Operation): readonly string[] {
  const own = operation.id === undefined ? [] : [`${operation.kind}/${operation.id}`];
  if (operation.action === "delete") return own;
  const texts = JSON.stringify(operation.body).match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  return [...own, ...texts.flatMap((text) => [text.slice(1, -1), text.slice(1, -1).split("/")[0] ?? ""])];
}
