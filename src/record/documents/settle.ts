import { conflict, failed, type Instant, instant, notFound, ok, type Problem, type Result } from "#kernel";
import type { AuditEntry, CurrentState, VersionRow } from "../ports.ts";
import { stampedBody } from "./body.ts";
import { type Action, type Key, keyText, type Position, type Version } from "./document.ts";
import type { Create, Delete, Match, Outcome, Unmatched, Update } from "./operation.ts";
import { type Prepared, placed } from "./prepare.ts";

/** What a commit read of the record under its lock. */
export interface Before {
  readonly head: { readonly position: Position; readonly at: Instant };
  readonly current: ReadonlyMap<string, CurrentState>;
  /** What was found for each `ifNoneExist`. */
  readonly matches: ReadonlyMap<Match, readonly Version[]>;
  /** Each `ifNoneFound` that something satisfies by now. */
  readonly matched: ReadonlySet<Unmatched>;
  readonly now: Instant;
}

/** One transaction of a batch. */
export interface Unsettled {
  readonly operations: readonly Prepared[];
  readonly attest?: Attest | undefined;
}

/** What a transaction adds once its outcomes are known (see `Transaction.attest`). */
export type Attest = (outcomes: readonly Outcome[]) => {
  readonly operations: readonly Prepared[];
  readonly audit: readonly AuditEntry[];
};

export interface Settled {
  readonly rows: readonly VersionRow[];
  /** What the transactions that succeeded attested. */
  readonly audit: readonly AuditEntry[];
  /** One for each transaction, in their order. */
  readonly results: readonly Result<readonly Outcome[]>[];
}

/**
 * Decides the fate of several transactions that share one commit, as if they had come one after another.
 * Pure: what was read comes in, the rows to write go out. One that fails leaves nothing behind.
 */
export function settle(before: Before, transactions: readonly Unsettled[]): Settled {
  const state = new BatchState(before);
  const results = transactions.map((transaction) => settleTransaction(state, transaction));
  return { rows: state.rows, audit: state.audit, results };
}

function settleTransaction(state: BatchState, { operations, attest }: Unsettled): Result<readonly Outcome[]> {
  const start = state.rows.length;
  const outcomes = settleAll(state, operations);
  const attested = outcomes.ok ? attest?.(outcomes.value) : undefined;
  const added = settleAll(state, attested?.operations ?? []);
  if (!outcomes.ok || !added.ok) {
    state.rollBackTo(start);
    return outcomes.ok ? added : outcomes;
  }
  state.audit.push(...(attested?.audit ?? []));
  return outcomes;
}

/** Stops at the first that fails, and leaves it to the caller to take back what went before. */
function settleAll(state: BatchState, operations: readonly Prepared[]): Result<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [index, prepared] of operations.entries()) {
    const outcome = settleOperation(state, prepared);
    if (!outcome.ok) return failed(placed(outcome.problems[0], operations.length, index));
    outcomes.push(outcome.value);
  }
  return ok(outcomes);
}

function settleOperation(state: BatchState, prepared: Prepared): Result<Outcome> {
  const { operation } = prepared;
  switch (operation.action) {
    case "create":
      return settleCreate(state, prepared, operation);
    case "update":
      return settleUpdate(state, prepared, operation);
    case "delete":
      return settleDelete(state, prepared, operation);
  }
}

function settleCreate(state: BatchState, prepared: Prepared, { ifNoneExist, ifNoneFound }: Create): Result<Outcome> {
  if (ifNoneExist !== undefined) {
    const [first, second] = state.matching(prepared.key.kind, ifNoneExist);
    if (second !== undefined) return failed(severalMatch(prepared.key));
    if (first !== undefined) {
      return ifNoneExist.onMatch === "use" ? ok({ effect: "none", version: first }) : failed(alreadyExists(first));
    }
  }
  if (ifNoneFound !== undefined && state.isMatched(ifNoneFound)) return failed(matchExists(prepared.key));
  const current = state.newest(prepared.key);
  if (current !== undefined && current.action !== "delete") return failed(alreadyExists(prepared.key));
  return ok({ effect: "created", version: state.add(prepared, "create") });
}

function settleUpdate(state: BatchState, prepared: Prepared, { ifMatch }: Update): Result<Outcome> {
  const current = state.newest(prepared.key);
  const exists = current !== undefined && current.action !== "delete";
  const mismatch = versionMismatch(prepared.key, current, ifMatch);
  if (mismatch !== undefined) return failed(mismatch);
  if (exists && current.body === stampedBody(prepared.key, prepared.text, current)) {
    return ok({ effect: "none", version: current });
  }
  const version = state.add(prepared, exists ? "update" : "create");
  return ok({ effect: exists ? "updated" : "created", version });
}

