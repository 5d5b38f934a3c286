import { conflict, failed, incorrect, ok, type Result } from "#kernel";
import type { BundleEntry, Reference, Resource } from "#standards/fhir";
import { addressOf, recordReference, uuidOf } from "./document-address.ts";
import { withDocumentReferences } from "./document-references.ts";
import type { PathologyReport } from "./uk-pathology-document.ts";

/** The parts of a report under addresses of their own, for a Bundle. */
export interface AddressedReport {
  /** What the addresses follow from. */
  readonly edition: readonly string[];
  /** `DiagnosticReport/7c…` to `urn:uuid:…`. */
  readonly addresses: ReadonlyMap<string, string>;
  /** The reports first. */
  readonly entries: readonly BundleEntry[];
}

/**
 * Reports and what they speak of under addresses (`urn:uuid:…`) that are the same whenever the same versions are sent in the
 * same form. Problems: incorrect `subject-differs`, `id-missing`; conflict `result-missing`: half a report is not sent.
 */
export function addressedReport(parts: PathologyReport, form: string): Result<AddressedReport> {
  const { reports, patient } = parts;
  const resources: readonly Resource[] = [
    ...reports,
    patient,
    ...parts.orders,
    ...parts.specimens,
    ...parts.observations,
  ].map((resource) => resource as unknown as Resource);
  const checked = check(parts, resources);
  if (!checked.ok) return checked;
  const versions = reports.flatMap((report) => [recordReference(report) ?? "", report.meta?.versionId ?? ""]);
  const edition = [form, ...versions];
  const uuids = new Map(
    resources.map((resource) => [recordReference(resource) ?? "", uuidOf(...edition, recordReference(resource) ?? "")]),
  );
  const addresses = new Map([...uuids].map(([reference, uuid]) => [reference, addressOf(uuid)]));
  const entries = resources.map((resource) => {
    const uuid = uuids.get(recordReference(resource) ?? "") ?? "";
    return entryOf({ uuid, resource: withDocumentReferences(resource, addresses) });
  });
  return ok({ edition, addresses, entries });
}

/** The record's own versions and labels stay behind: they mean nothing elsewhere. */
export function entryOf({ uuid, resource }: { readonly uuid: string; readonly resource: Resource }): BundleEntry {
  const { meta: _, ...content } = resource;
  return { fullUrl: addressOf(uuid), resource: { ...content, resourceType: resource.resourceType, id: uuid } };
}

function check({ reports, patient, observations }: PathologyReport, resources: readonly Resource[]): Result<undefined> {
  const nameless = resources.find((resource) => recordReference(resource) === undefined);
  if (nameless !== undefined) {
    return failed(incorrect("id-missing", "A part of the document has no id.", { where: nameless.resourceType }));
  }
  const subject = recordReference(patient);
  const stranger = resources.find(
    (resource) =>
      resource.resourceType !== "Patient" && (resource.subject as Reference | undefined)?.reference !== subject,
  );
  if (stranger !== undefined) {
    const message = "A part of the document is about another patient.";
    return failed(incorrect("subject-differs", message, { where: `${stranger.resourceType}.subject` }));
  }
  const given = new Set(observations.map(recordReference));
  const named = [
    ...reports.flatMap(({ result }) => result ?? []),
    ...observations.flatMap(({ hasMember }) => hasMember ?? []),
  ];
  if (named.every(({ reference }) => reference === undefined || given.has(reference))) return ok(undefined);
  const message = "A result that the report names is not at hand; the document would not be whole.";
  return failed(conflict("result-missing", message, { where: "DiagnosticReport.result" }));
}
