import { limits, ok, type Result } from "#kernel";
import type { Clause, HealthRecord, Key, Version } from "#record";
import { compartmentMembers } from "#standards/fhir";

/** Who wrote and who looked: told by themselves, and not among what is held about the person. */
const ofTheRecord = ["AuditEvent", "Provenance"];

/**
 * Every document that is held about a patient, in pages: the patient, the compartment, messages, and the content that any of
 * them names. Source: FHIR R4 CompartmentDefinition/patient. Problems: those of the record.
 */
export async function* heldAbout(record: HealthRecord, patientId: string): AsyncGenerator<Result<readonly Version[]>> {
  const patient = await record.read("Patient", patientId);
  yield patient.ok ? ok([patient.value]) : patient;
  if (!patient.ok) return;
  const binaries = new Set<string>();
  for (const { kind, keys } of questions(patientId)) {
    for await (const page of pagesOf(record, kind, { is: "key", any: keys })) {
      if (page.ok) for (const { body } of page.value) for (const id of binariesIn(body)) binaries.add(id);
      yield page;
      if (!page.ok) return;
    }
  }
  const named = [...binaries].map((id): Key => ({ kind: "Binary", id }));
  for (let start = 0; start < named.length; start += limits.disclosurePageMax) {
    yield await record.readMany(named.slice(start, start + limits.disclosurePageMax));
  }
}

interface Question {
  readonly kind: string;
  readonly keys: readonly string[];
}

function questions(patientId: string): readonly Question[] {
  const reference = `Patient/${patientId}`;
  const members = compartmentMembers("Patient").filter(({ type }) => !ofTheRecord.includes(type) && type !== "Patient");
  return [
    ...members.map(({ type, parameters }) => ({
      kind: type,
      // What names a patient under a wider parameter is kept under `patient`.
      keys: [...new Set([...parameters, "patient"])].map((parameter) => `${parameter}=${reference}`),
    })),
    { kind: "LinkMessage", keys: [`patient=${reference}`] },
  ];
}

async function* pagesOf(
  record: HealthRecord,
  kind: string,
  clause: Clause,
): AsyncGenerator<Result<readonly Version[]>> {
  let after: Parameters<HealthRecord["search"]>[0]["after"];
  do {
    const page = await record.search({
      kind,
      all: [clause],
      sort: { by: "updated", descending: false },
      limit: limits.disclosurePageMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) {
      yield page;
      return;
    }
    yield ok(page.value.versions);
    after = page.value.next;
  } while (after !== undefined);
}

function binariesIn(body: string): readonly string[] {
  if (!body.includes("Binary/")) return [];
  return [...body.matchAll(/"(?:[^"]*\/)?Binary\/([A-Za-z0-9\-.]{1,64})"/g)].flatMap(([, id]) => id ?? []);
}
