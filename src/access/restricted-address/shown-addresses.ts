import { type JsonObject, ok, type Result } from "#kernel";
import { type HealthRecord, jsonText, type Key, parseBody, type Version } from "#record";
import type { Actor } from "../actor.ts";
import { patientsOfVersion } from "../narrow/patients.ts";
import { newestOf } from "../visibility/judge.ts";
import { addressedKinds, isMarked, withoutAddress } from "./withheld-elements.ts";

export interface Asking {
  readonly actor: Actor;
  /** The whole record. */
  readonly record: HealthRecord;
}

/** Who keeps addresses: the permission, which links and workers have too. */
export function keepsAddresses({ permissions }: Actor): boolean {
  return permissions.has("addresses.keep");
}

/**
 * The versions as the actor is shown them: of whom an address is restricted, without it. A version is such when it says so
 * itself, or its patient is such by now. Problems: those of looking at the patients.
 */
export async function shownAddresses(
  asking: Asking,
  versions: readonly Version[],
): Promise<Result<readonly Version[]>> {
  if (keepsAddresses(asking.actor)) return ok(versions);
  const addressed = versions.filter(({ kind, action }) => addressedKinds.has(kind) && action !== "delete");
  if (addressed.length === 0) return ok(versions);
  const marked = await markedPatients(
    asking.record,
    addressed.flatMap((version) => (isMarked(version) ? [] : patientsOfVersion(version))),
  );
  if (!marked.ok) return marked;
  return ok(versions.map((version) => (isHidden(version, marked.value) ? shown(version) : version)));
}

/** As `shownAddresses`, of what is the newest of its document: of a Patient its own label is enough. */
export async function shownNewest(asking: Asking, versions: readonly Version[]): Promise<Result<readonly Version[]>> {
  if (keepsAddresses(asking.actor) || !versions.some(({ kind }) => addressedKinds.has(kind))) return ok(versions);
  if (!versions.every(({ kind }) => kind === "Patient" || !addressedKinds.has(kind))) {
    return shownAddresses(asking, versions);
  }
  return ok(versions.map((version) => (version.kind === "Patient" && isMarked(version) ? shown(version) : version)));
}

function isHidden(version: Version, marked: ReadonlySet<string>): boolean {
  if (!addressedKinds.has(version.kind) || version.action === "delete") return false;
  return isMarked(version) || patientsOfVersion(version).some((patient) => marked.has(patient));
}

function shown(version: Version): Version {
  return { ...version, body: jsonText(withoutAddress(parseBody<JsonObject>(version))) };
}

/** Which of the patients, `Patient/1`, have a restricted address; one who was deleted as when they were. */
export async function markedPatients(
  record: HealthRecord,
  patients: readonly string[],
): Promise<Result<ReadonlySet<string>>> {
  const ids = [...new Set(patients)].map((patient) => patient.slice("Patient/".length));
  const newest = await newestOf(
    record,
    ids.map((id): Key => ({ kind: "Patient", id })),
  );
  if (!newest.ok) return newest;
  return ok(new Set(newest.value.filter(isMarked).map(({ id }) => `Patient/${id}`)));
}
