import { conflict, limits, ok, type Problem, type Result } from "#kernel";
import type { HealthRecord } from "#record";
import type { Patient } from "#standards/fhir";
import { filled } from "../messages/changes.ts";
import { personNames } from "../messages/datatypes/xpn.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import type { MergeGroup } from "../messages/groups.ts";
import { list, present } from "../messages/present.ts";
import { fromPid } from "../patients/from-pid.ts";
import { identifierKey, matchPatient } from "../patients/match.ts";
import { sentIdentifiers } from "../patients/sent-identifiers.ts";
import { type Edge, forestOf } from "./forest.ts";
import { edgeOf, type KnownPatient, type MergeNetwork, readNetwork } from "./merge-network.ts";
import { type Named, type NamedPatient, namedPatients } from "./named-patients.ts";
import { counts, type MergedPatient } from "./patient-merge.ts";

/** What a message about merges comes to before anything is written. */
export type Joining =
  | { readonly is: "refused"; readonly problems: readonly [Problem, ...Problem[]] }
  /** `joins` is empty where all of it was so already. */
  | {
      readonly is: "joined";
      readonly joins: readonly Join[];
      readonly network: MergeNetwork;
      /** Those that the message makes are at version 0. */
      readonly patients: ReadonlyMap<string, JoinedPatient>;
      /** Of the first merge: `Patient/7c…`. */
      readonly survivor: string;
    };

export interface Join {
  readonly discarded: MergedPatient;
  readonly survivor: MergedPatient;
  readonly activeBefore: boolean | undefined;
}

export interface JoinedPatient extends KnownPatient {
  /** For one that is made: nobody may have been found by the numbers since. */
  readonly absent?: NamedPatient["absent"];
}

/** Problems: those of the record. */
export async function decideJoining(
  record: HealthRecord,
  { groups, messageId }: { readonly groups: readonly MergeGroup[]; readonly messageId: string },
): Promise<Result<Joining>> {
  const pairs = groups.filter(({ mrg }) => mrg !== undefined);
  if (pairs.length > limits.mergesPerMessageMax) return refused(tooMany);
  const named: { readonly group: MergeGroup; readonly named: Named; readonly at: number }[] = [];
  for (const [at, group] of pairs.entries()) {
    const found = await namedPatients(record, group);
    if (!found.ok) return found;
    if (found.value.is === "unclear") return refused(found.value.problem);
    named.push({ group, named: found.value, at });
  }
  const sides = named.map((pair) => sidesOf(pair, messageId));
  const known = sides.flatMap(({ kept, ceased }) => [kept, ceased]).filter(({ version }) => version !== 0);
  const network = await readNetwork(
    record,
    known.map(({ reference }) => reference),
  );
  if (!network.ok) return network.problems[0].code === "merges-too-many" ? refused(network.problems[0]) : network;
  return ok(joined(sides, network.value));
}

interface Side extends MergedPatient {
  /** 0: it is to be made. */
  readonly version: 0 | undefined;
  readonly patient: Patient;
  readonly absent: NamedPatient["absent"];
}

interface Sides {
  readonly kept: Side;
  readonly ceased: Side;
  readonly conflict?: Problem;
  /** Both are one already. */
  readonly isOne: boolean;
}

interface NamedPair {
  readonly group: MergeGroup;
  readonly named: Named;
  readonly at: number;
}

function sidesOf({ group, named, at }: NamedPair, messageId: string): Sides {
  if (named.is !== "two") {
    const patient: Patient = named.is === "one" ? named.patient : { resourceType: "Patient" };
    const side = { reference: `Patient/${patient.id}`, numbers: [], version: undefined, patient, absent: nowhere };
    return { kept: side, ceased: side, isOne: true };
  }
  const { kept, ceased } = named.patients;
  const sent = sentPerson(group, new Set(kept.numbers.map(identifierKey)));
  const match = kept.patient && matchPatient({ lookup: kept.numbers, patient: sent }, [kept.patient]);
  const person = kept.patient === undefined ? sent : filled(kept.patient, { ...sent, identifier: kept.numbers });
  return {
    kept: sideOf(kept, { id: deterministicId("Patient", messageId, "kept", String(at)), patient: person }),
    ceased: sideOf(ceased, {
      id: deterministicId("Patient", messageId, "ceased", String(at)),
      patient: ceased.patient ?? formerPerson(group, ceased),
    }),
    isOne: false,
    ...(match?.is === "conflict" ? { conflict: match.problem } : {}),
  };
}

