import { conflict, failed, incorrect, ok, type Problem, type Result } from "#kernel";
import type { HealthRecord, Key, Operation, Sighting } from "#record";
import type { Header } from "#standards/hl7v2";
import { type CodedPlan, codedPlan } from "../codes/coded-plan.ts";
import { withRecordedNumbers } from "../fhir-messages/recorded-numbers.ts";
import { weighed } from "../gates/findings.ts";
import { type Identified, identified, withoutBrokenNumbers } from "../gates/identified.ts";
import { withOwnDocuments } from "../gates/own-documents.ts";
import { screenPassedOn } from "../gates/passed-on.ts";
import { patientState } from "../gates/patient-state.ts";
import { isWaived, type Ruling } from "../gates/ruling.ts";
import type { Safeguards } from "../gates/safeguards.ts";
import { screen } from "../gates/screen.ts";
import { takenBy } from "../gates/taken.ts";
import { unknownCodes } from "../gates/unknown-codes.ts";
import { waitsBehind } from "../gates/waiting-orders.ts";
import { withdrawn } from "../gates/withdrawn.ts";
import { decideMerging } from "../merges/decide-merging.ts";
import { type FollowedMerge, followedMerge } from "../merges/followed-merge.ts";
import { withKnownIds } from "../merges/known-ids.ts";
import { isUnderWay, mergeUnderWay } from "../merges/under-way.ts";
import { type ReplacedVisits, replacedVisits, withVisits } from "../merges/visits/replaced-visit.ts";
import { findOrders } from "../orders/find-orders.ts";
import { fromReply } from "../orders/from-reply.ts";
import { identifierKey } from "../patients/match.ts";
import { findSpecimens } from "../results/recorded-specimens.ts";
import type { RecordedSpecimens } from "../results/report-place.ts";
import { deterministicId } from "./deterministic-id.ts";
import { inOwnPlaces } from "./formats/own-places.ts";
import { type Refusal, refusalOfContent, refusalOfHeader, refusalOfType } from "./gate.ts";
import { exchangeRest } from "./join/join-message.ts";
import type { Kept } from "./keep.ts";
import { type CodedResults, type LedgerSummary, linkMessageKind, type WrittenResource } from "./link-message.ts";
import {
  booksOf,
  isExchangeTold,
  type Mapping,
  mapFor,
  mappingFor,
  type ReadMessage,
  readForMapping,
} from "./mapping.ts";
import type { Outcome } from "./outcome.ts";
import type { Plan, PlannedRevision } from "./plan.ts";
import { carryHeader, provenanceOf } from "./provenance.ts";
import { type Found, find, findPatient, readRecorded } from "./resolve.ts";
import type { SentMessage } from "./sent-message.ts";
import { keyOf, type RecordedResources, type Settlement, settle } from "./settle.ts";

/** What is to be done with a message, with nothing done yet. */
export interface Decision {
  readonly outcome: Outcome;
  readonly operations: readonly Operation[];
  readonly written: readonly WrittenResource[];
  readonly patientReference?: string;
  readonly mapping?: string;
  readonly ledger?: LedgerSummary;
  readonly codes?: CodedResults | undefined;
  /** The reports that it tells of: `DiagnosticReport/7c…`. */
  readonly reports?: readonly string[];
  /** What of the record it was decided on. */
  readonly seen?: Sighting;
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
  /** Whom it was found to be about; absent before anybody has looked. */
  readonly about?: Known;
  /** What the record's reports are of, where it was found that the message has some of other specimens. */
  readonly specimens?: RecordedSpecimens;
  /** Which visits stand by now for those that it names. */
  readonly visits?: ReplacedVisits;
}

/** A patient of the record. */
type Known = Extract<Identified, { readonly is: "known" }>;

/**
 * Decides on a message by what it says and what the record holds: the gates first, then the mapping, then the versions.
 * Writes nothing. Problems: those of the record.
 */
export async function decide(deciding: Deciding): Promise<Result<Decision>> {
  const decision = await decideAsSent(deciding);
  return decision.ok ? ok(inOwnPlaces(decision.value, deciding.sent.foreign)) : decision;
}

