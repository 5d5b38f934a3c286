import type { JsonObject } from "#kernel";
import { type Clause, holderOfType, type Kind, presenceBit } from "#record";
import {
  compartmentMembers,
  compileIndexer,
  isResourceType,
  parseReference,
  rememberByType,
  sameValuesAs,
  searchParameterOf,
  silentSink,
} from "#standards/fhir";

/** Beyond its compartment, what may hold anything about anybody, so that nothing of it is known to be of one patient. */
const envelopes: ReadonlySet<Kind> = new Set(["Bundle", "Group", "Linkage", "MessageHeader", "Parameters"]);

/** What often is of nobody: then it is seen by all whose roles may read it. */
const oftenOfNobody: ReadonlySet<Kind> = new Set([
  "Appointment",
  "AppointmentResponse",
  "Basic",
  "Communication",
  "CommunicationRequest",
  "Device",
  "DeviceMetric",
  "List",
  "MeasureReport",
  "Schedule",
  "SupplyDelivery",
  "SupplyRequest",
  "Task",
]);

/** Of Corridor's own kinds, which are not in a compartment, those that say of a patient what the record says. */
const ownKinds: ReadonlyMap<Kind, readonly string[]> = new Map([["LinkMessage", ["patient"]]]);

/** How documents of a kind are about patients. */
export type About =
  /** They are the patients. */
  | "patients"
  /** Never about a patient: places, products, definitions. */
  | "nobody"
  /** About anybody, and nothing says whom. */
  | "anybody"
  /** By what they name, documents each of which is seen or not. */
  | "targets"
  /** By these references. */
  | readonly string[];

const holders = new Map(compartmentMembers("Patient").map(({ type, parameters }) => [type, parameters]));

export const aboutOf = rememberByType((kind): About => {
  if (kind === "Patient") return "patients";
  if (kind === "Provenance") return "targets";
  if (envelopes.has(kind) || kind === "Binary") return "anybody";
  if (!isResourceType(kind) || kind === "AuditEvent") return ownKinds.get(kind) ?? "nobody";
  const parameters = ownParameters(kind);
  return parameters.length === 0 ? "nobody" : parameters;
});

/** `patient` or `subject` say whom a document is about; a kind without either is about whom its compartment names. */
function ownParameters(kind: Kind): readonly string[] {
  const [own] = ["patient", "subject"].filter((code) => isOfPatients(kind, code));
  const codes = own === undefined ? (holders.get(kind) ?? []) : [own];
  return [
    ...new Set(codes.flatMap((code) => sameValuesAs(kind, code).map((held) => holderOfType(kind, held, "Patient")))),
  ];
}

function isOfPatients(kind: Kind, code: string): boolean {
  const parameter = searchParameterOf(kind, code);
  return parameter?.type === "reference" && (parameter.targets.length === 0 || parameter.targets.includes("Patient"));
}

const aboutIndexer = rememberByType((kind) => {
  const about = aboutOf(kind);
  return typeof about === "string" || ownKinds.has(kind) ? undefined : compileIndexer(kind, about);
});

/** The ids of the patients whom a body names as whom it is about, by references to this record; not of a Patient itself. */
export function patientsNamed(kind: Kind, body: JsonObject): readonly string[] {
  const ids = new Set<string>();
  const reference = (_: string, target: string) => {
    const literal = parseReference(target);
    if (literal?.type === "Patient" && literal.base === undefined) ids.add(literal.id);
  };
  aboutIndexer(kind)?.(body, { ...silentSink, reference });
  return [...ids];
}

/** Documents of the kind about one of these patients, by their ids. */
export function aboutPatients(kind: Kind, ids: readonly string[]): Clause {
  const about = aboutOf(kind);
  if (about === "patients") return ids.length === 0 ? { is: "never" } : { is: "id", any: ids };
  if (typeof about === "string" || ids.length === 0) return { is: "never" };
  const any = about.flatMap((parameter) => ids.map((id) => `${parameter}=Patient/${id}`));
  // Those of Corridor's own kinds that were stored before have it among their other keys.
  return ownKinds.has(kind) ? { is: "key", any } : { is: "key", any, areReferences: true };
}

/** Documents of the kind about a patient of whom all of these hold. */
export function aboutPatientsWith(kind: Kind, all: readonly Clause[]): Clause {
  const about = aboutOf(kind);
  if (about === "patients") return { is: "all", of: all };
  if (typeof about === "string") return { is: "never" };
  return { is: "refers", to: "Patient", parameters: about, all };
}

/** Documents of the kind that name nobody as whom they are about, where the kind has such by its nature. */
export function aboutNobody(kind: Kind): Clause {
  const about = aboutOf(kind);
  if (typeof about === "string" || !oftenOfNobody.has(kind)) return { is: "never" };
  const codes = ["patient", "subject", ...about].filter((code) => searchParameterOf(kind, code) !== undefined);
  const held = new Set(codes.flatMap((code) => sameValuesAs(kind, code)));
  const bits = [...held].reduce((sum, code) => sum | presenceBit(kind, code), 0n);
  return bits === 0n ? { is: "never" } : { is: "not", of: { is: "present", parameter: about[0] ?? "patient", bits } };
}
