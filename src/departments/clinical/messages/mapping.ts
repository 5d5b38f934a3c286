import type { Problem } from "#kernel";
import type { Reference } from "#standards/fhir";
import type { Header, Message } from "#standards/hl7v2";
import type { ReadyMaps } from "#standards/v2-to-fhir";
import { appointmentEvents, fromSiu } from "../appointments/from-siu.ts";
import { fhirMapping } from "../fhir-messages/from-fhir.ts";
import { fromMdm, letterEvents } from "../letters/from-mdm.ts";
import { carryMerges, joiningEvents } from "../merges/merge-segments.ts";
import { carryVisits, visitEvents } from "../merges/visits/visit-segments.ts";
import { fromOrder } from "../orders/from-order.ts";
import { replyAlone } from "../orders/from-reply.ts";
import { adtEvents, eventTime, fromAdt } from "../patients/from-adt.ts";
import { fromPid, type SentPatient } from "../patients/from-pid.ts";
import { type SentIdentifiers, sentIdentifiers } from "../patients/sent-identifiers.ts";
import { edifactMapping } from "../results/from-edifact.ts";
import { fromOru } from "../results/from-oru.ts";
import type { Situation } from "../results/situation.ts";
import { fromRows, rowTypes } from "../rows/from-rows.ts";
import { usualRows } from "../rows/sender-rows.ts";
import { instantOf } from "./datatypes/ts.ts";
import { fhirMessageType } from "./formats/fhir-message.ts";
import type { ForeignMessage, ForeignReading } from "./formats/foreign-message.ts";
import {
  admissionGroupsOf,
  type MessageGroups,
  mergeGroupsOf,
  orderGroupsOf,
  specimenGroupsOf,
  ungrouped,
} from "./groups.ts";
import { joinPatient, joinPlan } from "./join/join-message.ts";
import { type LedgerEntry, ledgerOf, summaryOf, summaryOfEntries } from "./ledger.ts";
import type { LedgerSummary } from "./link-message.ts";
import { originOf } from "./origin.ts";
import type { Plan } from "./plan.ts";
import { carryHeader } from "./provenance.ts";

/**
 * How messages of one type become resources. The name goes into the record: its number rises when the same message
 * would give other resources.
 */
export interface Mapping {
  /** `oru-r01/1` */
  readonly name: string;
  /** Whether what it says of the patient replaces what is known, or only adds what is not. */
  readonly patientRule: "revise" | "fill";
  /** Segments without which there is nothing to map, besides PID. */
  readonly required: readonly string[];
  group(message: Message, origin: Situation["origin"]): MessageGroups;
  map(groups: MessageGroups, situation: Omit<Situation, "encounter">): Plan;
  /** Joins patients, parts them, or moves a visit: then there is no plan, see `merges`. */
  readonly merging?: "join" | "part" | "visit";
  /** Answers orders of the record, by which the patient is known, so there need be no PID; see `orders/from-reply.ts`. */
  readonly isReply?: true;
  /** Rows alone make everything but patient and visit. */
  readonly isByRows?: true;
}

const results: Mapping = {
  name: "oru-r01/1",
  patientRule: "fill",
  required: ["OBR"],
  group: (message, origin) => orderGroupsOf(message, origin, true),
  map: fromOru,
};

const orders: Mapping = {
  name: "orm-o01/1",
  patientRule: "fill",
  required: ["ORC"],
  group: (message, origin) => orderGroupsOf(message, origin, false),
  map: fromOrder,
};

const events: Mapping = {
  name: "adt-a01/1",
  patientRule: "revise",
  required: [],
  group: admissionGroupsOf,
  map: fromAdt,
};

const letters: Mapping = {
  name: "mdm-t02/1",
  patientRule: "fill",
  required: ["TXA"],
  group: (message, origin) => orderGroupsOf(message, origin, true),
  map: fromMdm,
};

