import { conflict, incorrect, type JsonObject, limits, ok, type Problem, type Result } from "#kernel";
import { type HealthRecord, type Operation, parseBody, type Version } from "#record";
import type { Encounter, Identifier, Patient } from "#standards/fhir";
import { filled } from "../../messages/changes.ts";
import { extendedIdentifier } from "../../messages/datatypes/cx.ts";
import { deterministicId } from "../../messages/deterministic-id.ts";
import type { WrittenResource } from "../../messages/link-message.ts";
import type { ReadMessage } from "../../messages/mapping.ts";
import { carryHeader } from "../../messages/provenance.ts";
import { findPatient } from "../../messages/resolve.ts";
import { visit } from "../../patients/encounter.ts";
import { identifierKey } from "../../patients/match.ts";
import { ceasedIdentifiers } from "../../patients/sent-identifiers.ts";
import type { Merging } from "../decide-merging.ts";
import { withReferencesNamed } from "../known-ids.ts";
import { carryMerges } from "../merge-segments.ts";
import { replacementOf, withoutReplacement, withReplacement } from "./replaced-visit.ts";
import { underVisit } from "./under-visit.ts";
import { type VisitPair, visitPairs } from "./visit-segments.ts";

/**
 * A visit whose number ceases (MRG-5): what was recorded under it goes to the visit of PV1-19, of the patient of PID, and what
 * comes later under the old number follows. It is kept, marked as an error, and says which visit stands for it. Held are
 * messages about patients that the record does not know. Problems: those of the record.
 * Source: HL7 v2.5.1 §3.3.42 (A42), §3.3.45 (A45).
 */
export async function decideVisits(record: HealthRecord, read: ReadMessage): Promise<Result<Merging>> {
  carryHeader(read.groups.msh);
  carryMerges(read.groups);
  const [pair, other] = visitPairs(read.groups.readers);
  if (pair === undefined || other !== undefined) return refused(oneVisit);
  const found = await findPatient(record, read);
  if (!found.ok) return found;
  if (found.value.is === "conflict") return refused(found.value.problem);
  if (found.value.is === "new") return refused(notKnown("PID[1]-3"));
  const before = await formerPatient(record, pair, found.value.patient);
  if (!before.ok) return before;
  if (before.value === undefined) return refused(notKnown("MRG[1]-1"));
  const [patient, former] = [found.value.patient, before.value].map(({ id }) => `Patient/${id}`) as [string, string];
  return moved(record, { pair, patient, former, told: read.patient?.resource });
}

const oneVisit = incorrect("visit-not-named", "Each message moves one visit, by one MRG.", { where: "MRG" });
const noNumber = incorrect("visit-not-named", "The visits are not named by their numbers.", { where: "MRG[1]-5" });
const tooMuch = conflict("visit-too-large", "More is recorded under the visit than moves at once.", {
  where: "MRG[1]-5",
});

function notKnown(where: string): Problem {
  return incorrect("patient-not-identified", "The record has nobody of this number whose visit could be moved.", {
    where,
  });
}

/** Whose visit it was: of the numbers in MRG, else of PID; undefined where that is not one patient. */
async function formerPatient(
  record: HealthRecord,
  { mrg }: VisitPair,
  patient: Patient,
): Promise<Result<Patient | undefined>> {
  const { lookup } = ceasedIdentifiers(mrg);
  if (lookup.length === 0) return ok(patient);
  const sight = await record.look({ keys: [], carriers: { kind: "Patient", keys: lookup.map(identifierKey) } });
  if (!sight.ok) return sight;
  const [one, other] = sight.value.carriers;
  return ok(one === undefined || other !== undefined ? undefined : parseBody<Patient>(one));
}

interface Moving {
  readonly pair: VisitPair;
  /** `Patient/7c…`: whose visit it is from now on. */
  readonly patient: string;
  readonly former: string;
  /** What the message says of the patient besides. */
  readonly told: Patient | undefined;
}

