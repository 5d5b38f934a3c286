import { type Clock, type Instant, type Log, limits, type Problem, type Result } from "#kernel";
import type { Position, Version } from "../documents/document.ts";
import type { HealthRecord } from "../health-record.ts";
import type { CursorStore } from "../ports.ts";
import { pause } from "./pause.ts";

/**
 * A function that follows the feed. It may see a change twice, and the record may by then hold a later version
 * than the change it is given; it must be safe to run again.
 */
export interface FeedWorker {
  /** Stable: its cursor is kept under this name. */
  readonly name: string;
  /** Kinds it wants; others only move the cursor. */
  readonly kinds: readonly string[];
  handle(change: Version): Promise<Result<void>>;
}

export interface WorkerNeeds {
  readonly record: HealthRecord;
  readonly cursors: CursorStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly stop: AbortSignal;
  /** How long to wait before the try after the `attempt`-th. */
  readonly retryDelayMs: (attempt: number) => number;
}

const claimRetryMs = 2_000;
const unavailableRetryMs = 1_000;

/** Runs until `stop` aborts. Of several processes on one database, one runs each worker. */
export async function runWorker(worker: FeedWorker, needs: WorkerNeeds): Promise<void> {
  while (!needs.stop.aborted && !(await claim(worker, needs))) await pause(claimRetryMs, needs.stop);
  if (needs.stop.aborted) return;
  let cursor = await needs.cursors.get(worker.name);
  while (!needs.stop.aborted) {
    const changes = await needs.record.changes(cursor, limits.feedBatchMax);
    if (!changes.ok) {
      await pause(unavailableRetryMs, needs.stop);
      continue;
    }
    if (changes.value.length === 0) await needs.record.changed(cursor, needs.stop);
    cursor = await handleAll(worker, needs, changes.value, cursor);
  }
}

async function claim(worker: FeedWorker, { cursors }: WorkerNeeds): Promise<boolean> {
  return cursors.claim(worker.name).catch(() => false);
}

/** Returns the new cursor, which is durable by then. */
async function handleAll(
  worker: FeedWorker,
  needs: WorkerNeeds,
  changes: readonly Version[],
  start: Position,
): Promise<Position> {
  let cursor = start;
  for (const change of changes) {
    if (needs.stop.aborted) break;
    if (worker.kinds.includes(change.kind)) await handleOrPark(worker, needs, change);
    if (needs.stop.aborted) break;
    cursor = change.position;
  }
  if (cursor !== start) await needs.cursors.set(worker.name, cursor);
  return cursor;
}

async function handleOrPark(worker: FeedWorker, needs: WorkerNeeds, change: Version): Promise<void> {
  for (let attempt = 1; !needs.stop.aborted; attempt += 1) {
    const problem = await tryOnce(worker, change);
    if (problem === undefined) return;
    if (attempt >= limits.feedAttemptsMax) {
      await park(worker, needs, { change, attempts: attempt, reason: `${problem.code}: ${problem.message}` });
      return;
    }
    await pause(needs.retryDelayMs(attempt), needs.stop);
  }
}

async function tryOnce(worker: FeedWorker, change: Version): Promise<Problem | undefined> {
  try {
    const result = await worker.handle(change);
    return result.ok ? undefined : result.problems[0];
  } catch (cause) {
    return { category: "fault", code: "worker-threw", message: `The worker ${worker.name} threw.`, cause };
  }
}

interface Parking {
  readonly change: Version;
  readonly attempts: number;
  readonly reason: string;
}

async function park(worker: FeedWorker, needs: WorkerNeeds, { change, attempts, reason }: Parking): Promise<void> {
  needs.log.error("a change was parked", { worker: worker.name, position: change.position, reason });
  const at: Instant = needs.clock.now();
  await needs.cursors.park({ worker: worker.name, position: change.position, attempts, reason, at });
}
