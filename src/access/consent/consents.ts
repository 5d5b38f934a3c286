import { type Clock, failed, limits, ok, type Result, unavailable } from "#kernel";
import type { Clause, HealthRecord, Kind, Outcome, Position, SearchConcepts, Version } from "#record";
import type { Asker } from "./asker.ts";
import { Denials } from "./denials.ts";
import { HeldConsents } from "./held-consents.ts";
import { type CodesBelow, KnownCodes } from "./known-codes.ts";
import type { Part } from "./part.ts";

export interface ConsentNeeds {
  /** The whole record. */
  readonly record: HealthRecord;
  readonly clock: Clock;
  /** Tells what stands below a code; left out, codes count as they are written. */
  readonly concepts?: SearchConcepts;
}

/**
 * What all patients said, held in memory: read at the start and brought up to date by every write of this process before it
 * is answered, and by `catchUp` from what other processes wrote. Until it is read, and while there is more than
 * `limits.consentsHeldMax`, nothing of any patient may be seen.
 */
export class Consents {
  readonly #needs: ConsentNeeds;
  readonly #held = new HeldConsents();
  readonly #codes: KnownCodes;
  readonly #askers = new Map<string, Denials>();
  #position: Position = 0;
  #read: Promise<Result<undefined>> | undefined;
  /** Somebody calls `catchUp` as often as anything changes; else it is called at each question. */
  isFollowed = false;

  constructor(needs: ConsentNeeds) {
    this.#needs = needs;
    this.#codes = new KnownCodes(needs.concepts, needs.clock);
  }

  /** What stands below the codes that Consents name. */
  get codes(): CodesBelow {
    return this.#codes;
  }

  /** How many Consents are held. */
  get size(): number {
    return this.#held.size;
  }

  /** Reads all active Consents, once. Problems: of the record; then it is tried again at the next call. */
  async open(): Promise<Result<undefined>> {
    this.#read ??= this.#readAll();
    const read = await this.#read;
    if (!read.ok) this.#read = undefined;
    return read;
  }

  async #readAll(): Promise<Result<undefined>> {
    const { record } = this.#needs;
    const position = await record.position();
    for (let after: Position | undefined; ; ) {
      const page = await record.search({
        kind: "Consent",
        all: [{ is: "key", any: ["status=active"] }],
        sort: { by: "updated", descending: false },
        limit: limits.pageSizeMax,
        ...(after === undefined ? {} : { after: { position: after } }),
      });
      if (!page.ok) return page;
      for (const version of page.value.versions) this.apply(version);
      after = page.value.next?.position;
      if (after === undefined) break;
    }
    this.#position = position;
    return ok(undefined);
  }

  /** Up to where the feed was taken in. */
  get position(): Position {
    return this.#position;
  }

  /** Takes in what was written since it was last asked, here or elsewhere. Problems: of the record; then ask again. */
  async catchUp(): Promise<Result<undefined>> {
    const { record } = this.#needs;
    const upTo = await record.position();
    for (;;) {
      const query = { kind: "Consent", isOldestFirst: true, limit: limits.pageSizeMax, after: this.#position };
      const page = await record.history(query);
      if (!page.ok) return page;
      for (const version of page.value.versions) this.apply(version);
      const last = page.value.versions.at(-1);
      if (page.value.next === undefined || last === undefined) break;
      this.#position = last.position;
    }
    this.#position = Math.max(upTo, this.#position);
    return ok(undefined);
  }

  /** A version of a Consent takes effect at once. */
  apply(version: Version): void {
    const patients = this.#held.apply(version);
    for (const denials of this.#askers.values()) for (const patient of patients) denials.changed(patient);
  }

  /** The record, whose Consents take effect before the write is answered. */
  watched(record: HealthRecord): HealthRecord {
    const noted = (outcomes: readonly Outcome[]) => {
      for (const { effect, version } of outcomes) {
        if (version.kind === "Consent" && effect !== "none") this.apply(version);
      }
    };
    return {
      ...record,
      transact: async (transaction) => {
        const result = await record.transact(transaction);
        if (result.ok) noted(result.value);
        return result;
      },
    };
  }

  /**
   * What documents of a kind must meet to be shown to the asker; of those that concern nobody but `patients`, where these are
   * given. Problems: unavailable, code `consents-not-read`, while it is
   * not known what patients said.
   */
  async clauses(kind: Kind, asker: Asker, patients?: readonly string[]): Promise<Result<readonly Clause[]>> {
    const denials = await this.#denialsTo(asker);
    if (!denials.ok) return denials;
    return ok(patients === undefined ? denials.value.clauses(kind) : denials.value.clausesFor(kind, patients));
  }

  /** Whether there is anything that the asker may not see. */
  async deniesAnything(asker: Asker): Promise<Result<boolean>> {
    const denials = await this.#denialsTo(asker);
    return denials.ok ? ok(!denials.value.isEmpty) : denials;
  }

  /** What of a patient's record is kept from the asker, and by which Consents; undefined: nothing. */
  async denial(patient: string, asker: Asker): Promise<Result<Denial | undefined>> {
    const denials = await this.#denialsTo(asker);
    if (!denials.ok) return denials;
    const part = denials.value.partOf(patient);
    if (part === undefined) return ok(undefined);
    return ok({ part, consents: this.#held.of(patient).map(({ id }) => `Consent/${id}`) });
  }

  async #upToDate(): Promise<Result<undefined>> {
    const read = await this.open();
    return read.ok && !this.isFollowed ? this.catchUp() : read;
  }

  async #denialsTo(asker: Asker): Promise<Result<Denials>> {
    const known = await this.#upToDate();
    if (!known.ok || this.#held.size > limits.consentsHeldMax) return failed(notRead);
    if (await this.#codes.know(this.#held.codes)) this.#askers.clear();
    const nowMs = this.#needs.clock.now();
    const key = keyOf(asker);
    const before = this.#askers.get(key);
    if (before !== undefined && nowMs < before.untilMs) return ok(before);
    const made = new Denials(this.#held, { asker, nowMs, codes: this.#codes });
    this.#askers.delete(key);
    const [oldest] = this.#askers.keys();
    if (this.#askers.size >= limits.consentAskersMax && oldest !== undefined) this.#askers.delete(oldest);
    this.#askers.set(key, made);
    return ok(made);
  }
}

/** `Consent/1` */
export interface Denial {
  readonly part: Part;
  readonly consents: readonly string[];
}

const notRead = unavailable(
  "consents-not-read",
  "It is not known at the moment what patients said about who may see their record, so nothing is shown. Try again soon.",
);

function keyOf({ roles, references, isUnlinked, purpose, actions, overridden }: Asker): string {
  return JSON.stringify([
    [...roles].sort(),
    [...references].sort(),
    isUnlinked,
    purpose,
    actions,
    [...overridden].sort(),
  ]);
}
