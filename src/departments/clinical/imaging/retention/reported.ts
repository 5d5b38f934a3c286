import { limits, ok, type Result } from "#kernel";
import { type HealthRecord, parseBody, type Version } from "#record";
import type { DiagnosticReport, ImagingStudy } from "#standards/fhir";

const finished: ReadonlySet<string> = new Set(["final", "amended", "corrected", "appended"]);

/** Whether somebody has reported on a study: a finished report answers its order, or names it. */
export async function isReported(record: Pick<HealthRecord, "search">, study: Version): Promise<Result<boolean>> {
  const { basedOn = [], subject } = parseBody<ImagingStudy>(study);
  const orders = basedOn.flatMap(({ reference }) => (reference === undefined ? [] : [`based-on=${reference}`]));
  const answering = orders.length === 0 ? ok([]) : await reports(record, orders);
  if (!answering.ok) return answering;
  if (answering.value.some(isFinished)) return ok(true);
  const ofPatient = subject?.reference === undefined ? ok([]) : await reports(record, [`patient=${subject.reference}`]);
  if (!ofPatient.ok) return ofPatient;
  const own = `ImagingStudy/${study.id}`;
  const naming = ofPatient.value.filter(({ imagingStudy = [] }) =>
    imagingStudy.some(({ reference }) => reference === own),
  );
  return ok(naming.some(isFinished));
}

function isFinished({ status }: DiagnosticReport): boolean {
  return finished.has(status ?? "");
}

async function reports(
  record: Pick<HealthRecord, "search">,
  any: readonly string[],
): Promise<Result<readonly DiagnosticReport[]>> {
  const sort = { by: "updated", descending: true } as const;
  const limit = limits.pageSizeMax;
  const found = await record.search({ kind: "DiagnosticReport", all: [{ is: "key", any }], sort, limit });
  return found.ok ? ok(found.value.versions.map((version) => parseBody<DiagnosticReport>(version))) : found;
}
