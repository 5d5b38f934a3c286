import { conflict, type Problem } from "#kernel";
import type { Operation } from "#record";
import type { DiagnosticReport, Encounter, Reference, Resource } from "#standards/fhir";
import { keepingOrigin } from "../merges/recorded-for.ts";
import { identifierKeys } from "../patients/match.ts";
import { transferred, transferTakenBack } from "../patients/places.ts";
import { unnamedIn, withKeptSpecimen } from "../results/kept-specimen.ts";
import { asOfOf, isBefore, withAsOf } from "./as-of.ts";
import { filled, revised } from "./changes.ts";
import type { WrittenResource } from "./link-message.ts";
import type { Plan, Planned, PlannedResult, PlannedRevision } from "./plan.ts";
import { isFinal, type Staleness, stalenessOf, stalenessTexts } from "./versions.ts";

/** The newest version of a resource as it was read, its id and version in it. */
export interface Recorded {
  readonly version: number;
  readonly resource: Resource;
}

/** By `Observation/7c…`. */
export type RecordedResources = ReadonlyMap<string, Recorded>;

export interface Settlement {
  readonly operations: readonly Operation[];
  readonly written: readonly WrittenResource[];
  /** `older-than-recorded`: what the record holds a later version of. */
  readonly stale: readonly Problem[];
  /** `belongs-to-another-patient`: then nothing of the message may be written. */
  readonly conflicts: readonly Problem[];
}

/**
 * What a plan comes to, given what the record holds: writes that name the version they were decided on, so that they
 * fail, to be decided anew, if another message has been quicker. Pure. What is the same already is not written.
 */
export function settle(plan: Plan, recorded: RecordedResources): Settlement {
  const staleIds = new Set<string>();
  const unnamed = unnamedIn(plan);
  const operations: Operation[] = [];
  const written: WrittenResource[] = [];
  const stale: Problem[] = [];
  const conflicts: Problem[] = [];
  for (const planned of plan) {
    const known = recorded.get(keyOf(planned));
    if (known !== undefined && isOfAnother(planned, known.resource)) {
      conflicts.push(anotherPatient(planned));
      continue;
    }
    if (known === undefined && planned.rule === "result" && planned.isOnlyIfKnown) continue;
    const decision = decide(planned, { known, staleIds });
    if (decision.staleness !== undefined) {
      staleIds.add(planned.id);
      stale.push(olderThanRecorded(planned, decision.staleness));
    }
    const settled = known && decision.body ? keepingOrigin(known.resource, decision.body) : decision.body;
    const isKept = known !== undefined && unnamed.has(keyOf(planned));
    const body = isKept && settled ? withKeptSpecimen(settled, known.resource) : settled;
    if (body === undefined || (known !== undefined && isSame(known.resource, body))) {
      if (known !== undefined && planned.resource.resourceType === "Patient")
        operations.push(unchanged(planned, known));
      continue;
    }
    operations.push(...operationsFor(planned, { body, known }));
    written.push(writtenBy(planned, known));
  }
  return { operations, written, stale, conflicts };
}

export function keyOf({ id, resource }: Pick<Planned, "id" | "resource">): string {
  return `${resource.resourceType}/${id}`;
}

interface Decision {
  readonly body?: Resource;
  readonly staleness?: Staleness;
}

interface Circumstances {
  readonly known: Recorded | undefined;
  /** Ids of results of this message that are stale. */
  readonly staleIds: ReadonlySet<string>;
}

function decide(planned: Planned, { known, staleIds }: Circumstances): Decision {
  if (known === undefined) return { body: asNew(planned) };
  switch (planned.rule) {
    case "result":
      return decideResult(planned, known.resource);
    case "companion":
      return staleIds.has(planned.of) ? {} : { body: planned.resource as Resource };
    case "fill":
      return { body: advanced(planned, known.resource) };
    case "revise":
      return decideRevision(planned, known.resource);
    case "tell":
      return isBefore(planned.asOf, asOfOf(known.resource)) ? { staleness: "sent-earlier" } : { body: asNew(planned) };
  }
}

function asNew(planned: Planned): Resource {
  const resource = planned.resource as Resource;
  const isTimed = planned.rule === "revise" || planned.rule === "tell";
  return isTimed && planned.asOf !== undefined ? withAsOf(resource, planned.asOf) : resource;
}

function decideResult(planned: PlannedResult, known: Resource): Decision {
  const recorded = known as unknown as PlannedResult["resource"];
  const staleness = stalenessOf(planned, recorded) ?? staleReport(planned, recorded);
  if (planned.resource.resourceType === "DiagnosticReport") {
    const both = withAllResults(planned.resource, recorded as DiagnosticReport);
    return staleness === undefined ? { body: both.sent } : { body: both.recorded, staleness };
  }
  if (staleness !== undefined) return { staleness };
  return { body: planned.isStatusOnly ? withStatusOf(planned, known) : (planned.resource as Resource) };
}

/** A report that was final and grows by no result is not preliminary again. */
function staleReport({ resource: sent }: PlannedResult, recorded: PlannedResult["resource"]): Staleness | undefined {
  if (sent.resourceType !== "DiagnosticReport" || recorded.resourceType !== "DiagnosticReport") return undefined;
  if (isFinal(sent) || !isFinal(recorded)) return undefined;
  const known = new Set(recorded.result?.map(({ reference }) => reference));
  return sent.result?.every(({ reference }) => known.has(reference)) ? "final-before-preliminary" : undefined;
}

