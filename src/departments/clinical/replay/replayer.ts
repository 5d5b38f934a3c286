import { type Failed, limits, ok, type Result, toIso } from "#kernel";
import type { Version } from "#record";
import { anyKey } from "../clauses.ts";
import { Sleeper } from "../deliveries/engine/sleeper.ts";
import { replayKind, replayStatesUnderWay } from "./replay.ts";
import { knownReplay, readReplay, writeReplay } from "./replay-document.ts";
import type { ReplayNeeds } from "./replay-needs.ts";
import { runPreview } from "./run-preview.ts";
import { runReplay } from "./run-replay.ts";
import { runShadow } from "./shadow/run-shadow.ts";
import { knownShadowRun } from "./shadow/shadow-document.ts";
import { shadowRunKind } from "./shadow/shadow-run.ts";

export interface ReplayerNeeds extends ReplayNeeds {
  /** True for the one process that works on them. */
  claim(): Promise<boolean>;
}

/**
 * Works on replays and shadow runs for as long as it is open: previews, and those that somebody has started, a few at a time.
 * All that it knows is in the record, so another process, or this one after a crash, goes on where it was.
 */
export class Replayer {
  readonly #needs: ReplayerNeeds;
  readonly #stop = new AbortController();
  readonly #sleeper = new Sleeper();
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #ended: Promise<void>;

  constructor(needs: ReplayerNeeds) {
    this.#needs = needs;
    this.#ended = this.#run();
  }

  /** Somebody has asked for something. */
  wake(): void {
    this.#sleeper.call();
  }

  /** Settles when nothing is under way any more; what is not finished goes on after the next start. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
    await Promise.all(this.#underWay.values());
  }

  async #run(): Promise<void> {
    const { log, claim } = this.#needs;
    while (!this.#stop.signal.aborted) {
      const isMine = await claim().catch(() => false);
      const waiting = isMine ? await this.#waiting().catch((error: unknown) => unreachable(error)) : ok([]);
      if (!waiting.ok) log.warn("replays are not looked for", { code: waiting.problems[0].code });
      else for (const version of waiting.value) this.#begin(version);
      await this.#sleeper.sleep(limits.replayPollMs, this.#stop.signal);
    }
  }

  async #waiting(): Promise<Result<readonly Version[]>> {
    const sort = { by: { date: "asked", isSingle: true }, descending: false } as const;
    const limit = limits.replaysOpenMax;
    const replays = [anyKey(...replayStatesUnderWay.map((state) => `state=${state}`))];
    const found = await this.#needs.look.search({ kind: replayKind, all: replays, sort, limit });
    if (!found.ok) return found;
    const runs = [anyKey("state=running")];
    const shadows = await this.#needs.look.search({ kind: shadowRunKind, all: runs, sort, limit });
    return shadows.ok ? ok([...found.value.versions, ...shadows.value.versions]) : shadows;
  }

  #begin(version: Version): void {
    const { id } = version;
    if (this.#underWay.has(id) || this.#underWay.size >= limits.replaysUnderWayMax || this.#stop.signal.aborted) return;
    const work = this.#work(version).catch((error: unknown) => {
      this.#needs.log.error("a replay threw", { replay: id, error: error instanceof Error ? error : undefined });
    });
    this.#underWay.set(
      id,
      work.finally(() => this.#underWay.delete(id)),
    );
  }

  async #work(version: Version): Promise<void> {
    const { signal } = this.#stop;
    if (version.kind === shadowRunKind) {
      this.#tell(version, await runShadow(this.#needs, knownShadowRun(version), signal));
      return;
    }
    const known = knownReplay(version);
    const isPreview = known.replay.state === "previewing";
    const done = await (isPreview ? runPreview(this.#needs, known, signal) : runReplay(this.#needs, known, signal));
    this.#tell(version, done);
    if (!done.ok && !isPreview) await this.#pauseAfter(known.id, done);
  }

  /** What is not ours to wait for stands still where people see it, with the reason. */
  async #pauseAfter(id: string, { problems: [{ category, code, message }] }: Failed): Promise<void> {
    if (category === "unavailable" || (category === "busy" && code !== "message-contended")) return;
    const { clock, contextFor } = this.#needs;
    const { context } = contextFor(pausedBy);
    const known = await readReplay(context.record, id);
    if (!known.ok || known.value.replay.state !== "running") return;
    const problem = { code, message: `${message} It stood still at ${toIso(clock.now())}.` };
    await writeReplay(context.record, known.value, { replay: { ...known.value.replay, state: "paused", problem } });
  }

  /** A conflict means that somebody has stopped it, or another process is at it. */
  #tell({ id }: Version, done: Result<unknown>): void {
    if (done.ok || done.problems[0].category === "conflict") return;
    this.#needs.log.warn("a replay goes on later", { replay: id, code: done.problems[0].code });
  }
}

const pausedBy = { reference: "Worker/replays", display: "Corridor" };

function unreachable(cause: unknown): Failed {
  const message = "The record could not be asked for replays.";
  return { ok: false, problems: [{ category: "unavailable", code: "replays-unknown", message, cause }] };
}
