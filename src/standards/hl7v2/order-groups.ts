import { incorrect, type Problem } from "#kernel";
import type { Draft } from "./draft.ts";
import type { ObservationGroup, OrderGroup, OrderMessage, PatientGroup, SpecimenGroup } from "./groups.ts";
import { type Message, segmentNamed } from "./message.ts";
import { placeableSegments } from "./placeable.ts";
import { addProblem } from "./problem-list.ts";
import type { Segment } from "./segment.ts";

/**
 * The groups of ORU^R01. An SPM before the first OBX of its order does not take the OBX after it: they are the results.
 * Behind results, the OBX after an SPM tell of the specimen, as the grammar has it.
 */
export function groupResults(message: Message): OrderMessage {
  return group(message, { isResult: true, isOml: false, isBySpecimen: false });
}

/** The groups of OUL^R22: the orders of each specimen, whose ORC comes behind OBR or before it. */
export function groupSpecimenResults(message: Message): OrderMessage {
  return group(message, { isResult: true, isOml: false, isBySpecimen: true });
}

/** The groups of ORM^O01 and OML^O21. In OML a PID, PV1 or AL1 behind an
 * order begins the earlier results that the order brings along (PRIOR_RESULT). */
export function groupOrders(message: Message): OrderMessage {
  const isOml = segmentNamed(message, "MSH")?.field(9).component(1).text === "OML";
  return group(message, { isResult: false, isOml, isBySpecimen: false });
}

interface Grammar {
  readonly isResult: boolean;
  readonly isOml: boolean;
  readonly isBySpecimen: boolean;
}

/** What is open while the segments pass by. */
interface Grouping {
  readonly grammar: Grammar;
  readonly patients: Draft<PatientGroup>[];
  readonly problems: Problem[];
  patient: Draft<PatientGroup> | undefined;
  order: Draft<OrderGroup> | undefined;
  specimen: Draft<SpecimenGroup> | undefined;
  /** Orders whose ORC has come and whose OBR has not, by their numbers. */
  waiting: Map<string, Draft<OrderGroup>>;
  /** The innermost open group: what NTE and unknown segments belong to. */
  innermost: { readonly notes: Segment[]; readonly others: Segment[] };
}

function group(message: Message, grammar: Grammar): OrderMessage {
  const { placeable, unplaced, problems } = placeableSegments(message);
  const envelope: Segment[] = [];
  const grouping: Grouping = {
    grammar,
    patients: [],
    problems: [...problems],
    patient: undefined,
    order: undefined,
    specimen: undefined,
    waiting: new Map(),
    innermost: { notes: envelope, others: envelope },
  };
  for (const segment of placeable) {
    const place = placers[segment.name];
    if (place === undefined) grouping.innermost.others.push(segment);
    else place(grouping, segment);
  }
  reportMissingRequests(grouping);
  return { envelope, patients: grouping.patients, unplaced, problems: grouping.problems };
}

type Placer = (grouping: Grouping, segment: Segment) => void;

const placers: Readonly<Record<string, Placer>> = {
  PID: placePatient,
  PD1: placeOnce("demographics"),
  PV1: placeOnce("visit"),
  PV2: placeOnce("visitAdditional"),
  NK1: placeInPatient("nextOfKin"),
  AL1: placeInPatient("allergies"),
  IN1: placeInPatient("insurance"),
  IN2: placeInPatient("insurance"),
  IN3: placeInPatient("insurance"),
  GT1: placeInPatient("insurance"),
  ORC: placeOrderControl,
  OBR: placeRequest,
  RXO: placeRequest,
  RQD: placeRequest,
  RQ1: placeRequest,
  ODS: placeRequest,
  ODT: placeRequest,
  TQ1: placeInOrder("timings"),
  TQ2: placeInOrder("timings"),
  DG1: placeInOrder("diagnoses"),
  CTD: placeInOrder("others"),
  FT1: placeInOrder("others"),
  CTI: placeInOrder("others"),
  BLG: placeInOrder("others"),
  TXA: placeInOrder("others"),
  OBX: placeObservation,
  SPM: placeSpecimen,
  SAC: ({ specimen, innermost }, segment) => (specimen?.containers ?? innermost.others).push(segment),
  NTE: ({ innermost }, segment) => innermost.notes.push(segment),
};

function placePatient(grouping: Grouping, segment: Segment): void {
  const patient = patientFor(grouping, segment);
  if (patient.patient === undefined && patient.orders.length === 0) {
    patient.patient = segment;
    return;
  }
  if (!grouping.grammar.isResult) {
    report(grouping, segment, "segment-repeated", "An order is for one patient, and there is a second PID.");
  }
  openPatient(grouping, { patient: segment });
}

function placeOnce(slot: "demographics" | "visit" | "visitAdditional"): Placer {
  return (grouping, segment) => {
    const patient = patientFor(grouping, segment);
    if (patient[slot] === undefined) {
      patient[slot] = segment;
      return;
    }
    patient.others.push(segment);
    report(grouping, segment, "segment-repeated", `${segment.name} comes twice for one patient.`);
  };
}

function placeInPatient(slot: "nextOfKin" | "allergies" | "insurance"): Placer {
  return (grouping, segment) => patientFor(grouping, segment)[slot].push(segment);
}