function settleDelete(state: BatchState, prepared: Prepared, { ifMatch }: Delete): Result<Outcome> {
  const current = state.newest(prepared.key);
  if (current === undefined) return failed(notFound("not-found", `There is no ${keyText(prepared.key)}.`));
  if (current.action === "delete") return ok({ effect: "none", version: current });
  const mismatch = versionMismatch(prepared.key, current, ifMatch);
  if (mismatch !== undefined) return failed(mismatch);
  return ok({ effect: "deleted", version: state.add(prepared, "delete") });
}

function versionMismatch(key: Key, current: Version | undefined, ifMatch: number | undefined): Problem | undefined {
  if (ifMatch === undefined) return undefined;
  const actual = current?.version ?? 0;
  if (ifMatch === actual || (ifMatch === 0 && current?.action === "delete")) return undefined;
  const found = current === undefined ? "does not exist" : `is at version ${actual}`;
  return conflict("version-conflict", `${keyText(key)} ${found}, not at version ${ifMatch}. Read it again.`);
}

function alreadyExists(key: Key): Problem {
  return conflict("already-exists", `${keyText(key)} exists already.`);
}

function matchExists(key: Key): Problem {
  return conflict("already-exists", `A document of kind ${key.kind} that matches the condition exists by now.`);
}

function severalMatch(key: Key): Problem {
  return conflict("multiple-matches", `Several documents of kind ${key.kind} match the condition; it must name one.`);
}

/** The record as it was under the lock, with what this batch has added so far on top. */
class BatchState {
  readonly rows: VersionRow[] = [];
  readonly audit: AuditEntry[] = [];
  readonly #before: Before;
  readonly #added = new Map<string, VersionRow[]>();
  /** Which of the added documents carry a key, or did before another version or a roll-back. */
  readonly #carriers = new Map<string, Set<string>>();
  /** The keys that carriers are asked for by. */
  readonly #wanted: ReadonlySet<string>;
  readonly #at: Instant;

  constructor(before: Before) {
    this.#before = before;
    this.#wanted = new Set([...before.matches.keys()].flatMap(({ keys }) => keys[0] ?? []));
    this.#at = instant(Math.max(before.now, before.head.at));
  }

  newest(key: Key): Version | undefined {
    return this.#added.get(keyText(key))?.at(-1) ?? this.#stored(key);
  }

  matching(kind: string, match: Match): readonly Version[] {
    const stored = (this.#before.matches.get(match) ?? []).filter(
      (version) => !this.#added.get(keyText(version))?.length,
    );
    const carriers = this.#carriers.get(carrierKey(kind, match.keys[0] ?? "")) ?? [];
    const added = [...carriers].flatMap((key) => this.#added.get(key)?.at(-1) ?? []);
    return [...stored, ...added.filter((row) => carries(row, match))];
  }

  isMatched(unmatched: Unmatched): boolean {
    return this.#before.matched.has(unmatched);
  }

  add(prepared: Prepared, action: Action): Version {
    const { key, text, entries } = prepared;
    const stored = this.#before.current.get(keyText(key));
    const newest = this.newest(key);
    const version = (newest?.version ?? 0) + 1;
    const row: VersionRow = {
      ...key,
      version,
      position: this.#before.head.position + this.rows.length + 1,
      at: this.#at,
      action,
      body: action === "delete" ? "" : stampedBody(key, text, { version, at: this.#at }),
      entries,
      ...(newest ? { previous: newest.position } : {}),
      ...(stored ? { replaces: stored.position } : {}),
    };
    this.rows.push(row);
    this.#added.set(keyText(key), [...(this.#added.get(keyText(key)) ?? []), row]);
    if (this.#before.matches.size > 0) this.#addCarrier(row);
    return row;
  }

  #addCarrier({ kind, id, entries }: VersionRow): void {
    for (const key of [...entries.keys, ...entries.references]) {
      if (!this.#wanted.has(key)) continue;
      const name = carrierKey(kind, key);
      const carriers = this.#carriers.get(name);
      if (carriers === undefined) this.#carriers.set(name, new Set([keyText({ kind, id })]));
      else carriers.add(keyText({ kind, id }));
    }
  }

  rollBackTo(length: number): void {
    for (const row of this.rows.splice(length)) this.#added.get(keyText(row))?.pop();
  }

  #stored(key: Key): Version | undefined {
    const state = this.#before.current.get(keyText(key));
    return state && { ...key, ...state, action: state.deleted ? "delete" : "update" };
  }
}

function carrierKey(kind: string, key: string): string {
  return `${kind} ${key}`;
}

function carries(row: VersionRow, match: Match): boolean {
  return (
    row.action !== "delete" &&
    match.keys.every((key) => row.entries.keys.includes(key) || row.entries.references.includes(key))
  );
}
