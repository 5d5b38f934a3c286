import { conflict, incorrect, ok, type Problem, type Result } from "#kernel";
import type { HealthRecord, Operation } from "#record";
import { codedPlan } from "../codes/coded-plan.ts";
import { weighed } from "../gates/findings.ts";
import { type Identified, identified, withoutBrokenNumbers } from "../gates/identified.ts";
import { withOwnDocuments } from "../gates/own-documents.ts";
import { patientState } from "../gates/patient-state.ts";
import { isWaived, type Ruling } from "../gates/ruling.ts";
import type { Safeguards } from "../gates/safeguards.ts";
import { screen } from "../gates/screen.ts";
import { takenBy } from "../gates/taken.ts";
import { unknownCodes } from "../gates/unknown-codes.ts";
import { waitsBehind } from "../gates/waiting-orders.ts";
import { withdrawn } from "../gates/withdrawn.ts";
import { identifierKey } from "../patients/match.ts";
import { deterministicId } from "./deterministic-id.ts";
import { type Refusal, refusalOfContent, refusalOfHeader, refusalOfType } from "./gate.ts";
import type { Kept } from "./keep.ts";
import { summaryOf } from "./ledger.ts";
import type { CodedResults, LedgerSummary, WrittenResource } from "./link-message.ts";
import { type Mapping, mapFor, mappingFor, type ReadMessage, readForMapping } from "./mapping.ts";
import type { Outcome } from "./outcome.ts";
import type { Plan, PlannedRevision } from "./plan.ts";
import { provenanceOf } from "./provenance.ts";
import { findPatient, readRecorded } from "./resolve.ts";
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
  readonly codes?: CodedResults | undefined;
}

export interface Deciding {
  readonly record: HealthRecord;
  readonly sent: SentMessage;
  readonly kept: Kept;
  /** The offsets of the hospital's clock. */
  offsetMinutesAt(localTime: string): number;
  readonly safeguards?: Safeguards;
  /** What people have decided about it, where it was held before. */
  readonly ruling?: Ruling;
  /** Its link passes messages on and records nothing of them. */
  readonly isPassedOn?: boolean;
}

/**
 * Decides on a message by what it says and what the record holds: the gates first, then the mapping, then the versions.
 * Writes nothing. Problems: those of the record.
 */
export async function decide(deciding: Deciding): Promise<Result<Decision>> {
  const { sent, kept, safeguards, ruling } = deciding;
  if (kept.isImpostor) return refused({ state: "held", problems: [controlIdReused] });
  const broken = refusalOfHeader(sent.message, sent.problems);
  if (broken !== undefined || sent.header === undefined) return refused(broken ?? headerMissing);
  if (deciding.isPassedOn) return ok(passedOn);
  const mapping = mappingFor(sent.header);
  if (mapping === undefined) return refused(refusalOfType(sent.header));
  const asSent = readForMapping(sent.message, { ...deciding, header: sent.header, mapping });
  const read = isWaived(ruling, "nhs-number-check-digit") ? withoutBrokenNumbers(asSent) : asSent;
  const settings = safeguards?.settings;
  const weighing = { settings: settings?.gates, ruling };
  const refusal = refusalOfContent(sent.message, { read, mapping, weighing });
  if (refusal !== undefined) return refused(refusal);
  const { arrivedAt } = kept.message;
  const screened = screen(sent.message, { header: sent.header, read, arrivedAt, settings, weighing });
  if (screened.refusal !== undefined) return refused(screened.refusal);
  const behind = await waitsBehind(deciding.record, { ...kept, waiting: safeguards?.waiting });
  if (!behind.ok) return behind;
  if (behind.value !== undefined) return refused(behind.value);
  return decideMapped(deciding, { read, mapping, remarks: screened.remarks });
}

const controlIdReused = conflict(
  "control-id-reused",
  "The control id was used before, for a message with other content; this one was kept and not processed.",
  { where: "MSH-10" },
);

const passedOn: Decision = { outcome: { state: "routed", refusals: [], remarks: [] }, operations: [], written: [] };

const headerMissing: Refusal = {
  state: "rejected",
  problems: [incorrect("header-missing", "There is no MSH segment.", { where: "MSH" })],
};

export function refusedDecision({ state, problems, isOurs }: Refusal): Decision {
  const told = isOurs ? { refusals: [], remarks: problems } : { refusals: problems, remarks: [] };
  return { outcome: { state, ...told }, operations: [], written: [] };
}

function refused(refusal: Refusal): Result<Decision> {
  return ok(refusedDecision(refusal));
}

interface Mapped {
  readonly read: ReadMessage;
  readonly mapping: Mapping;
  /** What the gates have noticed. */
  readonly remarks: readonly Problem[];
}