const replies: Mapping = {
  name: "orr-o02/1",
  patientRule: "fill",
  required: ["ORC"],
  group: (message, origin) => orderGroupsOf(message, origin, false),
  map: replyAlone,
  isReply: true,
};

const joining: Mapping = {
  name: "adt-a39/1",
  patientRule: "fill",
  required: ["MRG"],
  group: mergeGroupsOf,
  map: carryMerges,
  merging: "join",
};

const parting: Mapping = { ...joining, name: "adt-a37/1", required: [], merging: "part" };

const movingVisits: Mapping = { ...joining, name: "adt-a45/1", merging: "visit", map: carryVisits };

/** Messages whose resources the rows of the guide make; typed are the patient, and the visit where it has a number. */
const byRows: Mapping = {
  name: "rows/1",
  patientRule: "fill",
  required: [],
  group: admissionGroupsOf,
  map: fromRows,
  isByRows: true,
};

/** Appointments; besides patient, visit and appointment, the rows make what there is. */
const appointments: Mapping = { ...byRows, name: "siu-s12/1", required: ["SCH"], map: fromSiu };

/** Reports of laboratories to practices, whose plan is that of their own words: see `ForeignReading`. */
const reports: Mapping = {
  name: edifactMapping,
  patientRule: "fill",
  required: [],
  group: ungrouped,
  map: () => [],
};

const fhirMessages: Mapping = { ...reports, name: fhirMapping };

/** By MSH-9.1 and MSH-9.2. Adding a type is adding a row. */
const mappings: Readonly<Record<string, Mapping>> = {
  "ORU^R01": results,
  "OUL^R22": { ...results, name: "oul-r22/1", group: specimenGroupsOf },
  "OUL^R23": { ...results, name: "oul-r23/1", group: specimenGroupsOf },
  "OUL^R24": { ...results, name: "oul-r24/1" },
  "ORM^O01": orders,
  "OML^O21": { ...orders, name: "oml-o21/1" },
  "OMG^O19": { ...orders, name: "omg-o19/1" },
  ...Object.fromEntries(letterEvents.map((event) => [`MDM^${event}`, letters])),
  "ORR^O02": replies,
  "ORL^O22": { ...replies, name: "orl-o22/1" },
  ...Object.fromEntries(adtEvents.map((event) => [`ADT^${event}`, events])),
  ...Object.fromEntries(joiningEvents.map((event) => [`ADT^${event}`, joining])),
  "ADT^A37": parting,
  ...Object.fromEntries(visitEvents.map((event) => [`ADT^${event}`, movingVisits])),
  ...Object.fromEntries(appointmentEvents.map((event) => [`SIU^${event}`, appointments])),
  ...Object.fromEntries(rowTypes.map((type) => [type, byRows])),
  "NHS003^": reports,
};

export function mappingFor({ type }: Header): Mapping | undefined {
  if (type.code === fhirMessageType) return fhirMessages;
  return mappings[`${type.code}^${type.trigger}`];
}

export function mappingNamed(name: string): Mapping | undefined {
  if (name === byRows.name) return byRows;
  if (name === fhirMapping) return fhirMessages;
  return Object.values(mappings).find((mapping) => mapping.name === name);
}

/** A message read and grouped, its patient mapped, the rest ready to be mapped once the patient has been found. */
export interface ReadMessage {
  readonly groups: MessageGroups;
  readonly situation: Omit<Situation, "encounter" | "subject">;
  readonly identifiers: SentIdentifiers;
  readonly patient: SentPatient | undefined;
  /** When the event happened that changes the patient. */
  readonly patientAsOf: string | undefined;
  /** What carries the values that the typed mapping leaves; absent where nothing does. */
  readonly rows: ReadyMaps | undefined;
  /** What is wrong with a message that is not HL7 v2, so that it is not mapped. */
  readonly faults: readonly Problem[];
  /** What a message says that is not HL7 v2. */
  readonly foreign?: ForeignReading;
}

