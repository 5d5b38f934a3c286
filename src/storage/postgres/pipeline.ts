import { type Instant, instant } from "#kernel";
import type {
  AuditEntry,
  Decided,
  LookQuestion,
  Position,
  Sighting,
  WriteBefore,
  WriteReading,
  WriteRows,
} from "#record";
import { type Appending, appending } from "./append.ts";
import { forgetTerms } from "./append-entries.ts";
import { type AuditTail, auditRows, type Chained, chainOf, type Seal } from "./audit-chain.ts";
import { readStored, type Stored } from "./before.ts";
import { forgetDays } from "./daily-blobs.ts";
import type { Database, OnceDatabase } from "./database.ts";
import { GatheredReads } from "./gathered-reads.ts";
import type { KindNumbers } from "./kinds.ts";
import { overlaid, type Read, sightingOf, unseen } from "./overlay.ts";
import { type Hold, RecentRows } from "./recent-rows.ts";

export interface PipelineNeeds {
  /** Opens the one connection that writes; see `openOnce`. */
  open(): OnceDatabase;
  readonly readers: Database;
  readonly kinds: KindNumbers;
  readonly seal: Seal;
}

/** Where the record ends: what the next commit continues. */
interface Tail {
  readonly position: Position;
  readonly at: Instant;
  readonly audit: AuditTail;
}

/** A commit whose statements are all on their way. */
interface Sending<T> {
  readonly value: T;
  readonly done: Promise<void>;
}

/**
 * The writes of this process, one behind the other on one connection, each sent before the one before it is confirmed.
 *
 * The first takes the lock of the head, reads under it, and so learns where the record ends. From then on this process
 * knows: it reads what a write must know beforehand, beside the writes that are still on their way, lays what those bring
 * on top, and lets the database carry a write out only if the head still is where this process believes. If another
 * process has moved it, or the write before has failed, nothing of the write happens and it starts again with the lock.
 */
export class Pipeline {
  readonly #needs: PipelineNeeds;
  #database: OnceDatabase;
  #turn: Promise<unknown> = Promise.resolve();
  #tail: Tail | undefined;
  /** Counts how often the tail was learnt anew: what was sent before says nothing of it. */
  #generation = 0;
  /** So many writes take the lock first: another process is writing too. */
  #lockedNext = 0;
  #confirmed: Position = 0;
  readonly #recent = new RecentRows();
  readonly #looks: GatheredReads;
  /** Until what was decided on them is written. */
  readonly #holds = new WeakMap<Sighting, Hold>();

