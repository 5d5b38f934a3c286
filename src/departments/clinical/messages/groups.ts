import type { Problem } from "#kernel";
import {
  type AdmittedPatient,
  type ObservationGroup as CodecObservation,
  type OrderGroup as CodecOrder,
  groupAdmission,
  groupOrders,
  groupResults,
  groupSpecimenResults,
  type Message,
  type PatientGroup,
  type Segment,
  type SpecimenGroup,
} from "#standards/hl7v2";
import { type Origin, SegmentReader } from "./message-reader.ts";

/** A message as what belongs together, ready to be mapped. */
export interface MessageGroups {
  /** Every segment, in order. */
  readonly readers: readonly SegmentReader[];
  readonly msh: SegmentReader | undefined;
  readonly evn: SegmentReader | undefined;
  /** The patients that the message is about. More than one is not mapped. */
  readonly patientCount: number;
  readonly pid: SegmentReader | undefined;
  readonly pd1: SegmentReader | undefined;
  readonly nextOfKin: readonly SegmentReader[];
  readonly pv1: SegmentReader | undefined;
  readonly pv2: SegmentReader | undefined;
  readonly allergies: readonly SegmentReader[];
  /** Observations about the patient, before any order. */
  readonly observations: readonly ObservationGroup[];
  readonly orders: readonly OrderGroup[];
  /** In events that join or part patients: each PID with the numbers that cease for it. */
  readonly merges: readonly MergeGroup[];
  /** Oddities of the structure, none of which lost anything. */
  readonly problems: readonly Problem[];
}

/** One patient of a merge. */
export interface MergeGroup {
  readonly pid: SegmentReader | undefined;
  readonly pd1: SegmentReader | undefined;
  /** None where patients are parted (A37). */
  readonly mrg: SegmentReader | undefined;
}

/** One ORC and OBR, or one of them, with what follows. */
export interface OrderGroup {
  readonly orc: SegmentReader | undefined;
  readonly obr: SegmentReader | undefined;
  readonly timings: readonly SegmentReader[];
  readonly notes: readonly SegmentReader[];
  readonly diagnoses: readonly SegmentReader[];
  readonly specimens: readonly SegmentReader[];
  /** Those of the order, and behind them those that its specimens brought. */
  readonly observations: readonly ObservationGroup[];
}

export interface ObservationGroup {
  readonly obx: SegmentReader;
  readonly notes: readonly SegmentReader[];
}

/** Results (ORU) or orders (ORM, OML); earlier results that an order brings along are left out. */
export function orderGroupsOf(message: Message, origin: Origin, isResult: boolean): MessageGroups {
  const read = readersOf(message, origin);
  const { patients, problems } = isResult ? groupResults(message) : groupOrders(message);
  const current = patients.filter(({ isPrior }) => !isPrior);
  const patient = current[0];
  return {
    ...commonGroups(read, { patient, patientCount: current.length }),
    observations: patient?.observations.map((group) => observationGroup(group, read)) ?? [],
    orders: patient?.orders.map((group) => orderGroup(group, read)) ?? [],
    merges: [],
    problems,
  };
}

/** Results by specimen (OUL). What was observed of a specimen goes with the first order of it. */
export function specimenGroupsOf(message: Message, origin: Origin): MessageGroups {
  const read = readersOf(message, origin);
  const { patients, problems } = groupSpecimenResults(message);
  const patient = patients[0];
  const specimens = patient?.specimens ?? [];
  const bare = specimens.filter(({ orders }) => orders.length === 0).flatMap(({ observations }) => observations);
  return {
    ...commonGroups(read, { patient, patientCount: patients.length }),
    observations: [...(patient?.observations ?? []), ...bare].map((group) => observationGroup(group, read)),
    orders: [
      ...(patient?.orders ?? []).map((group) => orderGroup(group, read)),
      ...specimens.flatMap((specimen) => ordersOf(specimen, read)),
    ],
    merges: [],
    problems,
  };
}

