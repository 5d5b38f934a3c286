import { limits, ok, type Result } from "#kernel";
import { type HealthRecord, type Kind, tokenKey, type Version } from "#record";
import { checkNhsNumber, nhsNumberSystem, type Patient, type ServiceRequest } from "#standards/fhir";
import { anyKey } from "../../clauses.ts";
import { authoritySystem } from "../../messages/datatypes/hd.ts";
import type { DicomValues } from "./dicom-values.ts";
import type { StudyCandidates } from "./match-study.ts";

/** Patients with the id of the study, and orders with its accession number. */
export async function studyCandidates(record: HealthRecord, study: DicomValues): Promise<Result<StudyCandidates>> {
  const patients = await patientsOf(record, study);
  if (!patients.ok) return patients;
  const orders = await ordersOf(record, study);
  return orders.ok ? ok({ patients: patients.value, orders: orders.value }) : orders;
}

async function patientsOf(record: HealthRecord, study: DicomValues): Promise<Result<readonly Patient[]>> {
  const id = study.text("PatientID");
  if (id === undefined) return ok([]);
  const nhs = checkNhsNumber(id);
  const keys = [
    tokenKey("identifier", undefined, id),
    ...(nhs.ok ? [tokenKey("identifier", nhsNumberSystem, nhs.value)] : []),
  ];
  const found = await those<Patient>(record, "Patient", keys);
  if (!found.ok) return found;
  const living = found.value.filter(isNotReplaced);
  const issuer = study.text("IssuerOfPatientID");
  if (issuer === undefined || living.length < 2) return ok(living);
  const system = authoritySystem(issuer);
  const ofIssuer = living.filter(({ identifier = [] }) =>
    identifier.some((each) => each.value === id && each.system === system),
  );
  return ok(ofIssuer.length === 0 ? living : ofIssuer);
}

function isNotReplaced({ link = [], active }: Patient): boolean {
  return active !== false || !link.some(({ type }) => type === "replaced-by");
}

/** By the number alone: it is the placer's in one hospital, and the filler's in another. */
async function ordersOf(record: HealthRecord, study: DicomValues): Promise<Result<StudyCandidates["orders"]>> {
  const accession = study.text("AccessionNumber");
  if (accession === undefined) return ok([]);
  const found = await those<ServiceRequest>(record, "ServiceRequest", [tokenKey("identifier", undefined, accession)]);
  if (!found.ok) return found;
  const orders: { readonly order: ServiceRequest; readonly patient: Patient | undefined }[] = [];
  for (const order of found.value) {
    const patient = await patientOf(record, order);
    if (!patient.ok) return patient;
    orders.push({ order, patient: patient.value });
  }
  return ok(orders);
}

async function patientOf(record: HealthRecord, { subject }: ServiceRequest): Promise<Result<Patient | undefined>> {
  const id = /^Patient\/([^/]+)$/.exec(subject?.reference ?? "")?.[1];
  if (id === undefined) return ok(undefined);
  const read = await record.readMany([{ kind: "Patient", id }]);
  if (!read.ok) return read;
  const [version] = read.value;
  return ok(version === undefined ? undefined : bodyOf<Patient>(version));
}

async function those<T>(record: HealthRecord, kind: Kind, keys: readonly string[]): Promise<Result<readonly T[]>> {
  const sort = { by: "updated", descending: true } as const;
  const found = await record.search({ kind, all: [anyKey(...keys)], sort, limit: limits.studyCandidatesMax });
  return found.ok ? ok(found.value.versions.map(bodyOf<T>)) : found;
}

function bodyOf<T>(version: Version): T {
  return { ...(JSON.parse(version.body) as T), id: version.id };
}