async function decideMapped(deciding: Deciding, mapped: Mapped): Promise<Result<Decision>> {
  const { record, safeguards, ruling } = deciding;
  const { read, mapping } = mapped;
  const match = await identified(record, read, ruling);
  if (!match.ok) return match;
  if (match.value.is === "conflict") return refused({ state: "held", problems: [match.value.problem] });
  const known = match.value.is === "known" ? match.value.patient : undefined;
  const reference = `Patient/${known?.id ?? deterministicId("Patient", deciding.kept.id)}`;
  const { sender } = read.situation.origin;
  const coded = codedPlan(mapFor({ reference }, read, mapping), { sender, map: safeguards?.maps?.of(sender) });
  const weighing = { settings: safeguards?.settings?.gates, ruling };
  const found = weighed(
    [
      ...(known !== undefined && mapping.patientRule === "fill" ? patientState(known) : []),
      ...withdrawn(coded.plan, read.groups.readers),
    ],
    weighing,
  );
  if (found.refusal !== undefined) return refused(found.refusal);
  const unknown = unknownCodes(coded.codes, { isHeld: safeguards?.settings?.holdUnknownCodes === true, ruling });
  if (unknown !== undefined) return ok({ ...refusedDecision(unknown), mapping: mapping.name, codes: coded.codes });
  const plan = [...plannedPatient(read, { match: match.value, mapping, reference }), ...coded.plan];
  const settled = await settlePlan(plan, { record, ruling, subject: reference });
  if (!settled.ok) return settled;
  const [conflicting, ...more] = settled.value.conflicts;
  if (conflicting !== undefined) {
    const isPassing = match.value.is === "new" && (await hasArrived(record, read));
    return isPassing ? decide(deciding) : refused({ state: "held", problems: [conflicting, ...more] });
  }
  const remarks = [...found.remarks, ...mapped.remarks];
  const { codes } = coded;
  return ok(
    decisionOf(deciding, { ...mapped, remarks, codes, settlement: settled.value, patientReference: reference }),
  );
}

interface Settling {
  readonly record: HealthRecord;
  readonly ruling: Ruling | undefined;
  /** `Patient/7c…`. */
  readonly subject: string;
}

/** What another patient has under the same numbers stays theirs; where that was an error, ours are documents of their own. */
async function settlePlan(plan: Plan, { record, ruling, subject }: Settling): Promise<Result<Settlement>> {
  const recorded = await readRecorded(record, plan);
  if (!recorded.ok) return recorded;
  const settlement = settle(plan, recorded.value);
  const taken = settlement.conflicts.length === 0 ? undefined : takenBy(plan, { recorded: recorded.value, ruling });
  if (taken === undefined) return ok(settlement);
  const own = withOwnDocuments(plan, { taken, subject });
  const ownRecorded = await readRecorded(record, own);
  return ownRecorded.ok ? ok(settle(own, ownRecorded.value)) : ownRecorded;
}

/**
 * Between our two reads another message may have brought the patient with results of theirs, which then look like those
 * of somebody else. What was read of them came with the patient in one commit, so the patient is found now.
 */
async function hasArrived(record: HealthRecord, read: ReadMessage): Promise<boolean> {
  const match = await findPatient(record, read);
  return match.ok && match.value.is !== "new";
}

interface Matched {
  readonly match: Exclude<Identified, { readonly is: "conflict" }>;
  readonly mapping: Mapping;
  /** `Patient/7c…`. */
  readonly reference: string;
}

/**
 * Each number must still be nobody's when it is written: the record refuses a second patient of the same number. Results
 * that people have given to a patient, against what the message says of whose they are, add nothing to that patient.
 */
function plannedPatient(read: ReadMessage, { match, mapping, reference }: Matched): readonly PlannedRevision[] {
  const { patient, identifiers, patientAsOf } = read;
  if (match.is === "known" && match.isChosen && mapping.patientRule === "fill") return [];
  return [
    {
      rule: mapping.patientRule,
      id: reference.slice("Patient/".length),
      where: "PID[1]",
      resource: patient?.resource ?? { resourceType: "Patient" },
      cleared: patient?.cleared ?? [],
      asOf: mapping.patientRule === "revise" ? patientAsOf : undefined,
      uniqueBy: identifiers.lookup.map(identifierKey),
    },
  ];
}

interface Settled extends Mapped {
  readonly settlement: Settlement;
  readonly patientReference: string;
  readonly codes: CodedResults | undefined;
}

function decisionOf(deciding: Deciding, settled: Settled): Decision {
  const { kept, sent, ruling } = deciding;
  const { read, mapping, settlement, patientReference, codes } = settled;
  const { groups } = read;
  const { written, stale } = settlement;
  const provenance = provenanceOf({
    msh: groups.msh,
    messageId: kept.id,
    recordedAt: kept.message.arrivedAt,
    mapping: mapping.name,
    decisions: ruling?.decisions ?? [],
    targets: written.map(({ kind, id, version }) => `${kind}/${id}/_history/${version}`),
  });
  const witness: Operation = {
    action: "create",
    kind: "Provenance",
    id: deterministicId("Provenance", kept.id),
    body: provenance,
  };
  const remarks = [
    ...settled.remarks,
    ...stale,
    ...(written.length + stale.length === 0 ? [nothingNew] : []),
    ...noticed(sent, read),
  ];
  return {
    outcome: { state: written.length === 0 && stale.length > 0 ? "stale" : "mapped", refusals: [], remarks },
    operations: written.length === 0 ? [] : [...settlement.operations, witness],
    written,
    patientReference,
    mapping: mapping.name,
    ledger: summaryOf(groups.readers),
    codes,
  };
}

const nothingNew = conflict("nothing-new", "Everything in it was recorded already.");

/** Oddities that did not keep the message from being mapped. */
function noticed({ message, problems }: SentMessage, { groups }: ReadMessage): readonly Problem[] {
  return [...problems, ...message.problems.filter((problem) => !problems.includes(problem)), ...groups.problems];
}