/** The patient that a segment of the patient's belongs to: in OML, behind an order, that of prior results. */
function patientFor(grouping: Grouping, segment: Segment): Draft<PatientGroup> {
  const { patient, order, grammar } = grouping;
  if (patient === undefined) return openPatient(grouping, {});
  if (order === undefined) return patient;
  if (grammar.isOml) return openPatient(grouping, { isPrior: true });
  if (segment.name === "PID") return patient;
  const message = `${segment.name} comes after an order; it was taken as the patient's all the same.`;
  report(grouping, segment, "segment-out-of-order", message);
  return patient;
}

function placeInOrder(slot: "timings" | "diagnoses" | "others"): Placer {
  return ({ order, innermost }, segment) => (order?.[slot] ?? innermost.others).push(segment);
}

/** In OUL the ORC of an OBR comes behind it. */
function placeOrderControl(grouping: Grouping, segment: Segment): void {
  const { grammar, order } = grouping;
  const isOfOrder = grammar.isBySpecimen && order !== undefined && order.order === undefined;
  if (isOfOrder && order.observations.length === 0) order.order = segment;
  else openOrder(grouping, { order: segment });
}

/** An OBR goes to the ORC with its number, or to the one right before it; else it opens an order without ORC. */
function placeRequest(grouping: Grouping, segment: Segment): void {
  const numbered = orderNumbers(segment).map((number) => grouping.waiting.get(number));
  const waiting = [...numbered, grouping.order].find((order) => order !== undefined && order.request === undefined);
  if (waiting === undefined) {
    openOrder(grouping, { request: segment });
    return;
  }
  waiting.request = segment;
  grouping.order = waiting;
  if (!grouping.grammar.isBySpecimen) grouping.specimen = undefined;
  grouping.innermost = waiting;
}

function placeObservation(grouping: Grouping, segment: Segment): void {
  const observation: Draft<ObservationGroup> = { observation: segment, notes: [], others: [] };
  const { order, specimen, patient, grammar } = grouping;
  if (grammar.isBySpecimen && specimen !== undefined) {
    (order ?? specimen).observations.push(observation);
  } else if (order === undefined) {
    (patient ?? openPatient(grouping, {})).observations.push(observation);
  } else if (specimen !== undefined && grouping.grammar.isResult && order.observations.length === 0) {
    grouping.specimen = undefined;
    order.observations.push(observation);
    const message = "SPM comes before the first OBX; the OBX after it were taken as results.";
    report(grouping, specimen.specimen, "specimen-before-results", message);
  } else {
    (specimen ?? order).observations.push(observation);
  }
  grouping.innermost = observation;
}

function placeSpecimen(grouping: Grouping, segment: Segment): void {
  const specimen = { specimen: segment, observations: [], containers: [], orders: [], notes: [], others: [] };
  if (grouping.grammar.isBySpecimen) {
    (grouping.patient ?? openPatient(grouping, {})).specimens.push(specimen);
    grouping.order = undefined;
    grouping.waiting = new Map();
  } else {
    (grouping.order ?? openOrder(grouping, {})).specimens.push(specimen);
  }
  grouping.specimen = specimen;
  grouping.innermost = specimen;
}

function openPatient(grouping: Grouping, start: Partial<Draft<PatientGroup>>): Draft<PatientGroup> {
  const patient: Draft<PatientGroup> = {
    patient: undefined,
    demographics: undefined,
    visit: undefined,
    visitAdditional: undefined,
    notes: [],
    nextOfKin: [],
    allergies: [],
    insurance: [],
    observations: [],
    orders: [],
    specimens: [],
    others: [],
    isPrior: false,
    ...start,
  };
  grouping.patients.push(patient);
  grouping.patient = patient;
  grouping.order = undefined;
  grouping.specimen = undefined;
  grouping.waiting = new Map();
  grouping.innermost = patient;
  return patient;
}

function openOrder(grouping: Grouping, start: Partial<Draft<OrderGroup>>): Draft<OrderGroup> {
  const order: Draft<OrderGroup> = {
    order: undefined,
    request: undefined,
    notes: [],
    timings: [],
    diagnoses: [],
    observations: [],
    specimens: [],
    others: [],
    ...start,
  };
  const within = grouping.grammar.isBySpecimen ? grouping.specimen : undefined;
  (within ?? grouping.patient ?? openPatient(grouping, {})).orders.push(order);
  if (order.order !== undefined) for (const number of orderNumbers(order.order)) grouping.waiting.set(number, order);
  grouping.order = order;
  grouping.specimen = within;
  grouping.innermost = order;
  return order;
}

/** Placer and filler order number: fields 2 and 3 of ORC as of OBR. */
function orderNumbers(segment: Segment): string[] {
  const numbers = [2, 3].map((field) => [field, segment.field(field).component(1).text] as const);
  return numbers.filter(([, number]) => number !== "").map(([field, number]) => `${field}:${number}`);
}

function reportMissingRequests({ patients, problems }: Grouping): void {
  for (const { orders, observations } of patients) {
    const bare = orders.find((order) => order.request === undefined && order.observations.length > 0);
    const first = bare?.observations[0] ?? (orders.length === 0 ? observations[0] : undefined);
    if (first === undefined) continue;
    const message = "Observations have no OBR that says what was asked for.";
    addProblem(problems, incorrect("segment-missing", message, { where: first.observation.where }));
  }
}

function report(grouping: Grouping, segment: Segment, code: string, message: string): void {
  addProblem(grouping.problems, incorrect(code, message, { where: segment.where }));
}
