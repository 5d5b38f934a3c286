import { failed, instant, isJsonObject, ok, type Problem, type Result } from "#kernel";
import type { Kind, Version } from "../documents/document.ts";
import { indexEntriesOf } from "../fhir/kinds.ts";
import { type Criterion, type CriterionNeeds, readCriterion } from "./criterion.ts";
import { type Seen, satisfies } from "./matching.ts";
import type { Subscriber } from "./ports.ts";
import type { About, Terms } from "./terms.ts";
import type { Trigger } from "./topic.ts";

/** A change as subscriptions are compared with it; what it is found by is worked out when it is first asked for. */
export class ObservedChange {
  readonly version: Version;
  readonly #readBefore: (version: Version) => Promise<Result<Version | undefined>>;
  #now: Seen | undefined;
  #before: Promise<Result<Seen | undefined>> | undefined;

  constructor(version: Version, readBefore: (version: Version) => Promise<Result<Version | undefined>>) {
    this.version = version;
    this.#readBefore = readBefore;
  }

  /** Undefined after a deletion. */
  now(): Seen | undefined {
    if (this.version.action === "delete") return undefined;
    this.#now ??= seen(this.version);
    return this.#now;
  }

  /** Undefined where there was nothing before. */
  before(): Promise<Result<Seen | undefined>> {
    this.#before ??= this.#lookBack();
    return this.#before;
  }

  async #lookBack(): Promise<Result<Seen | undefined>> {
    const before = await this.#readBefore(this.version);
    if (!before.ok) return before;
    return ok(before.value === undefined || before.value.action === "delete" ? undefined : seen(before.value));
  }
}

function seen(version: Version): Seen {
  const body: unknown = JSON.parse(version.body);
  return { version, entries: indexEntriesOf(version.kind, isJsonObject(body) ? body : {}) };
}

/** The kinds whose changes can concern a subscription. */
export function kindsOf({ about }: Terms): readonly Kind[] {
  return about.is === "criterion" ? [about.criterion.kind] : about.topic.triggers.map(({ kind }) => kind);
}

/**
 * Whether a change is one that the subscription asks to be told of. A criterion is met by what was created or updated, never
 * by a deletion or by what only met it before. Problems: those of the search, where the record must be asked.
 * Source: FHIR R4 §2.46; Subscriptions R5 Backport 1.1 (topics and filters).
 */
export async function concerns(
  { about }: Terms,
  change: ObservedChange,
  subscriber: Subscriber,
): Promise<Result<boolean>> {
  if (!kindsOfAbout(about).includes(change.version.kind)) return ok(false);
  if (about.is === "criterion") return meetsNow(about.criterion, change.now(), subscriber);
  const isTriggered = await anyTrigger(about.topic.triggers, change);
  if (!isTriggered.ok || !isTriggered.value) return isTriggered;
  const last = change.version.action === "delete" ? await change.before() : ok(change.now());
  if (!last.ok) return last;
  for (const filter of about.filters) {
    if (filter.kind !== change.version.kind) continue;
    const passes = await meetsNow(filter, last.value, subscriber);
    if (!passes.ok || !passes.value) return passes;
  }
  return ok(true);
}

/** Whether the change alone says, at once, that it does not concern the subscription: as most do not. */
export function isRuledOut({ about }: Terms, change: ObservedChange): boolean {
  if (about.is === "topic") return !about.topic.triggers.some((trigger) => isPossible(trigger, change));
  const now = change.now();
  return now === undefined || satisfies(now, about.criterion.all) === false;
}

/** Whether the change is such as the trigger is about, whatever was before it. */
function isPossible({ kind, on, meets }: Trigger, change: ObservedChange): boolean {
  if (kind !== change.version.kind || !on.includes(change.version.action)) return false;
  if (meets === undefined) return true;
  const now = change.now();
  return now !== undefined && satisfies(now, criterionOf(`${kind}?${meets}`).all) === true;
}

function kindsOfAbout(about: About): readonly Kind[] {
  return about.is === "criterion" ? [about.criterion.kind] : about.topic.triggers.map(({ kind }) => kind);
}

/** What the version's own entries do not tell is asked of the record, which answers of the newest version. */
async function meetsNow(
  { kind, all }: Criterion,
  state: Seen | undefined,
  { record, isOpenly }: Subscriber,
): Promise<Result<boolean>> {
  if (state === undefined) return ok(false);
  const verdict = isOpenly(kind, all) ? satisfies(state, all) : undefined;
  if (verdict !== undefined) return ok(verdict);
  const page = await record.search({
    kind,
    all: [{ is: "id", any: [state.version.id] }, ...all],
    sort: { by: "updated", descending: true },
    limit: 1,
  });
  return page.ok ? ok(page.value.versions.length > 0) : page;
}

async function anyTrigger(triggers: readonly Trigger[], change: ObservedChange): Promise<Result<boolean>> {
  for (const trigger of triggers) {
    const fires = await isFired(trigger, change);
    if (!fires.ok || fires.value) return fires;
  }
  return ok(false);
}

async function isFired(trigger: Trigger, change: ObservedChange): Promise<Result<boolean>> {
  if (!isPossible(trigger, change)) return ok(false);
  const { kind, meets, isEntered } = trigger;
  if (meets === undefined || isEntered !== true) return ok(true);
  const before = await change.before();
  if (!before.ok) return before;
  return ok(before.value === undefined || satisfies(before.value, criterionOf(`${kind}?${meets}`).all) !== true);
}

const ownCriteria = new Map<string, Criterion>();

/** Of a topic: compiled once, and a bug where it cannot be. */
function criterionOf(text: string): Criterion {
  const known = ownCriteria.get(text);
  if (known !== undefined) return known;
  const read = readCriterion(text, topicNeeds);
  if (!read.ok) throw new Error(`the topic's search ${text} cannot be read`);
  ownCriteria.set(text, read.value);
  return read.value;
}

const topicNeeds: CriterionNeeds = { base: undefined, now: instant(0) };

/** Whether trying again later may help: otherwise the criteria themselves are to blame. */
export function mayPass({ category }: Problem): boolean {
  return category === "unavailable" || category === "busy";
}

/** The version before, of whatever change. */
export function versionBefore(
  read: (kind: Kind, id: string, version: number) => Promise<Result<Version>>,
): (version: Version) => Promise<Result<Version | undefined>> {
  return async ({ kind, id, version }) => {
    if (version <= 1) return ok(undefined);
    const before = await read(kind, id, version - 1);
    if (before.ok) return before;
    return before.problems[0].category === "not-found" ? ok(undefined) : failed(...before.problems);
  };
}
