import { type Json, type JsonObject, toIso } from "#kernel";
import type { Reference } from "#standards/fhir";
import { deterministicId } from "../messages/deterministic-id.ts";
import type { LedgerEntry } from "../messages/ledger.ts";
import type { Plan, Planned } from "../messages/plan.ts";
import { bookOf } from "./books.ts";
import type { EntryAt, FhirBundle, FhirEntry } from "./fhir-bundle.ts";
import { identities, targetsOf } from "./identity.ts";
import { type MappedPatient, patientOf } from "./patient.ts";
import { ruleOf } from "./places.ts";
import { byName, withReferences } from "./references.ts";
import type { Scope } from "./scope.ts";

/** The name of this mapping in the record; its number rises when the same message would give other resources. */
export const fhirMapping = "fhir-message/1";

export interface FhirSource {
  readonly message: FhirBundle;
  readonly entryAt: EntryAt;
  readonly sender: string;
  readonly subject: Reference;
}

/** What a FHIR message says, as other messages say it. */
export interface FhirReport extends MappedPatient {
  /** Bundle.timestamp as an instant. */
  readonly sentAt: string | undefined;
  readonly plan: Plan;
  /** Every value of the message. */
  ledger(): readonly LedgerEntry[];
}

/**
 * The resources of a FHIR message about a patient of the record. Results are versions of themselves, by their status and
 * times; orders and visits are only added to, unless they are what the message is about (`MessageHeader.focus`).
 */
export function fromFhir({ message, entryAt, sender, subject }: FhirSource): FhirReport {
  const { entries, header } = message;
  const identityOf = identities(entries, { entryAt, controlId: header.resource.id });
  const reference = subject.reference ?? "";
  const idOf = (entry: FhirEntry): string => {
    const isResult = ruleOf.get(entry.type) === "result";
    return deterministicId(entry.type, sender, isResult ? "" : reference, ...identityOf(entry));
  };
  const placeOf = (entry: FhirEntry) => {
    if (entry.type === "Patient") return reference;
    return ruleOf.has(entry.type) ? `${entry.type}/${idOf(entry)}` : undefined;
  };
  const scope: Scope = { sender, entryAt, placeOf };
  const sentAt = instantOf(message.bundle.timestamp);
  const mapping: Mapping = { message, scope, idOf, sentAt, focus: new Set(targetsOf(header, entryAt)) };
  const patient = entries.find(({ type }) => type === "Patient");
  const plan = entries.flatMap((entry) => planned(entry, mapping) ?? []);
  return {
    ...patientOf(patient, { sender, entryAt }),
    sentAt,
    plan: plan.sort((one, other) => orderOf(one) - orderOf(other)),
    ledger: () => bookOf(message, { entryAt, focus: mapping.focus }),
  };
}

interface Mapping {
  readonly message: FhirBundle;
  readonly scope: Scope;
  readonly sentAt: string | undefined;
  /** What the message is about. */
  readonly focus: ReadonlySet<FhirEntry>;
  idOf(entry: FhirEntry): string;
}

/** Results before what comes and goes with them. */
function orderOf({ rule, resource }: Planned): number {
  return rule === "result" ? Number(resource.resourceType !== "DiagnosticReport") : 2;
}

function planned(entry: FhirEntry, mapping: Mapping): Planned | undefined {
  const { scope, sentAt, focus, message, idOf } = mapping;
  const { type, where } = entry;
  const place = { id: ruleOf.has(type) ? idOf(entry) : "", where };
  const rule = ruleOf.get(type);
  switch (rule) {
    case "result":
      return { ...place, rule, ...versioned(entry, mapping) } as Planned;
    case "companion":
      return {
        ...place,
        rule,
        resource: withReferences(entry, scope),
        of: ownerId(entry, mapping),
      } as unknown as Planned;
    case "tell":
      return { ...place, rule, resource: withReferences(entry, scope), asOf: sentAt } as unknown as Planned;
    case "fill":
    case "revise": {
      const resource = byName(entry.resource, entry, scope);
      const isTheMatter = focus.has(entry) || isOrderAlone(entry, message);
      return (isTheMatter
        ? { ...place, rule: "revise", resource, asOf: sentAt }
        : { ...place, rule, resource }) as unknown as Planned;
    }
    default:
      return undefined;
  }
}

/** An order that comes without results is what its message is about. */
function isOrderAlone({ type }: FhirEntry, { entries }: FhirBundle): boolean {
  return type === "ServiceRequest" && !entries.some((each) => ruleOf.get(each.type) === "result");
}

/** When it was reported: by itself, by its report, else when it was sent. */
function versioned(entry: FhirEntry, { message, scope, sentAt }: Mapping) {
  const resource = withReferences(entry, scope);
  const name = entry.type === "DocumentReference" ? "date" : "issued";
  const stated = resource[name] ?? reportOf(entry, { message, scope })?.resource.issued;
  const at: Json | undefined = stated ?? sentAt;
  const isReportTimeStated = stated !== undefined;
  return { isReportTimeStated, resource: (at === undefined ? resource : { ...resource, [name]: at }) as JsonObject };
}

function reportOf(entry: FhirEntry, { message, scope }: Pick<Mapping, "message" | "scope">): FhirEntry | undefined {
  const reports = message.entries.filter(({ type }) => type === "DiagnosticReport");
  return reports.find((report) => targetsOf(report, scope.entryAt).includes(entry));
}

/** A specimen, or a document's content, goes with the first result that names it. */
function ownerId(entry: FhirEntry, { message, scope, idOf }: Mapping): string {
  const results = message.entries.filter(({ type }) => ruleOf.get(type) === "result");
  const owner = results.find((result) => targetsOf(result, scope.entryAt).includes(entry));
  return owner === undefined ? "" : idOf(owner);
}

/** In the record's form; undefined where it is none. */
function instantOf(timestamp: Json | undefined): string | undefined {
  const ms = typeof timestamp === "string" ? Date.parse(timestamp) : Number.NaN;
  return Number.isNaN(ms) ? undefined : toIso(ms as Parameters<typeof toIso>[0]);
}