async function moved(record: HealthRecord, { pair, patient, former, told }: Moving): Promise<Result<Merging>> {
  const ceased = extendedIdentifier(pair.mrg.field(5));
  const sent = visit({ pv1: pair.pv1, pv2: undefined, subject: { reference: patient } });
  const number = (sent?.resource as Encounter | undefined)?.identifier?.[0] ?? ceased;
  if (ceased?.value === undefined || number?.value === undefined) return refused(noNumber);
  const [from, to] = [
    deterministicId("Encounter", former, ceased.value),
    deterministicId("Encounter", patient, number.value),
  ];
  if (from === to) return ok(done([], patient));
  const person = { kind: "Patient", id: patient.slice("Patient/".length) };
  const known = await record.readMany([...[from, to].map((id) => ({ kind: "Encounter", id })), person]);
  if (!known.ok) return known;
  const versionOf = (id: string) => known.value.find((each) => each.id === id);
  const old = versionOf(from);
  if (old !== undefined && replacementOf(parseBody<JsonObject>(old)) === `Encounter/${to}`)
    return ok(done([], patient));
  const under = await underVisit(record, `Encounter/${from}`, { patient: former, limit: limits.mergeStepResourcesMax });
  if (!under.ok) return under;
  if (under.value.length > limits.mergeStepResourcesMax) return refused(tooMuch);
  const ceasing = old === undefined ? tombstone(former, ceased) : parseBody<JsonObject>(old);
  const kept = versionOf(to);
  const said = {
    ceasing,
    ceased,
    kept: kept && parseBody<JsonObject>(kept),
    sent: sent?.resource as Encounter | undefined,
  };
  const subject = { reference: patient };
  const visits: readonly Write[] = [
    { kind: "Encounter", id: to, version: kept?.version ?? 0, body: { ...standing(said), subject } },
    { kind: "Encounter", id: from, version: old?.version ?? 0, body: withReplacement(ceasing, `Encounter/${to}`) },
  ];
  const names = [
    [`Encounter/${from}`, `Encounter/${to}`] as const,
    ...(patient === former ? [] : [[former, patient] as const]),
  ];
  return ok(
    done([...personWrites(versionOf(person.id), told), ...visits, ...rehomed(under.value, new Map(names))], patient),
  );
}

function done(writes: readonly Write[], patientReference: string): Merging {
  return { is: "told", operations: writes.map(operationOf), written: writes.map(writtenOf), patientReference };
}

/** What the message says of the patient that the record lacks. */
function personWrites(known: Version | undefined, told: Patient | undefined): readonly Write[] {
  if (known === undefined || told === undefined) return [];
  const before = parseBody<JsonObject>(known);
  const body = filled(before, told as unknown as JsonObject);
  return JSON.stringify(body) === JSON.stringify(before)
    ? []
    : [{ kind: "Patient", id: known.id, version: known.version, body }];
}

function rehomed(versions: readonly Version[], names: ReadonlyMap<string, string>): readonly Write[] {
  return versions.map(({ kind, id, version, body }) => {
    return { kind, id, version, body: withReferencesNamed(JSON.parse(body) as JsonObject, names) as JsonObject };
  });
}

/** What is known of a visit that nobody has told of before. */
function tombstone(patient: string, number: Identifier): JsonObject {
  const unknown = { system: "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", code: "UNK" };
  const subject = { reference: patient };
  return {
    resourceType: "Encounter",
    identifier: [number],
    status: "unknown",
    class: unknown,
    subject,
  } as unknown as JsonObject;
}

interface Standing {
  readonly ceasing: JsonObject;
  readonly ceased: Identifier;
  readonly kept: JsonObject | undefined;
  readonly sent: Encounter | undefined;
}

/** The visit that stands for both: what it says itself, then what the message says, then what the other one said. */
function standing({ ceasing, ceased, kept, sent }: Standing): JsonObject {
  const { id: _, meta: __, extension: ___, identifier: ____, ...said } = ceasing;
  const own = (
    kept === undefined ? { ...sent, status: said.status ?? "unknown" } : withoutReplacement(kept)
  ) as JsonObject;
  const told = filled(filled(own, (sent ?? {}) as JsonObject), {
    ...said,
    subject: own.subject ?? said.subject,
  } as JsonObject);
  const numbers = (Array.isArray(told.identifier) ? told.identifier : []) as unknown as readonly Identifier[];
  const isThere = numbers.some(({ system, value }) => system === ceased.system && value === ceased.value);
  const all = isThere ? numbers : [...numbers, { ...ceased, use: "old" }];
  return { resourceType: "Encounter", ...told, identifier: all } as unknown as JsonObject;
}

interface Write {
  readonly kind: string;
  readonly id: string;
  /** 0: it is not there yet. */
  readonly version: number;
  readonly body: JsonObject;
}

function operationOf({ kind, id, version, body }: Write): Operation {
  return { action: "update", kind, id, body, ifMatch: version };
}

function writtenOf({ kind, id, version }: Write): WrittenResource {
  return { kind, id, version: version + 1, effect: version === 0 ? "created" : "updated" };
}

function refused(problem: Problem): Result<Merging> {
  return ok({ is: "refused", problems: [problem] });
}