export interface ReadOptions {
  readonly header: Header;
  readonly mapping: Mapping | undefined;
  /** The rows of the sender; absent: those of the guide with the British layer. */
  readonly rows?: ReadyMaps | undefined;
  readonly foreign?: ForeignMessage | undefined;
  /** The offsets of the hospital's clock: see `HospitalTime`. */
  offsetMinutesAt(localTime: string): number;
}

export function readForMapping(message: Message, options: ReadOptions): ReadMessage {
  const { header, mapping, offsetMinutesAt } = options;
  const { sendingApplication, sendingFacility, sentAt, controlId } = header;
  const origin = originOf({
    application: sendingApplication || undefined,
    facility: sendingFacility || undefined,
    sentAt,
    offsetMinutesAt,
  });
  const groups = mapping?.group(message, origin) ?? ungrouped(message, origin);
  if (options.foreign !== undefined) return readForeign(options.foreign, { groups, origin, controlId, options });
  const { pid, pd1, nextOfKin } = groups;
  const identifiers = pid === undefined ? noIdentifiers : sentIdentifiers(pid);
  const situation = { origin, sentAt: instantOf(sentAt, origin), controlId };
  const isJoined = mapping !== undefined && mapping.merging === undefined && mapping.isReply !== true;
  const isPatientTold = isJoined || mapping?.merging === "visit";
  const rows = isPatientTold ? (options.rows ?? usualRows()) : undefined;
  const patient = pid === undefined ? undefined : fromPid({ pid, pd1, nextOfKin }, identifiers);
  return {
    groups,
    situation,
    identifiers,
    patient:
      patient === undefined || rows === undefined
        ? patient
        : { ...patient, resource: joinPatient(patient.resource, { groups, situation, maps: rows, isByRows: false }) },
    patientAsOf: eventTime(groups) ?? situation.sentAt,
    rows: isJoined ? rows : undefined,
    faults: [],
  };
}

interface ForeignParts extends Pick<ReadMessage, "groups"> {
  readonly origin: Situation["origin"];
  readonly controlId: string;
  readonly options: ReadOptions;
}

function readForeign(foreign: ForeignMessage, { groups, origin, controlId, options }: ForeignParts): ReadMessage {
  const reading = foreign.read(options);
  const { patient, identifiers, sentAt } = reading;
  const situation = { origin, sentAt, controlId };
  const { faults } = foreign;
  return { groups, situation, identifiers, patient, patientAsOf: sentAt, rows: undefined, faults, foreign: reading };
}

const noIdentifiers: SentIdentifiers = { identifiers: [], lookup: [], problems: [] };

/** The rest of the plan, about a patient of the record. */
export function mapFor(subject: Reference, { groups, situation, rows, foreign }: ReadMessage, mapping: Mapping): Plan {
  if (foreign !== undefined) return foreign.plan(subject);
  carryHeader(groups.msh);
  const typed = withoutRepeats(mapping.map(groups, { ...situation, subject }));
  if (rows === undefined) return typed;
  return joinPlan(typed, subject.reference ?? "", {
    groups,
    situation,
    maps: rows,
    isByRows: mapping.isByRows === true,
  });
}

/** Whether the Provenance tells what else a message says of its exchange and its event. */
export function isExchangeTold({ rows }: ReadMessage, { merging }: Mapping): boolean {
  return rows !== undefined || merging === "visit";
}

/** What became of every value of a message that has been mapped. */
export function entriesOf({ foreign, groups }: ReadMessage): readonly LedgerEntry[] {
  return foreign?.ledger() ?? ledgerOf(groups.readers);
}

/** The same in short. */
export function booksOf({ foreign, groups }: ReadMessage): LedgerSummary {
  return foreign === undefined ? summaryOf(groups.readers) : summaryOfEntries(foreign.ledger());
}

/** What a message tells twice of one resource, say a specimen of two reports, is told once: the last counts. */
function withoutRepeats(plan: Plan): Plan {
  const last = new Map(plan.map((planned) => [`${planned.resource.resourceType}/${planned.id}`, planned]));
  return [...last.values()];
}