/** A report keeps every result it ever had, and an older version of it may still bring one that is missing. */
function withAllResults(sent: DiagnosticReport, recorded: DiagnosticReport) {
  return {
    sent: withResults(sent, [...(sent.result ?? []), ...(recorded.result ?? [])]),
    recorded: withResults(recorded, [...(recorded.result ?? []), ...(sent.result ?? [])]),
  };
}

function withResults(report: DiagnosticReport, results: NonNullable<DiagnosticReport["result"]>): Resource {
  if (results.length === 0) return report as Resource;
  const isFirst = ({ reference }: Reference, at: number) =>
    results.findIndex((other) => other.reference === reference) === at;
  return { ...(report as Resource), result: results.filter(isFirst) };
}

function withStatusOf({ resource }: PlannedResult, known: Resource): Resource {
  const { status } = resource;
  const issued = "issued" in resource && resource.issued !== undefined ? { issued: resource.issued } : {};
  return { ...known, status, ...issued };
}

/** What is missing is added; an order that its results complete is completed. */
function advanced({ resource }: PlannedRevision, known: Resource): Resource {
  const body = filled(known, resource as Resource);
  const isCompleted = resource.resourceType === "ServiceRequest" && resource.status === "completed";
  return isCompleted && known.status === "active" ? { ...body, status: "completed" } : body;
}

function decideRevision(planned: PlannedRevision, known: Resource): Decision {
  const { resource, cleared = [], asOf, assumed = [] } = planned;
  if (isBefore(asOf, asOfOf(known))) return { staleness: "reported-earlier" };
  const changed = withPlaces(planned, known, revised(known, resource as Resource, cleared));
  const own = assumed.flatMap((name) => (name in known ? [[name, known[name]]] : []));
  const body = own.length === 0 ? changed : ({ ...changed, ...Object.fromEntries(own) } as Resource);
  if (isSame(known, body) && !planned.isTakingBack) return {};
  return { body: asOf === undefined ? body : withAsOf(body, asOf) };
}

/** A visit whose places are not just those that were sent. */
function withPlaces({ resource, places, asOf }: PlannedRevision, known: Resource, changed: Resource): Resource {
  if (places === undefined || resource.resourceType !== "Encounter") return changed;
  const recorded = known as unknown as Encounter;
  const location =
    places === "transfer" ? transferred(recorded, resource, asOf) : transferTakenBack(recorded, resource);
  return location.length === 0 ? changed : ({ ...changed, location } as Resource);
}

/** Results and orders of one patient never become another's. */
export function isOfAnother({ resource }: Planned, known: Resource): boolean {
  const [sent, recorded] = [subjectOf(resource as Resource), subjectOf(known)];
  return sent !== undefined && recorded !== undefined && sent !== recorded;
}

function subjectOf(resource: Resource): string | undefined {
  const subject = (resource.subject ?? resource.patient) as { readonly reference?: string } | undefined;
  return subject?.reference;
}

function anotherPatient(planned: Planned): Problem {
  const { resourceType } = planned.resource;
  const message = `The record holds this ${resourceType}, by its numbers, for another patient.`;
  return conflict("belongs-to-another-patient", message, { where: planned.where });
}

function olderThanRecorded(planned: Planned, staleness: Staleness): Problem {
  const { resourceType } = planned.resource;
  const message = `${resourceType} left as recorded. ${stalenessTexts[staleness]}`;
  return conflict("older-than-recorded", message, { where: planned.where });
}

/** Whether two bodies differ in more than what the record itself adds. */
function isSame(one: Resource, other: Resource): boolean {
  return contentOf(one) === contentOf(other);
}

function contentOf({ resourceType: _type, id: _id, meta, ...content }: Resource): string {
  const { versionId: _version, lastUpdated: _updated, ...rest } = (meta ?? {}) as Record<string, unknown>;
  return JSON.stringify([rest, content]);
}

/**
 * The patient must still be as they were when all of this was decided: one who was merged into another meanwhile is no
 * longer whom the message is about. Makes no new version.
 */
function unchanged({ id }: Planned, { version, resource }: Recorded): Operation {
  return { action: "update", kind: "Patient", id, body: resource, ifMatch: version };
}

interface Writing {
  readonly body: Resource;
  readonly known: Recorded | undefined;
}

/** The write, and for each number that it adds a claim on it. */
function operationsFor(planned: Planned, { body, known }: Writing): readonly Operation[] {
  const { id, resource } = planned;
  const kind = resource.resourceType;
  const uniqueBy = "uniqueBy" in planned ? (planned.uniqueBy ?? []) : [];
  const [had, has] = [identifierKeys(known?.resource), identifierKeys(body)];
  const added = uniqueBy.filter((key) => has.has(key) && !had.has(key));
  return [
    { action: "update", kind, id, body, ifMatch: known?.version ?? 0 },
    ...added.map((key): Operation => claim({ kind, id, body, key })),
  ];
}

interface Claim {
  readonly kind: string;
  readonly id: string;
  readonly body: Resource;
  readonly key: string;
}

/**
 * A create that comes after the write and must find just what was written: nothing is created. With another document of
 * the same number, which a message of the same moment brought, it finds two, and all of the transaction fails.
 */
function claim({ kind, id, body, key }: Claim): Operation {
  return { action: "create", kind, id, body, ifNoneExist: { keys: [key], onMatch: "use" } };
}

function writtenBy({ id, resource }: Planned, known: Recorded | undefined): WrittenResource {
  const kind = resource.resourceType;
  return known === undefined
    ? { kind, id, version: 1, effect: "created" }
    : { kind, id, version: known.version + 1, effect: "updated" };
}
