import { ok, type Result } from "#kernel";
import type { HealthRecord, Operation } from "#record";
import type {
  DiagnosticReport,
  Observation,
  Patient,
  Reference,
  Resource,
  ServiceRequest,
  Specimen,
} from "#standards/fhir";
import type { WrittenResource } from "../messages/link-message.ts";
import type { PathologyReport } from "./uk-pathology-document.ts";

/** What a message is about to write. */
export interface Writing {
  readonly operations: readonly Operation[];
  readonly written: readonly WrittenResource[];
  /** The reports that it tells of: `DiagnosticReport/7c…`, whether they change or only what they name does. */
  readonly reports?: readonly string[];
  /** `Patient/7c…`: a report of anybody else is not given. */
  readonly patientReference?: string;
}

/** Steps from a report to what it speaks of: its results, and the members of those. */
const stepsMax = 3;

/**
 * The reports that a message tells of with all that they speak of, as the record has them once it is committed: what is
 * written as it will be, the rest as it is. Undefined where it writes nothing or tells of none. Problems: those of the record.
 */
export async function sentReports(
  record: Pick<HealthRecord, "readMany">,
  writing: Writing,
): Promise<Result<PathologyReport | undefined>> {
  const reports = reportsOf(writing);
  if (writing.written.length === 0 || reports.length === 0) return ok(undefined);
  const known = writtenResources(writing);
  let wanted = reports;
  for (let step = 0; step < stepsMax && wanted.length > 0; step += 1) {
    const missing = wanted.filter((reference) => !known.has(reference));
    const read = await record.readMany(missing.map(keyOf));
    if (!read.ok) return read;
    for (const { kind, id, version, body } of read.value)
      known.set(`${kind}/${id}`, withVersion(JSON.parse(body) as Resource, { id, version }));
    wanted = wanted.flatMap((reference) => namedBy(known.get(reference)));
  }
  const own = reports.filter((reference) => subjectOf(known.get(reference)) === writing.patientReference);
  return ok(partsOf(known, own));
}

/** Those that are planned, and those that are written under another id because the first belongs to somebody else. */
function reportsOf({ reports = [], written }: Writing): readonly string[] {
  const changed = written.filter(({ kind }) => kind === "DiagnosticReport").map(({ kind, id }) => `${kind}/${id}`);
  return [...new Set([...reports, ...changed])];
}

function subjectOf(report: Resource | undefined): string | undefined {
  return (report?.subject as Reference | undefined)?.reference;
}

function writtenResources({ operations, written }: Pick<Writing, "operations" | "written">): Map<string, Resource> {
  const versions = new Map(written.map(({ kind, id, version }) => [`${kind}/${id}`, version]));
  const known = new Map<string, Resource>();
  for (const operation of operations) {
    if (operation.action !== "update" && operation.action !== "create") continue;
    const { kind, id = "", body } = operation;
    const version = versions.get(`${kind}/${id}`);
    if (version !== undefined) known.set(`${kind}/${id}`, withVersion(body as unknown as Resource, { id, version }));
  }
  return known;
}

function withVersion(resource: Resource, { id, version }: { readonly id: string; readonly version: number }): Resource {
  return { ...resource, id, meta: { versionId: String(version) } };
}

function keyOf(reference: string) {
  const [kind = "", id = ""] = reference.split("/");
  return { kind, id };
}

/** Elements of reports and results whose documents belong into what is sent. */
const followed = ["subject", "result", "hasMember", "specimen", "basedOn"] as const;
const kinds: ReadonlySet<string> = new Set(["Patient", "Observation", "Specimen", "ServiceRequest"]);

function namedBy(resource: Resource | undefined): readonly string[] {
  if (resource?.resourceType !== "DiagnosticReport" && resource?.resourceType !== "Observation") return [];
  return followed
    .flatMap((element) => (resource[element] ?? []) as Reference | readonly Reference[])
    .flatMap(({ reference = "" }) => (kinds.has(reference.split("/")[0] ?? "") ? reference : []));
}

function partsOf(known: ReadonlyMap<string, Resource>, references: readonly string[]): PathologyReport | undefined {
  const reports = references.flatMap((reference) => known.get(reference) ?? []) as unknown as DiagnosticReport[];
  const named = new Set<string>();
  for (let wanted = references; wanted.length > 0; ) {
    const fresh = wanted.flatMap((reference) => namedBy(known.get(reference))).filter((each) => !named.has(each));
    for (const each of fresh) named.add(each);
    wanted = fresh;
  }
  const of = <T>(type: string) =>
    [...named].flatMap((reference) => known.get(reference) ?? []).filter((each) => each.resourceType === type) as T[];
  const [report, ...others] = reports;
  const [patient] = of<Patient>("Patient");
  if (report === undefined || patient === undefined) return undefined;
  return {
    reports: [report, ...others],
    patient,
    observations: of<Observation>("Observation"),
    specimens: of<Specimen>("Specimen"),
    orders: of<ServiceRequest>("ServiceRequest"),
  };
}
