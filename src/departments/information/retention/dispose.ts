import type { Context } from "#access";
import { conflict, failed, forbidden, type JsonObject, limits, ok, type Problem, type Result, toIso } from "#kernel";
import { type Operation, parseBody, type Version } from "#record";
import { said } from "../items/item-store.ts";
import { heldAbout } from "../pack/held.ts";
import { type Disposal, disposalKind } from "./disposal.ts";
import { holdsInForce, rowOf } from "./fetch-retention.ts";
import type { DisposalView, RetentionRow } from "./retention-view.ts";

export interface DisposalNeeds {
  readonly context: Context;
  /** Sees what is held. */
  readonly own: Context;
  /** May delete it. */
  readonly disposing: Context;
}

/** Proposes that a record be disposed of. Problems: conflict `not-due`, `on-hold`, `proposed-already`; those of the record. */
export async function proposeDisposal(
  { context, own }: DisposalNeeds,
  { patient, why }: { readonly patient: string; readonly why: string },
): Promise<Result<DisposalView>> {
  const row = await dueRow(context, own, patient);
  if (!row.ok) return row;
  const id = `d-${patient.slice("Patient/".length)}`.slice(0, 64);
  const { rule, until, lastContact } = row.value;
  const disposal: Disposal = { patient, state: "proposed", rule, until, lastContact, proposed: said(context, why) };
  const before = await context.record.readMany([{ kind: disposalKind, id }]);
  if (!before.ok) return before;
  const [known] = before.value;
  if (known !== undefined && parseBody<Disposal>(known).state !== "refused") return failed(proposedAlready);
  return write(context, { id, version: known?.version ?? 0, disposal });
}

/**
 * Agrees or refuses, by somebody else than who proposed it. Agreed, everything that is held about the patient is deleted, a
 * version after its last as ever, and a certificate says what. Stopped in the middle, it goes on when it is agreed again.
 * Problems: forbidden `second-person-needed`; conflict `disposal-decided`, `not-due`, `on-hold`; those of the record.
 */
export async function decideDisposal(
  needs: DisposalNeeds,
  { id, agree, why }: { readonly id: string; readonly agree: boolean; readonly why: string },
): Promise<Result<DisposalView>> {
  const { context, own } = needs;
  const read = await context.record.read(disposalKind, id);
  if (!read.ok) return read;
  const disposal = parseBody<Disposal>(read.value);
  const problem = decisionProblem(disposal, context);
  if (problem !== undefined) return failed(problem);
  const known = { id, version: read.value.version, disposal };
  if (!agree)
    return write(context, { ...known, disposal: { ...disposal, state: "refused", decided: said(context, why) } });
  if (disposal.state === "proposed") {
    const row = await dueRow(context, own, disposal.patient);
    if (!row.ok) return row;
  }
  const agreed: Disposal = { ...disposal, state: "agreed", decided: said(context, why) };
  const written = await write(context, { ...known, disposal: agreed });
  return written.ok ? carryOut(needs, { id, version: known.version + 1, disposal: agreed }) : written;
}

interface KnownDisposal {
  readonly id: string;
  readonly version: number;
  readonly disposal: Disposal;
}

function decisionProblem({ state, proposed }: Disposal, { actor }: Context): Problem | undefined {
  if (state === "done" || state === "refused") return decidedAlready;
  return proposed.by === actor.reference ? samePerson : undefined;
}

/** The patient goes last: until then, what is left can be found. */
async function carryOut(
  { context, own, disposing }: DisposalNeeds,
  known: KnownDisposal,
): Promise<Result<DisposalView>> {
  const { disposal, id } = known;
  const deleted: Record<string, number> = {};
  let patient: Version | undefined;
  const later: Version[] = [];
  for await (const page of heldAbout(own.record, disposal.patient.slice("Patient/".length))) {
    if (!page.ok) return page;
    for (const version of page.value) {
      if (version.kind === "Patient" && patient === undefined) patient = version;
      else if (version.kind !== "LinkMessage") later.push(version);
    }
  }
  const all = patient === undefined ? later : [...later, patient];
  for (let start = 0; start < all.length; start += limits.disclosurePageMax) {
    const operations = all
      .slice(start, start + limits.disclosurePageMax)
      .map((version): Operation => ({ action: "delete", kind: version.kind, id: version.id }));
    const gone = await disposing.record.transact({ operations });
    if (!gone.ok) return gone;
    for (const { kind } of operations) deleted[kind] = (deleted[kind] ?? 0) + 1;
  }
  const at = toIso(context.clock.now());
  const number = `DC-${at.slice(0, 10)}-${id.slice(-8)}`;
  return write(context, { ...known, disposal: { ...disposal, state: "done", certificate: { number, at, deleted } } });
}

async function dueRow(context: Context, own: Context, patient: string): Promise<Result<RetentionRow>> {
  const read = await own.record.read("Patient", patient.slice("Patient/".length));
  if (!read.ok) return read;
  const holds = await holdsInForce(context);
  if (!holds.ok) return holds;
  const row = await rowOf({ context, own, holds: holds.value }, read.value);
  if (!row.ok) return row;
  if (row.value === undefined || row.value.state === "kept") return failed(notDue);
  return row.value.state === "held" ? failed(onHold) : ok(row.value);
}

async function write({ record }: Context, { id, version, disposal }: KnownDisposal): Promise<Result<DisposalView>> {
  const body = disposal as unknown as JsonObject;
  const written = await record.transact({
    operations: [{ action: "update", kind: disposalKind, id, body, ifMatch: version }],
  });
  return written.ok ? ok({ id, ...disposal }) : written;
}

const notDue = conflict("not-due", "The record is still to be kept.");
const onHold = conflict("on-hold", "A hold is in force: nothing of it may be disposed of.");
const proposedAlready = conflict(
  "proposed-already",
  "It was proposed before, and waits for a second person, or is done.",
);
const decidedAlready = conflict("disposal-decided", "It was decided before.");
const samePerson = forbidden("second-person-needed", "Somebody else has to decide on what you proposed.");
