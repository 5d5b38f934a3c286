import { type Clock, limits, ok, type Result } from "#kernel";
import type { Clause, HealthRecord, Kind, Operation, Version } from "#record";
import type { Actor } from "../actor.ts";
import type { ExplanationReason } from "../explain/explain-api.ts";
import { allFhirKinds } from "../policies/index.ts";
import type { RecordAction } from "../policies/policy.ts";

import { aboutOf } from "./about-patients.ts";

/** The actions that show a document or tell that there is one. */
export type SeeingAction = Extract<RecordAction, "read" | "search" | "history">;

export interface VisibilityQuestion {
  readonly actor: Actor;
  readonly kind: Kind;
  readonly action: SeeingAction;
  /** The documents asked about concern one of these, `Patient/1`, and nobody else; absent: anybody. */
  readonly patients?: readonly string[];
  /** The whole record, to look in for what the condition depends on. What is looked up there leaves no audit. */
  readonly record: HealthRecord;
  readonly clock: Clock;
}

/**
 * A condition of seeing documents, as data. The rules of `openAccess` are asked for every actor and kind; each says what it
 * restricts and nothing else, so that a new reason to hide something is a new rule.
 */
export interface VisibilityRule {
  /** For the page that explains: `legitimate relationship`. */
  readonly name: string;
  /**
   * What a document of the kind must meet, all of it, to be seen by the actor: none for no restriction, `never` for
   * nothing at all. Asked often: what it looks up must be kept for a while by the rule itself, within a bound.
   */
  clauses(question: VisibilityQuestion): Promise<Result<readonly Clause[]>>;
  /** What bears on one document that the actor sees or does not, in words: for the page that explains, and nothing else. */
  why?(question: VisibilityQuestion, document: Version): Promise<Result<readonly ExplanationReason[]>>;
  /** Told of what this process has written, so that what the rule keeps is not older than that. */
  written?(operations: readonly Operation[]): void;
}

export interface VisibilityNeeds {
  readonly rules: readonly VisibilityRule[];
  readonly actor: Actor;
  readonly record: HealthRecord;
  readonly clock: Clock;
}

interface Held {
  readonly untilMs: number;
  readonly clauses: Promise<Result<readonly Clause[]>>;
}

/**
 * All rules joined for one view, and held for as long as that view lasts, but never longer than `limits.visibilityHeldMs`:
 * a view that follows the feed for hours is asked anew.
 */
export class Visibility {
  readonly #needs: VisibilityNeeds;
  readonly #held = new Map<string, Held>();

  constructor(needs: VisibilityNeeds) {
    this.#needs = needs;
  }

  /** What a document of the kind must meet to be seen. Problems: of looking it up; then nothing may be shown. */
  of(kind: Kind, action: SeeingAction, patients?: readonly string[]): Promise<Result<readonly Clause[]>> {
    if (patients !== undefined) return this.#ask({ kind, action, patients });
    const name = `${kind}.${action}`;
    const now = this.#needs.clock.now();
    const before = this.#held.get(name);
    if (before !== undefined && now < before.untilMs) return before.clauses;
    const clauses = this.#ask({ kind, action });
    this.#held.set(name, { untilMs: now + limits.visibilityHeldMs, clauses });
    return clauses;
  }

  /** The same rules for somebody else: what they look up is not held here. */
  as(actor: Actor): Visibility {
    return new Visibility({ ...this.#needs, actor });
  }

  /** What was written may change the answers. */
  written(operations: readonly Operation[]): void {
    this.#held.clear();
    for (const rule of this.#needs.rules) rule.written?.(operations);
  }

  async #ask(asked: Pick<VisibilityQuestion, "kind" | "action" | "patients">): Promise<Result<readonly Clause[]>> {
    const { rules, actor, record, clock } = this.#needs;
    const all: Clause[] = [];
    for (const rule of rules) {
      const limited = await rule.clauses({ ...asked, actor, record, clock });
      if (!limited.ok) {
        this.#held.delete(`${asked.kind}.${asked.action}`);
        return limited;
      }
      all.push(...limited.value);
    }
    if (aboutOf(asked.kind) === "targets" && actor.unrestricted !== true) {
      const targets = await this.#targets(asked.action);
      if (!targets.ok) return targets;
      all.push(...targets.value);
    }
    return ok(all.some(({ is }) => is === "never") ? [{ is: "never" }] : all);
  }

  /** What tells of other documents is seen by whoever sees all of them. */
  async #targets(action: SeeingAction): Promise<Result<readonly Clause[]>> {
    const clauses: Clause[] = [];
    for (const kind of allFhirKinds()) {
      if (aboutOf(kind) === "nobody" || aboutOf(kind) === "targets") continue;
      const asked = await this.of(kind, action);
      if (!asked.ok) return asked;
      if (asked.value.length === 0) continue;
      const hidden: Clause = { is: "any", of: asked.value.map(opposite) };
      clauses.push({ is: "not", of: { is: "refers", to: kind, parameters: ["target"], all: [hidden] } });
    }
    return ok(clauses);
  }
}

/** Of what is left out by a label, what has the label: an index leads to that. */
function opposite(clause: Clause): Clause {
  return clause.is === "not" ? clause.of : { is: "not", of: clause };
}
