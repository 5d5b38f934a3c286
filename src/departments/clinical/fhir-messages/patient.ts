import { incorrect, isJsonObject, type Json, type JsonObject, type Problem } from "#kernel";
import { checkNhsNumber, type Identifier, nhsNumberSystem, type Patient } from "#standards/fhir";
import { authoritySystem } from "../messages/datatypes/hd.ts";
import type { SentPatient } from "../patients/from-pid.ts";
import { isForLookup, isNhsNumber, type SentIdentifiers } from "../patients/sent-identifiers.ts";
import type { FhirEntry } from "./fhir-bundle.ts";
import { byName } from "./references.ts";
import type { Scope } from "./scope.ts";

/** Elements of a Patient that are its sender's own business. */
export const ownOfPatient: ReadonlySet<string> = new Set(["id", "meta", "implicitRules", "text", "link", "contained"]);

export interface MappedPatient {
  readonly patient: SentPatient;
  readonly identifiers: SentIdentifiers;
}

/** Of a message without one: nobody, who is then to be found by people. */
const nobody: MappedPatient = {
  patient: { resource: { resourceType: "Patient" }, cleared: [] },
  identifiers: { identifiers: [], lookup: [], problems: [] },
};

/** The patient of a message, and the numbers by which the record may know them; those without a system are the sender's. */
export function patientOf(entry: FhirEntry | undefined, scope: Pick<Scope, "sender" | "entryAt">): MappedPatient {
  if (entry === undefined) return nobody;
  const { identifier: _, ...rest } = byName(withoutOwn(entry.resource), entry, scope);
  const identifiers = identifiersOf(entry, scope.sender);
  const numbers = identifiers.identifiers.length === 0 ? {} : { identifier: identifiers.identifiers };
  return { patient: { resource: { ...rest, ...numbers } as unknown as Patient, cleared: [] }, identifiers };
}

function withoutOwn(resource: JsonObject): JsonObject {
  const kept: { [name: string]: Json } = { ...resource };
  for (const name of ownOfPatient) delete kept[name];
  return kept;
}

function identifiersOf({ resource, where }: FhirEntry, sender: string): SentIdentifiers {
  const given: readonly Json[] = Array.isArray(resource.identifier) ? resource.identifier : [];
  const all = given.filter(isJsonObject).map((each) => identifierOf(each, sender));
  const problems = all.flatMap((each, at) =>
    isBroken(each) ? [brokenNumber(`${where}.identifier[${at}].value`)] : [],
  );
  const nhs = all.filter((each) => isNhsNumber(each) && !isBroken(each));
  const nhsNumber = nhs[0]?.value;
  const identifiers = [...nhs, ...all.filter((each) => !nhs.includes(each))];
  const lookup = identifiers.filter((each) => each.value !== undefined && isForLookup(each));
  return { identifiers, lookup, ...(nhsNumber === undefined ? {} : { nhsNumber }), problems };
}

const nhsSystems: ReadonlySet<Json | undefined> = new Set([
  nhsNumberSystem,
  "http://fhir.nhs.net/Id/nhs-number",
  "urn:oid:2.16.840.1.113883.2.1.4.1",
]);

function identifierOf(sent: JsonObject, sender: string): Identifier {
  const { system, value } = sent;
  if (!nhsSystems.has(system))
    return (system === undefined ? { ...sent, system: authoritySystem(sender) } : sent) as Identifier;
  const checked = checkNhsNumber(String(value ?? ""));
  return { ...sent, system: nhsNumberSystem, ...(checked.ok ? { value: checked.value } : {}) } as Identifier;
}

/** Ten digits alike fit their check digit, and are what systems send when there is no number. */
function isBroken(identifier: Identifier): boolean {
  const { value = "" } = identifier;
  return isNhsNumber(identifier) && (!checkNhsNumber(value).ok || /^(\d)\1{9}$/.test(value));
}

function brokenNumber(where: string): Problem {
  const message = "A number given as NHS number does not have its form or its check digit.";
  return incorrect("nhs-number-check-digit", message, { where });
}
