import type { Context } from "#access";
import { failed, notFound, ok, type Result } from "#kernel";
import { parseBody } from "#record";
import type { Patient } from "#standards/fhir";
import type { PatientIdentity } from "../api.ts";
import { identityRow } from "../chart/patient-row.ts";
import { newestFirst } from "../clauses.ts";

const confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

/** Who a patient is, for somebody who may find them but not open their chart. Problems: not-found. */
export async function fetchIdentity(context: Context, id: string): Promise<Result<PatientIdentity>> {
  const { record, finder = record, clock, hospitalTime } = context;
  const page = await finder.search(newestFirst({ kind: "Patient", all: [{ is: "id", any: [id] }], limit: 1 }));
  if (!page.ok) return page;
  const [version] = page.value.versions;
  if (version === undefined) return failed(notFound("not-found", `There is no Patient/${id}.`));
  const patient = parseBody<Patient>(version);
  const isSealed = (patient.meta?.security ?? []).some(
    ({ system, code }) => code === "V" && (system === undefined || system === confidentiality),
  );
  return ok({ patient: identityRow(patient, { now: clock.now(), hospitalTime }), isSealed });
}
