/** A small ward in a real record, and those who look at it through a narrowed one, for tests. */
import assert from "node:assert/strict";
import { type Actor, accessKinds, narrow, personActor, type RoleName } from "#access";
import { type OwnBody, openAuditLog, readBody } from "#audit";
import { countingIds, expectOk, type JsonObject, type Problem, type Result } from "#kernel";
import { fhirKinds, type KindDefinition, noEntries, type Query } from "#record";
import { caringFor } from "./builders/relationship.ts";
import { freshRecord } from "./record.ts";
import { displayName, drLindqvist } from "./ward/index.ts";

/** As the clinical department defines it, but for its index. */
const linkMessage: KindDefinition = {
  kind: "LinkMessage",
  check: () => [],
  index: () => noEntries,
};

export function person(id: string, display: string, ...roles: RoleName[]): Actor {
  return { ...personActor({ reference: `User/${id}`, display, roles }), remoteAddress: "10.0.0.7" };
}

export const doctor = person("lindqvist", displayName(drLindqvist), "doctor");
export const clerk = person("clerk", "Mr Basil Finch", "administrative-assistant");
export const governance = person("ig", "Ms Ruth Amadi", "information-governance");
export const administrator = person("admin", "Administrator", "system-administrator");

export const problemOf = (result: Result<unknown>): Problem => {
  assert.ok(!result.ok, "it was expected to fail");
  return result.problems[0];
};

export async function freshWard() {
  const { record, store, clock } = await freshRecord({ kinds: [...fhirKinds, ...accessKinds, linkMessage] });
  const auditLog = openAuditLog(store.audit);
  const as = (actor: Actor) => narrow({ record, auditLog, actor, clock, ids: countingIds("own") });
  const put = async (kind: string, id: string, body: JsonObject) =>
    expectOk(await record.transact({ operations: [{ action: "update", kind, id, body }] }))[0]!.version;
  let seen = 0;
  /** The acts since it was last asked. */
  const acts = async (): Promise<OwnBody[]> => {
    const entries = await store.audit.scan(seen, 100);
    seen = entries.at(-1)?.sequence ?? seen;
    return entries.map((entry) => readBody(entry.body) as OwnBody);
  };
  await put("Patient", "osei", { name: [{ family: "Osei" }], birthDate: "1957-03-14" });
  await put("Patient", "oneill", { name: [{ family: "O'Neill" }] });
  for (const patient of ["osei", "oneill"]) {
    await put("Relationship", `lindqvist-${patient}`, caringFor(doctor.reference, patient));
  }
  await put("Observation", "hb", observation("osei", 120));
  await put("Observation", "na", observation("oneill", 140));
  return { record, store, clock, as, put, acts };
}

export function observation(patient: string, value: number): JsonObject {
  return {
    status: "final",
    code: { coding: [{ system: "http://loinc.org", code: "718-7" }] },
    subject: { reference: `Patient/${patient}` },
    valueQuantity: { value, unit: "g/L" },
  };
}

export function searching(kind: string, ...all: Query["all"]): Query {
  return { kind, all, sort: { by: "updated", descending: true }, limit: 10 };
}

export const short = ({ act, outcome, problem, patients, entities, query }: OwnBody) =>
  Object.fromEntries(
    Object.entries({ act, outcome, problem, patients, entities, query }).filter(([, value]) => value !== undefined),
  );
