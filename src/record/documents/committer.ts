import { busy, type Clock, failed, type Log, limits, ok, type Result, unavailable } from "#kernel";
import type { Blob } from "../blobs/blob.ts";
import type { AuditEntry, DocumentStore, Sighting } from "../ports.ts";
import type { Match, Outcome, Unmatched } from "./operation.ts";
import type { Prepared } from "./prepare.ts";
import { type Attest, settle } from "./settle.ts";

/** A transaction on its way to the disk. */
export interface Submission {
  readonly operations: readonly Prepared[];
  readonly blobs: readonly Blob[];
  readonly audit: readonly AuditEntry[];
  readonly attest?: Attest | undefined;
  readonly seen?: Sighting | undefined;
}

interface Waiting extends Submission {
  answer(result: Result<readonly Outcome[]>): void;
}

export interface CommitterNeeds {
  readonly store: DocumentStore;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Group commit: whatever waits while commits are on their way to the disk shares the next.
 * So the cost of a sync is divided by the load, and a lone writer never waits for company.
 */
export class Committer {
  readonly #needs: CommitterNeeds;
  readonly #queue: Waiting[] = [];
  #running = false;
  #inFlight = 0;
  #operationsWaiting = 0;
  /** Called when a commit has landed, or more waits. */
  #stirred: () => void = () => {};

  constructor(needs: CommitterNeeds) {
    this.#needs = needs;
  }

  /** Problems: conflict (see `settle`), busy when `limits.commitQueueMax` wait already, unavailable. */
  submit(submission: Submission): Promise<Result<readonly Outcome[]>> {
    if (this.#queue.length >= limits.commitQueueMax) {
      return Promise.resolve(failed(busy("commit-queue-full", "Too many writes are waiting. Try again in a moment.")));
    }
    for (const { key, entries } of submission.operations) this.#needs.store.ready(key.kind, entries);
    return new Promise((answer) => {
      this.#queue.push({ ...submission, answer });
      this.#operationsWaiting += submission.operations.length;
      if (this.#running) this.#stirred();
      else void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    // One turn of the event loop lets the other requests that arrived together join the first commit.
    await new Promise(setImmediate);
    while (this.#queue.length > 0) {
      if (this.#mayStart()) void this.#start(this.#takeBatch());
      else await new Promise<void>((stirred) => (this.#stirred = stirred));
    }
    this.#running = false;
  }

  /** A commit costs its statements, however little is in it. */
  #mayStart(): boolean {
    if (this.#inFlight === 0) return true;
    return this.#inFlight < limits.commitsInFlightMax && this.#operationsWaiting >= limits.commitFollowingOperationsMin;
  }

  async #start(batch: readonly Waiting[]): Promise<void> {
    this.#inFlight += 1;
    await this.#commit(batch);
    this.#inFlight -= 1;
    this.#stirred();
  }

  #takeBatch(): readonly Waiting[] {
    let operations = 0;
    let count = 0;
    while (count < this.#queue.length) {
      const next = this.#queue[count]?.operations ?? [];
      operations += next.length;
      // What shares a commit is not found by a search in it, so who depends on one commits alone.
      const isAlone = next.some((prepared) => unmatchedOf(prepared).length > 0);
      if (count > 0 && (isAlone || operations > limits.commitBatchOperationsMax)) break;
      count += 1;
      if (isAlone) break;
    }
    const batch = this.#queue.splice(0, count);
    for (const waiting of batch) this.#operationsWaiting -= waiting.operations.length;
    return batch;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.#write(batch);
      batch.forEach((waiting, index) => {
        waiting.answer(results[index] ?? ok([]));
      });
    } catch (error) {
      await this.#recover(batch, error);
    }
  }

  async #write(batch: readonly Waiting[]): Promise<readonly Result<readonly Outcome[]>[]> {
    const operations = batch.flatMap((waiting) => waiting.operations);
    if (batch.every(isAuditOnly)) {
      await this.#needs.store.appendAudit(batch.flatMap((waiting) => waiting.audit));
      return batch.map(() => ok([]));
    }
    const matches = operations.flatMap(matchOf);
    const unmatched = operations.flatMap(unmatchedOf);
    const reading = {
      keys: operations.filter((prepared) => !prepared.idIsNew).map((prepared) => prepared.key),
      matches: matches.map(({ kind, match }) => ({ kind, keys: match.keys })),
      unmatched,
      seen: batch.flatMap(({ seen }) => seen ?? []),
    };
    return this.#needs.store.write(reading, ({ head, current, matching, matched }) => {
      const found = new Map(matches.map(({ match }, index) => [match, matching[index] ?? []]));
      const now = this.#needs.clock.now();
      const settled = settle({ head, current, matches: found, matched: new Set(matched), now }, batch);
      const kept = batch.filter((_, index) => settled.results[index]?.ok);
      const blobs = kept.flatMap((waiting) => waiting.blobs);
      const audit = [...kept.flatMap((waiting) => waiting.audit), ...settled.audit];
      return { rows: { versions: settled.rows, blobs, audit }, value: settled.results };
    });
  }

  /** One transaction that the database refuses must not take down those that shared its commit. */
  async #recover(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (batch.length > 1 && !isConnectionError(error)) {
      for (const waiting of batch) await this.#commit([waiting]);
      return;
    }
    this.#needs.log.error("commit failed", { error: error instanceof Error ? error : new Error(String(error)) });
    // When the connection is lost after the commit was sent, nobody can tell whether it arrived.
    const problem = isConnectionError(error)
      ? unavailable("connection-lost", "The connection to the database was lost: look whether this was stored.", {
          cause: error,
        })
      : unavailable("not-stored", "The record could not be written. Nothing of this was stored.", { cause: error });
    for (const waiting of batch) waiting.answer(failed(problem));
  }
}

/** Most of what is committed: somebody has read something. */
function isAuditOnly({ operations, blobs, audit, attest }: Waiting): boolean {
  return operations.length === 0 && blobs.length === 0 && audit.length > 0 && attest === undefined;
}

function matchOf({ operation, key }: Prepared): { readonly kind: string; readonly match: Match }[] {
  if (operation.action !== "create" || operation.ifNoneExist === undefined) return [];
  return [{ kind: key.kind, match: operation.ifNoneExist }];
}

function unmatchedOf({ operation }: Prepared): readonly Unmatched[] {
  return operation.action === "create" && operation.ifNoneFound !== undefined ? [operation.ifNoneFound] : [];
}

/** Errors of the connection have codes such as ECONNREFUSED and CONNECTION_CLOSED; those of SQL have five characters. */
function isConnectionError(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && (code.length !== 5 || code.startsWith("57P") || code.startsWith("08"));
}
