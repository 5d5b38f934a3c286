import type { Context } from "#access";
import { conflict, failed, forbidden, ok, type Problem, type Result } from "#kernel";
import { said } from "../items/item-store.ts";
import { type Disposal, disposalKind } from "./disposal.ts";
import { type KnownDisposal, knownDisposal, writeDisposal } from "./disposal-store.ts";
import { rowOf } from "./fetch-retention.ts";
import type { DisposalView, RetentionRow } from "./retention-view.ts";
import { searched } from "./searched.ts";
import { holdsInForce, stopOf } from "./what-stops.ts";

export interface DisposalNeeds {
  readonly context: Context;
  /** Sees what is held. */
  readonly own: Context;
}

/**
 * Proposes that a record be disposed of. Problems: conflict `not-due`, `on-hold`, `record-restricted`, `proposed-already`;
 * those of the record.
 */
export async function proposeDisposal(
  { context, own }: DisposalNeeds,
  { patient, why }: { readonly patient: string; readonly why: string },
): Promise<Result<DisposalView>> {
  const row = await dueRow(context, own, patient);
  if (!row.ok) return row;
  const { rule, until, lastContact } = row.value;
  const disposal: Disposal = { patient, state: "proposed", rule, until, lastContact, proposed: said(context, why) };
  const before = await disposalsOf(context, patient);
  if (!before.ok) return before;
  if (before.value.some(({ disposal: { state } }) => state === "proposed" || state === "agreed"))
    return failed(proposedAlready);
  const refused = before.value.find(({ disposal: { state } }) => state === "refused");
  // Somebody whose record was erased, and who is there again under the same id, is decided on anew.
  const again = before.value.length === 0 ? "" : `-${before.value.length + 1}`;
  const id = refused?.id ?? `d-${patient.slice("Patient/".length)}`.slice(0, 60) + again;
  return writeDisposal(context, { id, version: refused?.version ?? 0, disposal });
}

async function disposalsOf({ record }: Context, patient: string): Promise<Result<readonly KnownDisposal[]>> {
  const found = await searched(record, disposalKind, [`patient=${patient}`]);
  return found.ok ? ok(found.value.map(knownDisposal)) : found;
}

/**
 * Agrees or refuses, by somebody else than who proposed it. Agreed, it is carried out behind this, and goes on after a crash
 * (see `DisposalWorker`). Problems: forbidden `second-person-needed`; conflict `disposal-decided`, `not-due`, `on-hold`,
 * `record-restricted`; those of the record.
 */
export async function decideDisposal(
  { context, own }: DisposalNeeds,
  { id, agree, why }: { readonly id: string; readonly agree: boolean; readonly why: string },
): Promise<Result<DisposalView>> {
  const read = await context.record.read(disposalKind, id);
  if (!read.ok) return read;
  const { disposal } = knownDisposal(read.value);
  const problem = decisionProblem(disposal, context);
  if (problem !== undefined) return failed(problem);
  const row = agree ? await dueRow(context, own, disposal.patient) : ok(undefined);
  if (!row.ok) return row;
  const decided: Disposal = { ...disposal, state: agree ? "agreed" : "refused", decided: said(context, why) };
  return writeDisposal(context, { id, version: read.value.version, disposal: decided });
}

function decisionProblem({ state, proposed }: Disposal, { actor }: Context): Problem | undefined {
  if (state !== "proposed") return decidedAlready;
  return proposed.by === actor.reference ? samePerson : undefined;
}

async function dueRow(context: Context, own: Context, patient: string): Promise<Result<RetentionRow>> {
  const read = await own.record.read("Patient", patient.slice("Patient/".length));
  if (!read.ok) return read;
  const open = await stopOf(own, patient);
  if (!open.ok) return open;
  const holds = await holdsInForce(context);
  if (!holds.ok) return holds;
  const row = await rowOf({ context, own, holds: holds.value }, read.value);
  if (!row.ok) return row;
  return row.value?.state === "due" ? ok(row.value) : failed(notDue);
}

const notDue = conflict("not-due", "The record is still to be kept.");
const proposedAlready = conflict(
  "proposed-already",
  "It was proposed before, and waits for a second person, or is done.",
);
const decidedAlready = conflict("disposal-decided", "It was decided before.");
const samePerson = forbidden("second-person-needed", "Somebody else has to decide on what you proposed.");