function sideOf(
  { patient, numbers, absent }: NamedPatient,
  made: { readonly id: string; readonly patient: Patient },
): Side {
  return {
    reference: `Patient/${patient?.id ?? made.id}`,
    numbers: numbers.map(({ system, value }) => present<MergedPatient["numbers"][number]>({ system, value })),
    version: patient === undefined ? 0 : undefined,
    patient: made.patient,
    absent,
  };
}

const nowhere: NamedPatient["absent"] = {
  query: { kind: "Patient", all: [{ is: "never" }], sort: { by: "id", descending: false }, limit: 1 },
  after: 0,
};

/** PID as it fills what is not known of the patient who stays, with the numbers that are that patient's. */
function sentPerson({ pid, pd1 }: MergeGroup, own: ReadonlySet<string>): Patient {
  if (pid === undefined) return { resourceType: "Patient" };
  const { resource } = fromPid({ pid, pd1, nextOfKin: [] }, sentIdentifiers(pid));
  const { identifier = [], ...person } = resource;
  const numbers = list(...identifier.filter((number) => own.has(identifierKey(number))));
  return { ...person, ...(numbers === undefined ? {} : { identifier: numbers }) };
}

/** Somebody of whom nothing is known but numbers, and MRG-7, the name that they went by. */
function formerPerson({ mrg }: MergeGroup, { numbers }: NamedPatient): Patient {
  return present<Patient>({
    resourceType: "Patient",
    identifier: list(...numbers),
    name: mrg === undefined ? undefined : personNames(mrg.fields(7)),
  });
}

function joined(sides: readonly Sides[], network: MergeNetwork): Joining {
  const edges: Edge[] = network.merges.filter(({ merge }) => counts(merge)).map(({ merge }) => edgeOf(merge));
  const patients = new Map<string, JoinedPatient>(network.patients);
  const joins: Join[] = [];
  for (const { kept, ceased, isOne, conflict: conflicting } of sides) {
    if (conflicting !== undefined) return { is: "refused", problems: [conflicting] };
    const forest = forestOf(edges);
    if (isOne || forest.rootOf(kept.reference) === forest.rootOf(ceased.reference)) {
      if (forest.rootOf(kept.reference) === ceased.reference && !isOne) return { is: "refused", problems: [otherWay] };
      continue;
    }
    if (forest.rootOf(ceased.reference) !== ceased.reference) return { is: "refused", problems: [elsewhere] };
    for (const side of [kept, ceased]) {
      const before = patients.get(side.reference);
      const known = {
        version: before?.version ?? 0,
        patient: side === kept ? side.patient : (before?.patient ?? side.patient),
      };
      patients.set(side.reference, side.version === 0 ? { ...known, absent: side.absent } : known);
    }
    edges.push({ discarded: ceased.reference, survivor: kept.reference });
    joins.push({
      discarded: mergedOf(ceased),
      survivor: mergedOf(kept),
      activeBefore: patients.get(ceased.reference)?.patient.active,
    });
  }
  return { is: "joined", joins, network, patients, survivor: sides[0]?.kept.reference ?? "" };
}

function mergedOf({ reference, numbers }: Side): MergedPatient {
  return { reference, numbers };
}

function refused(problem: Problem): Result<Joining> {
  return ok({ is: "refused", problems: [problem] });
}

const where = "MRG[1]-1";
const tooMany = conflict("merges-too-many", "The message joins more patients than are taken at once.", { where });
const otherWay = conflict("merged-the-other-way", "The record has merged these two the other way round.", { where });
const elsewhere = conflict("merged-elsewhere", "The number that is to cease was merged into another patient before.", {
  where,
});
