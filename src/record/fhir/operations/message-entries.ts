import { isJsonObject, type Json, type JsonObject } from "#kernel";

/** Who and what a message speaks of, and does not decide about: found where they are known, else made. */
const known: ReadonlySet<string> = new Set([
  ...["Patient", "Practitioner", "PractitionerRole", "Organization", "Location", "Device", "Medication", "Substance"],
  ...["HealthcareService", "RelatedPerson", "Endpoint"],
]);

/** Of these a number is known of one patient alone. */
const subjectParameter: Readonly<Record<string, string>> = {
  DiagnosticReport: "subject",
  DocumentReference: "subject",
  Encounter: "subject",
  Observation: "subject",
  ServiceRequest: "subject",
  Specimen: "subject",
};

/**
 * What a message brings as entries of a transaction, its MessageHeader under an id of ours and never over another. What has a
 * number is the next version of what has that number, for the same patient; what has none is new. Patients, people and
 * places that are known by a number of theirs stay as they are. Source: FHIR R4 §3.1.0.3.2, §3.1.0.8.1 (conditions).
 */
export function messageEntries(bundle: JsonObject, kept: JsonObject): readonly JsonObject[] {
  const entries = (bundle.entry as readonly Json[]).filter(isJsonObject);
  const resources = entries.map(({ resource }) => resource).filter(isJsonObject);
  const patients = resources.filter(({ resourceType }) => resourceType === "Patient");
  const [patient] = patients.length === 1 ? patients.map(numberOf) : [];
  return entries.map((entry, at) => {
    const { resource, fullUrl } = entry;
    const address = fullUrl === undefined ? {} : { fullUrl };
    if (!isJsonObject(resource)) return entry;
    if (at === 0) {
      const { id: _, ...header } = resource;
      const request = { method: "PUT", url: `MessageHeader/${String(kept.id)}`, ifNoneMatch: "*" };
      return { ...address, resource: { ...header, ...kept }, request };
    }
    const { id: _, meta: __, ...content } = resource;
    return { ...address, resource: content, request: requestOf(resource, patient) };
  });
}

function requestOf(resource: JsonObject, patient: string | undefined): JsonObject {
  const type = String(resource.resourceType);
  const number = numberOf(resource);
  if (number === undefined) return { method: "POST", url: type };
  const search = `identifier=${number}`;
  if (known.has(type)) return { method: "POST", url: type, ifNoneExist: search };
  const subject = subjectParameter[type];
  if (subject === undefined || patient === undefined) return { method: "POST", url: type, ifNoneExist: search };
  return { method: "PUT", url: `${type}?${search}&${subject}:Patient.identifier=${patient}` };
}

/** The first identifier that has both a system and a value, as a search has it. */
function numberOf({ identifier }: JsonObject): string | undefined {
  const all = (Array.isArray(identifier) ? identifier : [identifier]).filter(isJsonObject);
  const whole = all.find(({ system, value }) => typeof system === "string" && typeof value === "string");
  if (whole === undefined) return undefined;
  const escaped = [whole.system, whole.value].map((each) => String(each).replace(/[\\,|$]/g, "\\$&"));
  return encodeURIComponent(escaped.join("|"));
}