async function decideAsSent(deciding: Deciding): Promise<Result<Decision>> {
  const { sent, kept, safeguards, ruling } = deciding;
  if (kept.isImpostor) return refused({ state: "held", problems: [controlIdReused] });
  const broken = refusalOfHeader(sent.message, sent.problems);
  if (broken !== undefined || sent.header === undefined) return refused(broken ?? headerMissing);
  if (deciding.isPassedOn) return ok(passedOn(deciding, sent.header));
  const mapping = mappingFor(sent.header);
  if (mapping === undefined) return refused(refusalOfType(sent.header));
  const { header, foreign } = sent;
  const asSent = readForMapping(sent.message, { ...deciding, header, mapping, foreign, rows: safeguards?.rows });
  const read = isWaived(ruling, "nhs-number-check-digit") ? withoutBrokenNumbers(asSent) : asSent;
  const settings = safeguards?.settings;
  const weighing = { settings: settings?.gates, ruling };
  const refusal = refusalOfContent(sent.message, { read, mapping, weighing });
  if (refusal !== undefined) return refused(refusal);
  const { arrivedAt } = kept.message;
  const screened = screen(sent.message, { header, read, arrivedAt, settings, weighing, foreign });
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

/** Nothing of it is mapped; what needs no record to be noticed is noticed. */
function passedOn({ sent, kept, safeguards, ruling }: Deciding, header: Header): Decision {
  const settings = safeguards?.settings;
  const weighing = { settings: settings?.gates, ruling };
  const { arrivedAt } = kept.message;
  const { refusal, remarks } = screenPassedOn(sent.message, { header, arrivedAt, settings, weighing });
  if (refusal !== undefined) return refusedDecision(refusal);
  return { outcome: { state: "routed", refusals: [], remarks }, operations: [], written: [] };
}

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

/**
 * Who the patient is shows in the same look as what is recorded of the results. So they are first planned for a patient who is
 * new, and again for one of the record, if the look shows that the message is about them.
 */
async function decideMapped(deciding: Deciding, mapped: Mapped): Promise<Result<Decision>> {
  const { record, safeguards, ruling, about, kept } = deciding;
  const { read, mapping } = mapped;
  if (mapping.merging !== undefined) return decideMerges(deciding, mapped);
  if (mapping.isReply) return decideReply(deciding, mapped);
  const reference = `Patient/${about?.patient.id ?? deterministicId("Patient", kept.id)}`;
  const { sender } = read.situation.origin;
  const followed = followedMerge(read.identifiers.lookup, about?.patient);
  const situation = { ...read.situation, recordedSpecimens: deciding.specimens };
  const planFor = (patient: string) => mapFor({ reference: patient }, { ...read, situation }, mapping);
  const asMerged = await withKnownIds(planFor(reference), { record, members: followed.members, planFor });
  const asKnown =
    asMerged.ok && deciding.sent.foreign?.isNumbered
      ? await withRecordedNumbers(asMerged.value, { record, subject: reference })
      : asMerged;
  if (!asKnown.ok) return asKnown;
  const coded = codedPlan(asKnown.value, { sender, map: safeguards?.maps?.of(sender) });
  const patientRule = followed.isOnlyOld ? "fill" : mapping.patientRule;
  const plan = withVisits([...plannedPatient(read, { about, patientRule, reference }), ...coded.plan], deciding.visits);
  const beside = [{ kind: linkMessageKind, id: kept.id }, witnessKey(kept.id)];
  const found = await find(record, read, { plan, beside });
  if (!found.ok) return found;
  const who = await identified(record, found.value.match, ruling);
  if (!who.ok) return who;
  if (who.value.is === "conflict") return refused({ state: "held", problems: [who.value.problem] });
  if (!isAbout(who.value, about)) return decide(lookedUp(deciding, who.value));
  const { recorded } = found.value;
  const visits = replacedVisits(plan, recorded, deciding.visits);
  if (visits !== undefined) return decide({ ...deciding, visits });
  const specimens = await findSpecimens(plan, { record, recorded, known: deciding.specimens });
  if (!specimens.ok) return specimens;
  if (specimens.value.is === "refused") return refused({ state: "held", problems: specimens.value.problems });
  if (specimens.value.is === "other") return decide({ ...deciding, specimens: specimens.value.specimens });
  const planned: Planned = { ...mapped, plan, coded, reference, followed, found: found.value };
  return decidePlanned(deciding, planned);
}

interface Planned extends Mapped {
  readonly plan: Plan;
  readonly coded: CodedPlan;
  readonly followed: FollowedMerge;
  readonly reference: string;
  readonly found: Found;
}

/** Once it is known who the patient is, and what is recorded of all that is planned. */
async function decidePlanned(deciding: Deciding, planned: Planned): Promise<Result<Decision>> {
  const { record, safeguards, ruling, about } = deciding;
  const { read, mapping, plan, coded, reference, followed, found } = planned;
  const noticed = weighed(
    [
      ...(about !== undefined && mapping.patientRule === "fill" ? patientState(about.patient) : []),
      ...withdrawn(coded.plan, read.foreign === undefined ? read.groups.readers : undefined),
    ],
    { settings: safeguards?.settings?.gates, ruling },
  );
  if (noticed.refusal !== undefined) return refused(noticed.refusal);
  const unknown = unknownCodes(coded.codes, { isHeld: safeguards?.settings?.holdUnknownCodes === true, ruling });
  if (unknown !== undefined) return ok({ ...refusedDecision(unknown), mapping: mapping.name, codes: coded.codes });
  const settled = await settlePlan(plan, { record, ruling, subject: reference, recorded: found.recorded });
  if (!settled.ok) return settled;
  const [conflicting, ...more] = settled.value.conflicts;
  if (conflicting !== undefined) {
    if (await isUnderWay(record, followed.members)) return failed(mergeUnderWay);
    const isPassing = about === undefined && (await hasArrived(record, read));
    return isPassing ? decide(deciding) : refused({ state: "held", problems: [conflicting, ...more] });
  }
  const remarks = [...followed.remarks, ...noticed.remarks, ...planned.remarks];
  const settlement = {
    ...planned,
    remarks,
    codes: coded.codes,
    settlement: settled.value,
    patientReference: reference,
  };
  const reports = plan.filter(({ resource }) => resource.resourceType === "DiagnosticReport").map(keyOf);
  return ok({ ...decisionOf(deciding, settlement), reports, seen: found.seen });
}

type Recognised = Exclude<Identified, { readonly is: "conflict" }>;

function isAbout(who: Recognised, about: Known | undefined): boolean {
  if (who.is === "new") return about === undefined;
  return who.patient.id === about?.patient.id && who.isChosen === about?.isChosen;
}

function lookedUp({ about: _, ...deciding }: Deciding, who: Recognised): Deciding {
  return who.is === "known" ? { ...deciding, about: who } : deciding;
}

/** A message that joins patients, or parts them. */
async function decideMerges(deciding: Deciding, mapped: Mapped): Promise<Result<Decision>> {
  const { id, message } = deciding.kept;
  const merging = await decideMerging(deciding.record, { ...mapped, id, arrivedAt: message.arrivedAt });
  if (!merging.ok) return merging;
  if (merging.value.is === "refused") return refused({ state: "held", problems: merging.value.problems });
  const settlement = { ...merging.value, stale: [], conflicts: [] };
  const { patientReference } = merging.value;
  return ok(decisionOf(deciding, { ...mapped, settlement, codes: undefined, patientReference }));
}

/** A message that answers orders: whoever they are for is the patient, and must be whom PID names, where there is one. */
async function decideReply(deciding: Deciding, mapped: Mapped): Promise<Result<Decision>> {
  const { record, ruling } = deciding;
  const { read } = mapped;
  const found = await findOrders(record, read.groups);
  if (!found.ok) return found;
  if (found.value.is === "refused") return refused({ state: "held", problems: found.value.problems });
  const { patient: reference, ordersOf } = found.value;
  const who = read.identifiers.lookup.length === 0 ? undefined : await findPatient(record, read);
  if (who?.ok === false) return who;
  const isOther = who?.value.is === "known" && `Patient/${who.value.patient.id}` !== reference;
  if (isOther) return refused({ state: "held", problems: [answersAnother] });
  carryHeader(read.groups.msh);
  const plan = fromReply(read.groups, { ...read.situation, subject: { reference } }, ordersOf);
  const recorded = await readRecorded(record, plan);
  if (!recorded.ok) return recorded;
  const settled = await settlePlan(plan, { record, ruling, subject: reference, recorded: recorded.value });
  if (!settled.ok) return settled;
  return ok(
    decisionOf(deciding, { ...mapped, settlement: settled.value, codes: undefined, patientReference: reference }),
  );
}

const answersAnother = conflict(
  "belongs-to-another-patient",
  "The order that is answered is for another patient than the message names.",
  { where: "PID[1]-3" },
);

interface Settling {
  readonly record: HealthRecord;
  readonly ruling: Ruling | undefined;
  /** `Patient/7c…`. */
  readonly subject: string;
  readonly recorded: RecordedResources;
}

/** What another patient has under the same numbers stays theirs; where that was an error, ours are documents of their own. */
async function settlePlan(plan: Plan, { record, ruling, subject, recorded }: Settling): Promise<Result<Settlement>> {
  const settlement = settle(plan, recorded);
  const taken = settlement.conflicts.length === 0 ? undefined : takenBy(plan, { recorded, ruling });
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

interface Planning {
  readonly about: Known | undefined;
  readonly patientRule: Mapping["patientRule"];
  /** `Patient/7c…`. */
  readonly reference: string;
}

/**
 * Each number must still be nobody's when it is written: the record refuses a second patient of the same number. Results
 * that people have given to a patient, against what the message says of whose they are, add nothing to that patient.
 */
function plannedPatient(read: ReadMessage, { about, patientRule, reference }: Planning): readonly PlannedRevision[] {
  const { patient, identifiers, patientAsOf } = read;
  if (about?.isChosen && patientRule === "fill") return [];
  return [
    {
      rule: patientRule,
      id: reference.slice("Patient/".length),
      where: "PID[1]",
      resource: patient?.resource ?? { resourceType: "Patient" },
      cleared: patient?.cleared ?? [],
      asOf: patientRule === "revise" ? patientAsOf : undefined,
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
    exchange: isExchangeTold(read, mapping) ? exchangeRest(groups) : [],
    targets: written.map(({ kind, id, version }) => `${kind}/${id}/_history/${version}`),
  });
  const witness: Operation = {
    action: "create",
    ...witnessKey(kept.id),
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
    ledger: booksOf(read),
    codes,
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
