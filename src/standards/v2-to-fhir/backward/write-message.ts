import { failed, incorrect, ok, type Problem, type Result } from "#kernel";
import { headerSegment, type MessageHead, type WrittenType } from "./message-head.ts";
import { MessageWriter, type WriterOptions } from "./message-writer.ts";
import { orderControl } from "./order-control.ts";
import { addOrder } from "./order-segments.ts";
import { addPatient } from "./patient-segments.ts";
import { type FhirResource, listIn, objectIn } from "./resource-set.ts";
import { addReport } from "./result-segments.ts";

export interface MessageToWrite extends Omit<WriterOptions, "version"> {
  readonly type: WrittenType;
  readonly head: MessageHead;
  /** ServiceRequests, or DiagnosticReports for ORU, of one patient, in their order. */
  readonly about: readonly [FhirResource, ...FhirResource[]];
  /** All that they refer to, and they themselves. */
  readonly resources: readonly FhirResource[];
  /** By `ServiceRequest/7c…`: the version that was told of before. */
  readonly before?: ReadonlyMap<string, FhirResource>;
}

export interface WrittenMessage {
  /** With a carriage return behind each segment. */
  readonly text: string;
  /** How often each row has written, by its id. */
  readonly rows: ReadonlyMap<string, number>;
}

/**
 * FHIR resources as an HL7 v2 message: the rows of the guide run backwards, and functions where rows do not reach. Pure; the same
 * resources give the same message. Problems, all incorrect: `patient-missing`, `code-missing`, `order-not-placed`,
 * `order-status-unknown`, `report-status-unknown`.
 */
export function writeMessageOf(given: MessageToWrite): Result<WrittenMessage> {
  const { type, head, about, resources, backward, names } = given;
  const writer = new MessageWriter(resources, { backward, names, version: head.version });
  const [first] = about;
  const patient = patientOf(first, writer);
  const faults = about.flatMap(faultsOf);
  if (patient === undefined) faults.push(fault("patient-missing", `${first.resourceType}.subject`, "names no patient"));
  const [problem, ...others] = faults;
  if (problem !== undefined) return failed(problem, ...others);
  writer.add(headerSegment(type, head));
  addPatient(writer, patient as FhirResource, visitOf(first, writer));
  for (const [at, resource] of about.entries()) {
    if (type === "ORU^R01") {
      addReport(writer, resource, at + 1);
      continue;
    }
    const control = orderControl(resource, given.before?.get(`${resource.resourceType}/${String(resource.id)}`));
    if (!control.ok) return control;
    const isLaboratory = type === "OML^O21";
    addOrder(writer, { order: resource, control: control.value, at: head.at, number: at + 1, isLaboratory });
  }
  return ok({ text: writer.text, rows: writer.rows });
}

/** Whom it names; where it names nobody, the only one who is given. */
function patientOf({ subject }: FhirResource, { set }: MessageWriter): FhirResource | undefined {
  if (subject !== undefined) return set.resolve(subject, "Patient");
  const patients = set.all.filter(({ resourceType }) => resourceType === "Patient");
  return patients.length === 1 ? patients[0] : undefined;
}

/** The visit that it names, else the only one that is given. */
function visitOf({ encounter }: FhirResource, { set }: MessageWriter): FhirResource | undefined {
  const visits = set.all.filter(({ resourceType }) => resourceType === "Encounter");
  return set.resolve(encounter, "Encounter") ?? (visits.length === 1 ? visits[0] : undefined);
}

function faultsOf(resource: FhirResource): Problem[] {
  const { resourceType, code, status } = resource;
  const faults: Problem[] = [];
  const concept = objectIn(code);
  if (listIn(concept?.coding).length === 0 && typeof concept?.text !== "string")
    faults.push(fault("code-missing", `${resourceType}.code`, "does not say what is asked for"));
  if (resourceType === "DiagnosticReport" && status === "unknown")
    faults.push(fault("report-status-unknown", "DiagnosticReport.status", "has no code in v2"));
  return faults;
}

function fault(code: string, where: string, says: string): Problem {
  return incorrect(code, `${where} ${says}, so no message can be written.`, { where });
}