  constructor(needs: PipelineNeeds) {
    this.#needs = needs;
    this.#database = needs.open();
    this.#looks = new GatheredReads((question) =>
      readStored(needs.readers, needs.kinds, { ...question, unmatched: [], seen: [] }),
    );
  }

  /** As `DocumentStore.write` says. */
  async write<T>(reading: WriteReading, decide: (before: WriteBefore) => Decided<T>): Promise<T> {
    const next: Next<T> = { reading: this.#withoutOutdated(reading), decide, generation: this.#generation };
    // What a search finds among writes that are on their way only the database can tell.
    const isKnown = this.#tail !== undefined && this.#lockedNext === 0 && reading.unmatched.length === 0;
    const early = isKnown ? this.#read(unseen(next.reading)) : undefined;
    early?.catch(() => {}); // it is awaited in its turn
    const holds = [this.#recent.hold(this.#confirmed), ...reading.seen.flatMap((seen) => this.#holds.get(seen) ?? [])];
    try {
      const sending = await this.#inTurn(() => this.#sendNext(next, early)).finally(() => this.#release(holds));
      await sending.done;
      return sending.value;
    } catch (error) {
      if (!(error instanceof HeadMoved)) throw error;
      this.#lockedNext = lockedAfterMove;
    }
    const sending = await this.#inTurn(() => this.#sendLocked(reading, decide));
    await sending.done;
    return sending.value;
  }

  /** As `DocumentStore.appendAudit` says. */
  async appendAudit(entries: readonly AuditEntry[]): Promise<void> {
    await this.write({ keys: [], matches: [], unmatched: [], seen: [] }, () => ({
      rows: { versions: [], blobs: [], audit: entries },
      value: undefined,
    }));
  }

  /** As `DocumentStore.look` says. */
  async look(question: LookQuestion): Promise<Sighting> {
    const generation = this.#generation;
    const hold = this.#recent.hold(this.#confirmed);
    try {
      const sighting = sightingOf(question, { ...hold, stored: await this.#looks.ask(question) }, generation);
      this.#holds.set(sighting, hold);
      return sighting;
    } catch (error) {
      this.#recent.release(hold);
      throw error;
    }
  }

  /** Texts of codes may be gone that were written before. */
  forgetTerms(): void {
    forgetTerms(this.#database.sql);
  }

  async close(): Promise<void> {
    await this.#database.close(5);
  }

  #release(holds: readonly Hold[]): void {
    for (const hold of holds) this.#recent.release(hold);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#turn.then(work);
    this.#turn = run.catch(() => {});
    return run;
  }

  async #read(reading: WriteReading): Promise<Read & { readonly of: WriteReading }> {
    const since = this.#confirmed;
    return { of: reading, since, stored: await readStored(this.#needs.readers, this.#needs.kinds, reading) };
  }

  /** What was seen says nothing any more once the end of the record was learnt anew, or too much was written since. */
  #withoutOutdated(reading: WriteReading): WriteReading {
    const isValid = ({ generation, since }: Sighting) => generation === this.#generation && this.#recent.reaches(since);
    return reading.seen.every(isValid) ? reading : { ...reading, seen: reading.seen.filter(isValid) };
  }

  async #sendNext<T>({ reading, decide, generation }: Next<T>, early: Early | undefined): Promise<Sending<T>> {
    const read = await early;
    const tail = this.#tail;
    const isCurrent =
      generation === this.#generation &&
      [...reading.seen, ...(read ? [read] : [])].every(({ since }) => this.#recent.reaches(since));
    const stored = read && isCurrent ? overlaid(reading, read, this.#recent) : undefined;
    if (stored === undefined || tail === undefined) return this.#sendLocked(reading, decide);
    const { rows, value } = decide(beforeOf(tail, stored));
    const chained = chainOf(tail.audit, rows.audit, this.#needs.seal);
    const next = tailAfter(tail, rows, chained);
    const { sql } = this.#database;
    const isAuditOnly = rows.versions.length + rows.blobs.length === 0 && rows.audit.length > 0;
    const statements = isAuditOnly
      ? [appendAuditAlone(sql, { from: tail, to: next, chained })]
      : committed(sql, { from: tail, to: next, what: appending({ sql, kinds: this.#needs.kinds }, rows, chained) });
    this.#tail = next;
    return { value, done: this.#confirmation(Promise.all(statements), { rows, next, generation }) };
  }

  /** With the lock of the head, in two round trips: the driver sends together what need not wait. */
  async #sendLocked<T>(reading: WriteReading, decide: (before: WriteBefore) => Decided<T>): Promise<Sending<T>> {
    this.#lockedNext = Math.max(0, this.#lockedNext - 1);
    this.#generation += 1;
    this.#tail = undefined;
    const generation = this.#generation;
    const database = this.#database;
    const { sql } = database;
    try {
      // `execute` sends at once: the lock must be asked for before anything is read.
      const locking = Promise.all([
        sql`begin`.execute(),
        sql<Head[]>`select position, at_ms, audit_sequence, audit_hash from head for update`.execute(),
        readStored(sql, this.#needs.kinds, reading),
      ]);
      const [, heads, stored] = await Promise.race([locking, database.lost]);
      const tail = tailOf(heads[0]);
      const { rows, value } = decide(beforeOf(tail, stored));
      const chained = chainOf(tail.audit, rows.audit, this.#needs.seal);
      const next = tailAfter(tail, rows, chained);
      // Should a statement fail, the commit behind it rolls back, and the statement's error is thrown.
      const what = appending({ sql, kinds: this.#needs.kinds }, rows, chained);
      const statements = [...written(sql, { from: tail, to: next, what }), sql`commit`];
      this.#tail = next;
      return { value, done: this.#confirmation(Promise.all(statements), { rows, next, generation }) };
    } catch (error) {
      // The transaction that was begun ends with its connection.
      this.#replace(database);
      throw error;
    }
  }

  /** Settles with the commit. The statements of a commit that failed had no effect, nor will those sent behind it. */
  async #confirmation(statements: Promise<unknown>, { rows, next, generation }: Confirming): Promise<void> {
    const database = this.#database;
    const sent = { last: next.position, rows: rows.versions };
    this.#recent.add(sent);
    try {
      await Promise.race([statements, database.lost]);
      this.#confirmed = Math.max(this.#confirmed, next.position);
      this.#recent.prune(this.#confirmed);
    } catch (error) {
      // Nothing may be decided on what never came to be: its positions will be those of other versions.
      this.#recent.remove(sent);
      if (generation === this.#generation) this.#tail = undefined;
      if (isDivisionByZero(error)) throw new HeadMoved();
      forgetTerms(database.sql);
      forgetDays(database.sql);
      if (isTableGone(error)) throw new HeadMoved();
      if (isConnectionLost(error)) this.#replace(database);
      throw error;
    }
  }

  #replace(failed: OnceDatabase): void {
    if (this.#database !== failed) return;
    this.#tail = undefined;
    this.#database = this.#needs.open();
    void failed.close(0).catch(() => {});
  }
}

/** How many writes take the lock once another process was found to write: its writes seldom come alone. */
const lockedAfterMove = 16;

interface Next<T> {
  readonly reading: WriteReading;
  readonly decide: (before: WriteBefore) => Decided<T>;
  /** In which what was seen was read. */
  readonly generation: number;
}

type Early = Promise<Read & { readonly of: WriteReading }>;

interface Confirming {
  readonly rows: WriteRows;
  readonly next: Tail;
  readonly generation: number;
}

interface Head {
  readonly position: number;
  readonly at_ms: number;
  readonly audit_sequence: number;
  readonly audit_hash: Buffer;
}

/** The head is not where this process believed, or a day's blobs were taken away meanwhile: nothing was written. */
class HeadMoved extends Error {}

/** The server is gone, or is going. Source: PostgreSQL documentation, Appendix A (classes 08 and 57P). */
function isConnectionLost(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return typeof code !== "string" || code.length !== 5 || code.startsWith("08") || code.startsWith("57P");
}

/** Only those of days ever go, and are made anew. */
function isTableGone(error: unknown): boolean {
  return (error as { code?: unknown }).code === "42P01";
}

function isDivisionByZero(error: unknown): boolean {
  return (error as { code?: unknown }).code === "22012";
}

function tailOf(head: Head | undefined): Tail {
  if (head === undefined) throw new Error("the head row is missing: the database was not migrated");
  const audit = { sequence: head.audit_sequence, hash: head.audit_hash };
  return { position: head.position, at: instant(head.at_ms), audit };
}

function tailAfter(tail: Tail, { versions }: WriteRows, { tail: audit }: Chained): Tail {
  const last = versions.at(-1);
  return { position: last?.position ?? tail.position, at: instant(Math.max(last?.at ?? 0, tail.at)), audit };
}

function beforeOf({ position, at }: Tail, stored: Stored): WriteBefore {
  return { head: { position, at }, ...stored };
}

interface Move {
  readonly from: Tail;
  readonly to: Tail;
  readonly what: Appending;
}

/** A transaction: of one statement where nothing must be made before it. */
function committed(sql: Database, move: Move): readonly PromiseLike<unknown>[] {
  if (move.what.before.length === 0) return written(sql, move);
  return [sql`begin`.execute(), ...written(sql, move), sql`commit`];
}

/**
 * Moves the head, which is locked until the commit, and writes. Where the head does not stand as expected the division
 * fails, and with it the whole transaction. `execute` sends at once: nothing may be made before the head is locked.
 */
function written(sql: Database, { from, to, what }: Move): readonly PromiseLike<unknown>[] {
  const move = sql`with moved as (${moved(sql, from, to)})`;
  const check = sql`select 1 / count(*) from moved`;
  // The driver knows no empty list of parts.
  if (what.before.length > 0 || what.parts.length === 0) {
    return [sql`${move} ${check}`.execute(), ...what.before.map((statement) => statement()), ...what.parts];
  }
  const parts = what.parts.map((part, at) => sql`, ${sql.unsafe(`part${at + 1}`)} as (${part})`);
  return [sql`${move}${parts} ${check}`];
}

/**
 * Most of what is written: somebody has read something. One statement, a transaction of its own, is enough. The condition
 * makes the database divide: what nobody asks for it does not work out.
 */
function appendAuditAlone(
  sql: Database,
  { from, to, chained }: { readonly from: Tail; readonly to: Tail; readonly chained: Chained },
): PromiseLike<unknown> {
  return sql`
    with moved as (${moved(sql, from, to)}), checked as (select 1 / count(*) as one from moved)
    insert into audit_event (sequence, at_ms, body, hash, keys)
    select chained.* from checked, ${auditRows(sql, chained)} where one = 1`;
}

function moved(sql: Database, from: Tail, to: Tail) {
  return sql`
    update head set position = ${to.position}, at_ms = ${to.at},
      audit_sequence = ${to.audit.sequence}, audit_hash = ${to.audit.hash}
    where position = ${from.position} and audit_sequence = ${from.audit.sequence} returning 1`;
}
