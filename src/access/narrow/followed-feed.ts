import { ok, type Result } from "#kernel";
import type { Position, Version } from "#record";
import { type Actor, may } from "../actor.ts";
import { shownAddresses } from "../restricted-address/shown-addresses.ts";
import { seenVersions } from "../visibility/judge.ts";
import type { View } from "./view.ts";
import { refused, witnessed } from "./witness.ts";

const peekMax = 100;

/**
 * The feed as one actor may see it. Following it is one act, witnessed once, before the first change is handed out;
 * what a person is then shown of those changes is read, and witnessed, by itself.
 */
export class FollowedFeed {
  readonly #view: View;
  #witnessed = false;
  /** No change after `from`, up to `to`, may be seen: a follower that stands there need not look again. */
  #quiet = { from: 0, to: 0 };

  constructor(view: View) {
    this.#view = view;
  }

  /** Problems: forbidden, for an actor who may read no kind at all. */
  async changes(after: Position, limit: number): Promise<Result<readonly Version[]>> {
    if (!mayReadSomething(this.#view.actor)) return refused(this.#view, this.#deed(after), "all", "read");
    const visible = await this.#nextVisible(after, limit);
    if (!visible.ok || visible.value.length === 0) return visible;
    this.#view.shown.addAll(visible.value);
    if (this.#witnessed) return visible;
    const result = await witnessed(this.#view, this.#deed(after), visible);
    this.#witnessed = result.ok;
    return result;
  }

  /** Resolves when there is a change that the actor may see, or the record fails (`changes` then says how). */
  async changed(after: Position, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#view.record.changed(this.#start(after), signal);
      if (signal.aborted || !mayReadSomething(this.#view.actor)) return;
      const visible = await this.#nextVisible(after, peekMax);
      if (!visible.ok || visible.value.length > 0) return;
    }
  }

  async #nextVisible(after: Position, limit: number): Promise<Result<readonly Version[]>> {
    for (;;) {
      const batch = await this.#view.record.changes(this.#start(after), limit);
      if (!batch.ok) return batch;
      const last = batch.value.at(-1);
      if (last === undefined) return ok([]);
      const open = batch.value.filter((version) => may(this.#view.actor, version.kind, "read"));
      const visible = await seenVersions(this.#view, open, "read");
      if (!visible.ok) return visible;
      if (visible.value.length > 0) return shownAddresses(this.#view, visible.value);
      this.#quiet = { from: Math.min(after, this.#start(after)), to: last.position };
    }
  }

  #start(after: Position): Position {
    return after >= this.#quiet.from && after < this.#quiet.to ? this.#quiet.to : after;
  }

  #deed(after: Position) {
    return { act: "follow", query: `_after=${after}` } as const;
  }
}

const kindReadPattern = /^[A-Z][A-Za-z]*\.read$/;

function mayReadSomething(actor: Actor): boolean {
  for (const permission of actor.permissions) if (kindReadPattern.test(permission)) return true;
  return false;
}
