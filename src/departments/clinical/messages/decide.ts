import { conflict, incorrect, ok, type Problem, type Result } from "#kernel";
import type { HealthRecord, Key, Operation, Sighting } from "#record";
import { identifierKey } from "../patients/match.ts";
import { deterministicId } from "./deterministic-id.ts";
import { type Refusal, refusalOfContent, refusalOfHeader, refusalOfType } from "./gate.ts";
import type { Kept } from "./keep.ts";
import { summaryOf } from "./ledger.ts";
import { type LedgerSummary, linkMessageKind, type WrittenResource } from "./link-message.ts";
import { type Mapping, mapFor, mappingFor, type ReadMessage, readForMapping } from "./mapping.ts";
import type { Outcome } from "./outcome.ts";
import type { Plan, PlannedRevision } from "./plan.ts";
import { provenanceOf } from "./provenance.ts";
import { find, findPatient } from "./resolve.ts";
import type { SentMessage } from "./sent-message.ts";
import { type Settlement, settle } from "./settle.ts";

/** What is to be done with a message, with nothing done yet. */
export interface Decision {
  readonly outcome: Outcome;
  readonly operations: readonly Operation[];
  readonly written: readonly WrittenResource[];
  readonly patientReference?: string;
  readonly mapping?: string;
  readonly ledger?: LedgerSummary;
  /** What of the record it was decided on. */
  readonly seen?: Sighting;
}

export interface Deciding {
  readonly record: HealthRecord;
  readonly sent: SentMessage;
  readonly kept: Kept;
  /** The offsets of the hospital's clock. */
  offsetMinutesAt(localTime: string): number;
  /** The patient that it was found to be about; absent before anybody has looked. */
  readonly patientId?: string;
}

/**
 * Decides on a message by what it says and what the record holds: the gates first, then the mapping, then the versions.
 * Writes nothing. Problems: those of the record.
 */
export async function decide(deciding: Deciding): Promise<Result<Decision>> {
  const { sent, kept } = deciding;
  if (kept.isImpostor) return refused({ state: "held", problems: [controlIdReused] });
  const broken = refusalOfHeader(sent.message, sent.problems);
  if (broken !== undefined || sent.header === undefined) return refused(broken ?? headerMissing);
  const mapping = mappingFor(sent.header);
  if (mapping === undefined) return refused(refusalOfType(sent.header));
  const read = readForMapping(sent.message, { ...deciding, header: sent.header, mapping });
  const refusal = refusalOfContent(sent.message, read, mapping);
  return refusal === undefined ? decideMapped(deciding, { read, mapping }) : refused(refusal);
}

const controlIdReused = conflict(
  "control-id-reused",
  "The control id was used before, for a message with other content; this one was kept and not processed.",
  { where: "MSH-10" },
);

const headerMissing: Refusal = {
  state: "rejected",
  problems: [incorrect("header-missing", "There is no MSH segment.", { where: "MSH" })],
};

export function refusedDecision({ state, problems }: Refusal): Decision {
  return { outcome: { state, refusals: problems, remarks: [] }, operations: [], written: [] };
}

function refused(refusal: Refusal): Result<Decision> {
  return ok(refusedDecision(refusal));
}

interface Mapped {
  readonly read: ReadMessage;
  readonly mapping: Mapping;
}

async function decideMapped(deciding: Deciding, { read, mapping }: Mapped): Promise<Result<Decision>> {
  const { record, kept } = deciding;
  const newId = deterministicId("Patient", kept.id);
  // Who it is shows in the same look as what is recorded of the results; in that a patient of the record is found again.
  const about = deciding.patientId ?? newId;
  const subject = { reference: `Patient/${about}` };
  const patient = plannedPatient(read, { id: about, mapping });
  const plan: Plan = [patient, ...mapFor(subject, read, mapping)];
  const beside = [{ kind: linkMessageKind, id: kept.id }, witnessKey(kept.id)];
  const found = await find(record, read, { plan, beside });
  if (!found.ok) return found;
  const { match, recorded, seen } = found.value;
  if (match.is === "conflict") return refused({ state: "held", problems: [match.problem] });
  const patientId = match.is === "known" ? (match.patient.id ?? newId) : newId;
  if (patientId !== about) return decide({ ...deciding, patientId });
  const settlement = settle(plan, recorded);
  const [conflicting, ...more] = settlement.conflicts;
  if (conflicting !== undefined) {
    const isPassing = match.is === "new" && (await hasArrived(record, read));
    return isPassing ? decide(deciding) : refused({ state: "held", problems: [conflicting, ...more] });
  }
  const decision = decisionOf(deciding, { read, mapping, settlement, patientReference: subject.reference });
  return ok({ ...decision, seen });
}

/**
 * Between our two reads another message may have brought the patient with results of theirs, which then look like those
 * of somebody else. What was read of them came with the patient in one commit, so the patient is found now.
 */
async function hasArrived(record: HealthRecord, read: ReadMessage): Promise<boolean> {
  const match = await findPatient(record, read);
  return match.ok && match.value.is !== "new";
}

/** Each number must still be nobody's when it is written: the record refuses a second patient of the same number. */
function plannedPatient(
  { patient, identifiers, patientAsOf }: ReadMessage,
  { id, mapping }: { readonly id: string; readonly mapping: Mapping },
): PlannedRevision {
  return {
    rule: mapping.patientRule,
    id,
    where: "PID[1]",
    resource: patient?.resource ?? { resourceType: "Patient" },
    cleared: patient?.cleared ?? [],
    asOf: mapping.patientRule === "revise" ? patientAsOf : undefined,
    uniqueBy: identifiers.lookup.map(identifierKey),
  };
}

interface Settled extends Mapped {
  readonly settlement: Settlement;
  readonly patientReference: string;
}

function decisionOf(deciding: Deciding, { read, mapping, settlement, patientReference }: Settled): Decision {
  const { kept, sent } = deciding;
  const { groups } = read;
  const { written, stale } = settlement;
  const provenance = provenanceOf({
    msh: groups.msh,
    messageId: kept.id,
    recordedAt: kept.message.arrivedAt,
    mapping: mapping.name,
    targets: written.map(({ kind, id, version }) => `${kind}/${id}/_history/${version}`),
  });
  const witness: Operation = {
    action: "create",
    ...witnessKey(kept.id),
    body: provenance,
  };
  const remarks = [...stale, ...(written.length + stale.length === 0 ? [nothingNew] : []), ...noticed(sent, read)];
  return {
    outcome: { state: written.length === 0 && stale.length > 0 ? "stale" : "mapped", refusals: [], remarks },
    operations: written.length === 0 ? [] : [...settlement.operations, witness],
    written,
    patientReference,
    mapping: mapping.name,
    ledger: summaryOf(groups.readers),
  };
}

/** The Provenance of what a message brought. */
function witnessKey(messageId: string): Key {
  return { kind: "Provenance", id: deterministicId("Provenance", messageId) };
}

const nothingNew = conflict("nothing-new", "Everything in it was recorded already.");

/** Oddities that did not keep the message from being mapped. */
function noticed({ message, problems }: SentMessage, { groups }: ReadMessage): readonly Problem[] {
  return [...problems, ...message.problems.filter((problem) => !problems.includes(problem)), ...groups.problems];
}