function ordersOf({ specimen, orders, observations, notes }: SpecimenGroup, read: Readers): readonly OrderGroup[] {
  return orders.map((order, at) => {
    const group = orderGroup(order, read);
    const ofSpecimen = at === 0 ? observations : [];
    return {
      ...group,
      notes: [...(at === 0 ? notes.map(read.of) : []), ...group.notes],
      specimens: [read.of(specimen), ...group.specimens],
      observations: [...group.observations, ...ofSpecimen.map((each) => observationGroup(each, read))],
    };
  });
}

/** Events about a patient (ADT). */
export function admissionGroupsOf(message: Message, origin: Origin): MessageGroups {
  const read = readersOf(message, origin);
  const { patients, problems } = groupAdmission(message);
  const patient = patients[0];
  return {
    ...commonGroups(read, { patient, patientCount: patients.length }),
    observations: patient?.observations.map((obx) => ({ obx: read.of(obx), notes: [] })) ?? [],
    orders: [],
    merges: [],
    problems,
  };
}

/** Events that join patients, each PID with its MRG, or part them. */
export function mergeGroupsOf(message: Message, origin: Origin): MessageGroups {
  const read = readersOf(message, origin);
  const { patients, problems } = groupAdmission(message);
  const merges = patients.flatMap(({ patient, demographics, merges: given }): readonly MergeGroup[] => {
    const person = { pid: read.maybe(patient), pd1: read.maybe(demographics) };
    if (given.length === 0) return [{ ...person, mrg: undefined }];
    return given.map(({ merge }) => ({ ...person, mrg: read.of(merge) }));
  });
  const common = commonGroups(read, { patient: patients[0], patientCount: 1 });
  return { ...common, observations: [], orders: [], merges, problems };
}

/** A message that is not mapped has its segments all the same. */
export function ungrouped(message: Message, origin: Origin): MessageGroups {
  const read = readersOf(message, origin);
  return {
    ...commonGroups(read, { patient: undefined, patientCount: 0 }),
    observations: [],
    orders: [],
    merges: [],
    problems: [],
  };
}

interface Readers {
  readonly all: readonly SegmentReader[];
  of(segment: Segment): SegmentReader;
  maybe(segment: Segment | undefined): SegmentReader | undefined;
}

function readersOf(message: Message, origin: Origin): Readers {
  const bySegment = new Map(message.segments.map((segment) => [segment, new SegmentReader(segment, origin)]));
  const of = (segment: Segment) => bySegment.get(segment) ?? new SegmentReader(segment, origin);
  return {
    all: [...bySegment.values()],
    of,
    maybe: (segment) => (segment === undefined ? undefined : of(segment)),
  };
}

interface Patients {
  readonly patient: PatientGroup | AdmittedPatient | undefined;
  readonly patientCount: number;
}

function commonGroups({ all, of, maybe }: Readers, { patient, patientCount }: Patients) {
  return {
    readers: all,
    msh: all.find(({ name }) => name === "MSH"),
    evn: all.find(({ name }) => name === "EVN"),
    patientCount,
    pid: maybe(patient?.patient),
    pd1: maybe(patient?.demographics),
    nextOfKin: patient?.nextOfKin.map(of) ?? [],
    pv1: maybe(patient?.visit),
    pv2: maybe(patient?.visitAdditional),
    allergies: patient?.allergies.filter(({ name }) => name === "AL1").map(of) ?? [],
  };
}

function orderGroup(group: CodecOrder, read: Readers): OrderGroup {
  const { order, request, specimens } = group;
  const observations = [...group.observations, ...specimens.flatMap((specimen) => specimen.observations)];
  return {
    orc: read.maybe(order),
    obr: read.maybe(request?.name === "OBR" ? request : undefined),
    timings: group.timings.filter(({ name }) => name === "TQ1").map(read.of),
    notes: group.notes.map(read.of),
    diagnoses: group.diagnoses.map(read.of),
    specimens: specimens.map(({ specimen }) => read.of(specimen)),
    observations: observations.map((each) => observationGroup(each, read)),
  };
}

function observationGroup({ observation, notes }: CodecObservation, read: Readers): ObservationGroup {
  return { obx: read.of(observation), notes: notes.map(read.of) };
}
