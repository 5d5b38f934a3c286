import { busy, type Clock, failed, limits, ok, type Result } from "#kernel";
import type { HealthRecord } from "#record";
import { anyKey, newestFirst } from "../clauses.ts";
import { pause } from "../deliveries/engine/sleeper.ts";
import { linkStateKey } from "../messages/figure-keys.ts";
import { linkMessageKind } from "../messages/link-message.ts";

/** Messages of one link that are kept and not mapped yet. */
export interface BacklogBounds {
  /** From so many on its senders wait for their answers, the longer the more there are. */
  readonly slowedFrom: number;
  /** From so many on nothing is taken: its senders have to come back. */
  readonly refusedFrom: number;
  /** How long they wait at most. */
  readonly slowedMsMax: number;
}

export interface BacklogNeeds {
  /** The whole record: messages are counted, and not read. */
  readonly record: Pick<HealthRecord, "count">;
  readonly clock: Clock;
  readonly bounds: BacklogBounds;
}

interface Counted {
  /** Of the record at that time, and those that have come since: rather too many than too few. */
  waiting: number;
  atMs: number;
  counting: Promise<void> | undefined;
}

/** Keeps senders from sending faster than their messages are mapped for so long that the disk is full. */
export class Backlog {
  readonly #needs: BacklogNeeds;
  readonly #counted = new Map<string, Counted>();
  readonly #stop = new AbortController();

  constructor(needs: BacklogNeeds) {
    this.#needs = needs;
  }

  /**
   * Settles when one more message of the link may be kept: at once, or after a while where many wait.
   * Problems: busy `mapping-behind`, after as long; then it is to be sent again.
   */
  async admit(link: string): Promise<Result<undefined>> {
    const { slowedFrom, refusedFrom, slowedMsMax } = this.#needs.bounds;
    const counted = await this.#count(link);
    if (counted.waiting >= slowedFrom) {
      const share = (counted.waiting - slowedFrom + 1) / (refusedFrom - slowedFrom + 1);
      await pause(slowedMsMax * Math.min(share, 1), this.#stop.signal);
    }
    if (counted.waiting >= refusedFrom) return failed(mappingBehind);
    counted.waiting += 1;
    return ok(undefined);
  }

  /** Nobody waits any more. */
  close(): void {
    this.#stop.abort();
  }

  /** Only the first count of a link is waited for. */
  async #count(link: string): Promise<Counted> {
    const known = this.#counted.get(link);
    if (known === undefined) {
      const first: Counted = { waiting: 0, atMs: 0, counting: undefined };
      this.#counted.set(link, first);
      first.counting = this.#recount(link, first);
      await first.counting;
      return first;
    }
    if (known.atMs === 0) await known.counting;
    const isOld = Math.abs(this.#needs.clock.now() - known.atMs) >= limits.backlogCountMs;
    if (isOld && known.counting === undefined) known.counting = this.#recount(link, known);
    return known;
  }

  /** Where it cannot be counted, what was counted last stands. */
  async #recount(link: string, counted: Counted): Promise<void> {
    const { record, clock } = this.#needs;
    const before = counted.waiting;
    const all = [anyKey(linkStateKey(link, "received"))];
    const found = await record.count(newestFirst({ kind: linkMessageKind, all, limit: 1 })).catch(() => ok(before));
    // Those that came while it was counted may be in it or not.
    counted.waiting = (found.ok ? found.value : before) + (counted.waiting - before);
    counted.atMs = clock.now();
    counted.counting = undefined;
  }
}

const mappingBehind = busy("mapping-behind", "Too many messages of this link wait to be mapped; send it again later.");
