import { incorrect, isJsonObject, type Problem, unsupported } from "#kernel";
import { checkResource } from "#standards/fhir";
import { type EntryAt, type FhirBundle, type FhirEntry, referencesIn } from "./fhir-bundle.ts";
import { named, needsSubject, ruleOf, subjectElements } from "./places.ts";

/**
 * Why a message cannot be taken as it is: it is not built as R4 says, is about several patients, names what it does not
 * bring, or brings what messages do not bring here. `structure` and its kin, `several-patients`, `reference-unresolved`,
 * `subject-not-in-message`, `resource-unsupported`.
 */
export function faultsOf({ bundle, entries }: FhirBundle, entryAt: EntryAt): readonly Problem[] {
  const patients = entries.filter(({ type }) => type === "Patient");
  const [, second] = patients;
  return [
    ...checkResource(bundle),
    ...(second === undefined ? [] : [severalPatients(second)]),
    ...entries.flatMap((entry) => [
      ...(isTaken(entry) ? [] : [notTaken(entry)]),
      ...lost(entry, entryAt),
      ...subjectFaults(entry, entryAt),
    ]),
  ];
}

function isTaken({ type }: FhirEntry): boolean {
  return type === "Patient" || ruleOf.has(type) || named.has(type);
}

function severalPatients({ where }: FhirEntry): Problem {
  const text = "The message is about several patients; each must be in a message of its own.";
  return unsupported("several-patients", text, { where });
}

function notTaken({ type, where }: FhirEntry): Problem {
  return unsupported("resource-unsupported", `A ${type} is not taken from messages.`, { where });
}

/** A temporary address means something in its message alone. */
function lost(entry: FhirEntry, entryAt: EntryAt): readonly Problem[] {
  return referencesIn(entry)
    .filter(({ text }) => /^urn:(uuid|oid):/.test(text) && entryAt(text, entry) === undefined)
    .map(({ where }) =>
      incorrect("reference-unresolved", "The message does not bring what this refers to.", { where }),
    );
}

function subjectFaults(entry: FhirEntry, entryAt: EntryAt): readonly Problem[] {
  const { resource, type, where } = entry;
  if (!ruleOf.has(type)) return [];
  const given = subjectElements.filter((name) => isJsonObject(resource[name]));
  const wrong = given.filter((name) => !isPatient(entry, name, entryAt));
  const places = given.length === 0 && needsSubject.has(type) ? ["subject"] : wrong;
  const text = "It must be about the Patient of the message.";
  return places.map((name) => incorrect("subject-not-in-message", text, { where: `${where}.${name}` }));
}

function isPatient(entry: FhirEntry, name: string, entryAt: EntryAt): boolean {
  const subject = entry.resource[name];
  const reference = isJsonObject(subject) ? subject.reference : undefined;
  return typeof reference === "string" && entryAt(reference, entry)?.type === "Patient";
}
