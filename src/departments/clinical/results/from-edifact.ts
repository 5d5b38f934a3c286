import type { Problem } from "#kernel";
import type { EdifactMessage, InterchangeHeader } from "#standards/edifact";
import { structureNhs003 } from "#standards/edifact";
import type { Reference } from "#standards/fhir";
import { identifierType } from "../messages/datatypes/ei.ts";
import type { LedgerEntry } from "../messages/ledger.ts";
import type { Origin } from "../messages/message-reader.ts";
import { occurrences } from "../messages/occurrences.ts";
import { originOf } from "../messages/origin.ts";
import type { Plan, Planned } from "../messages/plan.ts";
import type { SentPatient } from "../patients/from-pid.ts";
import type { SentIdentifiers } from "../patients/sent-identifiers.ts";
import { GroupReader } from "./edifact/group-reader.ts";
import { investigationsOf } from "./edifact/investigations.ts";
import { partiesOf } from "./edifact/party.ts";
import { mapPatient } from "./edifact/patient.ts";
import { mapInvestigation, type ReportContext } from "./edifact/report.ts";
import { hasResult } from "./edifact/result.ts";
import { MessageBooks } from "./edifact/segment-book.ts";
import { companion, mapSpecimen } from "./edifact/specimens.ts";
import { peekInstant, senderNumber, textOf, timeIn } from "./edifact/values.ts";
import type { Situation } from "./situation.ts";

/** What a pathology report to a practice says, as an ORU says it. */
export interface EdifactReport {
  readonly patient: SentPatient;
  readonly identifiers: SentIdentifiers;
  /** DTM+137, where it is an instant. */
  readonly sentAt: string | undefined;
  /** An order, a specimen, results and a report for each investigation. */
  readonly plan: Plan;
  /** Every value of the message, mapped or listed. */
  readonly ledger: readonly LedgerEntry[];
  /** What is wrong with it; `isSound` tells whether it may be recorded all the same. */
  readonly problems: readonly Problem[];
  /** Its counts are right and nothing that must be there is missing. */
  readonly isSound: boolean;
}

export interface EdifactSource {
  readonly message: EdifactMessage;
  readonly header: InterchangeHeader;
  readonly subject: Reference;
  /** The offsets of the hospital's clock: EDIFACT times state none. */
  offsetMinutesAt(localTime: string): number;
}

/** The name of this mapping in the record; its number rises when the same message would give other resources. */
export const edifactMapping = "nhs003/1";

/**
 * One NHS003 message as the resources that an ORU gives: for each investigation (INV that names a specimen) a
 * DiagnosticReport with its order, and an Observation for each result.
 * Source: PMIP EDIFACT, NHS003; docs/conformance/edifact.md for readings.
 */
export function fromEdifact(source: EdifactSource): EdifactReport {
  const { message } = source;
  const { root, problems } = structureNhs003(message);
  const books = new MessageBooks(message);
  const top = new GroupReader(root, books);
  const subject = top.inner("S02")?.inner("S06") ?? new GroupReader({ name: "S06", segments: [], groups: [] }, books);
  const situation = situationOf(source, top);
  const { patient, identifiers } = mapPatient(subject, situation.origin);
  const results = investigationsOf(subject.groups("GIS"), hasResult);
  const context = contextOf(top, { subject, situation, isEmpty: results.investigations.length === 0 });
  const mapped = results.investigations.flatMap((each) => mapInvestigation(each, context));
  const plan = [...mapped, ...unnamedSpecimens(mapped, context)];
  const stray = problems.filter(({ code }) => code === "segment-unexpected").flatMap(({ where }) => where ?? []);
  const broken = [...message.problems, ...problems.filter(({ code }) => code !== "segment-unexpected")];
  return {
    patient,
    identifiers,
    sentAt: situation.sentAt,
    plan: withoutRepeats(plan),
    ledger: books.ledger(new Set(stray)),
    problems: [...message.problems, ...problems, ...results.problems, ...identifiers.problems],
    isSound: broken.length === 0,
  };
}

function situationOf({ message, header, subject, offsetMinutesAt }: EdifactSource, top: GroupReader): Situation {
  const application = header.sender.id;
  const origin = originOf({ application, facility: undefined, sentAt: undefined, offsetMinutesAt });
  const sentAt = peekInstant(top.first("DTM"), origin);
  const controlId = `${header.controlReference}/${message.reference ?? ""}`;
  return { subject, encounter: undefined, origin, sentAt, controlId };
}

interface Contents {
  readonly subject: GroupReader;
  readonly situation: Situation;
  /** Nothing is mapped of the report, so nothing of it may count as carried over. */
  readonly isEmpty: boolean;
}

function contextOf(top: GroupReader, { subject, situation, isEmpty }: Contents): ReportContext {
  const { origin, controlId } = situation;
  const occurrenceOf = occurrences();
  if (isEmpty) return { ...nothing, situation, number: controlId, occurrenceOf };
  const report = top.inner("S02");
  const sri = report?.first("RFF", "SRI");
  const sent = sri?.peek(1, 2);
  if (sent !== undefined) sri?.carry("DiagnosticReport.identifier", [1, 1], [1, 2]);
  const number = sent ?? `message ${controlId}`;
  return {
    situation,
    number,
    filler: sent === undefined ? undefined : { type: identifierType("FILL"), ...senderNumber(sent, origin) },
    issued: issuedIn(report, { top, origin }),
    parties: partiesOf(top.groups("S01"), origin),
    specimens: subject.groups("S16").map((group) => mapSpecimen(group, { situation, reportNumber: number })),
    clinicalInformation: textOf(
      subject.groups("S10").flatMap((group) => group.all("FTX")),
      "ServiceRequest.supportingInfo",
    ),
    occurrenceOf,
  };
}

/** DTM+ISR; where it is no instant, the message's own time is carried in its stead. */
function issuedIn(
  report: GroupReader | undefined,
  { top, origin }: { readonly top: GroupReader; readonly origin: Origin },
): string | undefined {
  const isr = report?.first("DTM");
  if (peekInstant(isr, origin) !== undefined) return timeIn(isr, "DiagnosticReport.issued", origin);
  if (peekInstant(top.first("DTM"), origin) !== undefined) timeIn(top.first("DTM"), "DiagnosticReport.issued", origin);
  return undefined;
}

const nothing = {
  filler: undefined,
  issued: undefined,
  parties: { requester: undefined, performers: undefined },
  specimens: [],
  clinicalInformation: undefined,
};

/** A specimen that no investigation names goes with the first report. */
function unnamedSpecimens(mapped: readonly Planned[], { specimens }: ReportContext): Plan {
  const report = mapped.find(({ resource }) => resource.resourceType === "DiagnosticReport");
  const named = new Set(mapped.map(({ id }) => id));
  if (report === undefined) return [];
  return specimens.filter(({ id }) => !named.has(id)).map((specimen) => companion(specimen, report.id));
}

/** A specimen of two investigations is planned once, with the first. */
function withoutRepeats(plan: readonly Planned[]): Plan {
  const first = new Map<string, Planned>();
  for (const planned of plan) {
    const key = `${planned.resource.resourceType}/${planned.id}`;
    if (!first.has(key)) first.set(key, planned);
  }
  return [...first.values()];
}
