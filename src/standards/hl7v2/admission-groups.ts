import { incorrect, type Problem } from "#kernel";
import type { Draft } from "./draft.ts";
import type { AdmissionMessage, AdmittedPatient } from "./groups.ts";
import type { Message } from "./message.ts";
import { placeableSegments } from "./placeable.ts";
import { addProblem } from "./problem-list.ts";
import type { Segment } from "./segment.ts";

/**
 * The groups of ADT, and of other messages about a patient without orders. Each PID begins a patient; what follows is
 * the patient's, in any order. A PV1 behind an MRG is the visit that is taken over.
 */
export function groupAdmission(message: Message): AdmissionMessage {
  const { placeable, unplaced, problems } = placeableSegments(message);
  const grouping: Grouping = { envelope: [], event: undefined, patients: [], problems: [...problems] };
  for (const segment of placeable) place(grouping, segment);
  return { ...grouping, unplaced };
}

interface Grouping {
  readonly envelope: Segment[];
  event: Segment | undefined;
  readonly patients: Draft<AdmittedPatient>[];
  readonly problems: Problem[];
}

type ListSlot = "nextOfKin" | "observations" | "allergies" | "diagnoses" | "procedures" | "insurance" | "notes";
type OnceSlot = "demographics" | "visit" | "visitAdditional";

const listSlots: Readonly<Record<string, ListSlot>> = {
  NK1: "nextOfKin",
  OBX: "observations",
  AL1: "allergies",
  IAM: "allergies",
  DG1: "diagnoses",
  PR1: "procedures",
  IN1: "insurance",
  IN2: "insurance",
  IN3: "insurance",
  GT1: "insurance",
  NTE: "notes",
};

const onceSlots: Readonly<Record<string, OnceSlot>> = { PD1: "demographics", PV1: "visit", PV2: "visitAdditional" };

function place(grouping: Grouping, segment: Segment): void {
  const list = listSlots[segment.name];
  const once = onceSlots[segment.name];
  const last = grouping.patients.at(-1);
  if (segment.name === "PID") placePatient(grouping, segment);
  else if (segment.name === "EVN" && grouping.event === undefined) grouping.event = segment;
  else if (segment.name === "MRG") patientOf(grouping).merges.push({ merge: segment, visit: undefined });
  else if (list !== undefined) patientOf(grouping)[list].push(segment);
  else if (once !== undefined) placeOnce(grouping, segment, once);
  else (last?.others ?? grouping.envelope).push(segment);
}

function placePatient(grouping: Grouping, segment: Segment): void {
  const last = grouping.patients.at(-1);
  if (last !== undefined && last.patient === undefined) last.patient = segment;
  else openPatient(grouping, segment);
}

function placeOnce(grouping: Grouping, segment: Segment, slot: OnceSlot): void {
  const patient = patientOf(grouping);
  const merge = patient.merges.at(-1);
  if (slot === "visit" && merge !== undefined && merge.visit === undefined) {
    merge.visit = segment;
  } else if (patient[slot] === undefined) {
    patient[slot] = segment;
  } else {
    patient.others.push(segment);
    const message = `${segment.name} comes twice for one patient.`;
    addProblem(grouping.problems, incorrect("segment-repeated", message, { where: segment.where }));
  }
}

function patientOf(grouping: Grouping): Draft<AdmittedPatient> {
  return grouping.patients.at(-1) ?? openPatient(grouping, undefined);
}

function openPatient(grouping: Grouping, segment: Segment | undefined): Draft<AdmittedPatient> {
  const patient: Draft<AdmittedPatient> = {
    patient: segment,
    demographics: undefined,
    visit: undefined,
    visitAdditional: undefined,
    nextOfKin: [],
    observations: [],
    allergies: [],
    diagnoses: [],
    procedures: [],
    insurance: [],
    notes: [],
    merges: [],
    others: [],
  };
  grouping.patients.push(patient);
  return patient;
}
