import type { PostedEvent } from "#audit";
import { failed, forbidden, ok, type Problem, type Result, unsupported } from "#kernel";
import type { Operation, Outcome, Transaction } from "#record";
import { type Actor, may } from "../actor.ts";
import { keptAddresses } from "../restricted-address/kept-addresses.ts";
import { shownNewest } from "../restricted-address/shown-addresses.ts";
import { provenanceOf } from "./provenance.ts";
import { registrationsOf } from "./registration.ts";
import { standingOf } from "./standing.ts";
import { unseenProblem } from "./unseen-writes.ts";
import type { View } from "./view.ts";
import { kindForbidden } from "./witness.ts";
import { actsOf, witnessFailure } from "./write-acts.ts";

/** All or none, with the acts and the Provenance in the same commit. What failed is witnessed after it failed. */
export async function transact(view: View, transaction: Transaction): Promise<Result<readonly Outcome[]>> {
  const { operations } = transaction;
  const problem = firstProblem(view.actor, transaction);
  if (problem !== undefined) return witnessFailure(view, operations, failed(problem));
  const posted = postedEvents(view, operations);
  if (!posted.ok) return witnessFailure(view, operations, posted);
  const asked = operations.filter((operation) => operation.kind !== "AuditEvent");
  const standing = await standingOf(view, { ...transaction, operations: asked });
  if (!standing.ok) return standing;
  const { versions: before, seen } = standing.value;
  const unseen = await unseenProblem(view, asked, standing.value);
  if (!unseen.ok) return unseen;
  if (unseen.value !== undefined) return witnessFailure(view, operations, failed(unseen.value));
  const kept = await keptAddresses(view, asked, before);
  if (!kept.ok) return witnessFailure(view, operations, kept);
  const stored = kept.value;
  const opened = await view.opened?.(view.actor);
  const held = view.held?.splice(0) ?? [];
  const result = await view.record.transact({
    operations: stored,
    ...(transaction.blobs === undefined ? {} : { blobs: transaction.blobs }),
    ...(seen === undefined ? {} : { seen }),
    audit: [...held, ...(transaction.audit ?? []), ...posted.value.map((event) => event.entry)],
    attest: (outcomes) => ({
      operations: [...provenanceOf(view, stored, outcomes), ...registrationsOf(view, outcomes)],
      audit: actsOf(view, { operations: stored, outcomes, before, opened }),
    }),
  });
  if (!result.ok) {
    view.held?.unshift(...held);
    return witnessFailure(view, operations, result);
  }
  view.visibility.written([...stored, ...registrationsOf(view, result.value)]);
  const shown = await shownNewest(
    view,
    result.value.map((outcome) => outcome.version),
  );
  if (!shown.ok) return shown;
  view.shown.addAll(shown.value);
  const outcomes = result.value.map((outcome, at) => ({ ...outcome, version: shown.value[at] ?? outcome.version }));
  return ok(inOrder(operations, outcomes, posted.value));
}

function firstProblem(actor: Actor, { operations, attest }: Transaction): Problem | undefined {
  if (attest !== undefined) return forbidden("attest-reserved", "Only access attests to what was written.");
  for (const [index, operation] of operations.entries()) {
    const problem = operationProblem(actor, operation);
    if (problem !== undefined) return operations.length === 1 ? problem : { ...problem, where: `operation[${index}]` };
  }
  return undefined;
}

function operationProblem(actor: Actor, operation: Operation): Problem | undefined {
  const { kind, action } = operation;
  if (!may(actor, kind, action)) return kindForbidden(kind, action);
  // A condition that matches answers with a document the writer did not bring.
  const isConditional = operation.action === "create" && (operation.ifNoneExist ?? operation.ifNoneFound) !== undefined;
  if (isConditional && !may(actor, kind, "search")) {
    return kindForbidden(kind, "search");
  }
  if (kind !== "AuditEvent" || (operation.action === "create" && operation.id === undefined)) return undefined;
  return unsupported("audit-append-only", "The audit log is only ever appended to, and gives its own ids.");
}

function postedEvents(view: View, operations: readonly Operation[]): Result<readonly PostedEvent[]> {
  const events: PostedEvent[] = [];
  for (const operation of operations) {
    if (operation.kind !== "AuditEvent" || operation.action !== "create") continue;
    const made = view.auditLog.posted({
      at: view.clock.now(),
      agent: view.agent,
      id: view.ids.next(),
      resource: operation.body,
    });
    if (!made.ok) return made;
    events.push(made.value);
  }
  return ok(events);
}

/** The outcomes of the record and of the log, in the order of the caller's operations. */
function inOrder(
  operations: readonly Operation[],
  outcomes: readonly Outcome[],
  posted: readonly PostedEvent[],
): readonly Outcome[] {
  if (posted.length === 0) return outcomes;
  const fromRecord = outcomes.values();
  const fromLog = posted.map((event): Outcome => ({ effect: "created", version: event.version })).values();
  return operations.flatMap(({ kind }) => (kind === "AuditEvent" ? fromLog : fromRecord).next().value ?? []);
}
