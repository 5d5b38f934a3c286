import { isResourceType, shapeOf } from "#standards/fhir";
import type { DraftResource } from "#standards/v2-to-fhir";
import { deterministicId } from "../deterministic-id.ts";
import type { PlannedTold } from "../plan.ts";
import { rowsOfSegments } from "../rows/index.ts";
import { type Copying, copied } from "./copying.ts";
import { makeSound } from "./soundness.ts";
import { type JsonObject, supporting } from "./sources.ts";

/** What stands for the exchange of messages, or is made elsewhere. */
const neverMade = new Set(["Bundle", "MessageHeader", "Provenance", "Patient", "Basic", "Parameters"]);

/** What typed mappings make, or have decided not to. */
const typedTypes = new Set([
  ...[
    "Encounter",
    "ServiceRequest",
    "Observation",
    "DiagnosticReport",
    "DocumentReference",
    "Specimen",
    "Binary",
    "Task",
  ],
]);

export interface Making {
  /** `Patient/7c…`: whom they are about. */
  readonly subject: string;
  /** When it was sent: a FHIR instant. */
  readonly asOf: string | undefined;
  /** `all`: there is no typed mapping of the message; `none`: what is there is filled alone. */
  readonly makes: "none" | "missing" | "all";
  /** A diagnosis is the reason of an order. */
  readonly isOrder: boolean;
  /** The appointment is there, and all that its segments say belongs to it. */
  readonly isBooking?: boolean;
}

/** Whether rows make a resource of their own of a draft. */
export function isMade({ type, segments }: DraftResource, { makes, isOrder, isBooking }: Making): boolean {
  if (isBooking && (type === "Appointment" || type === "ServiceRequest")) return false;
  if (neverMade.has(type) || supporting.has(type) || !isResourceType(type)) return false;
  if (makes !== "missing") return makes === "all";
  const names = [...segments].map((where) => where.slice(0, 3));
  if (typedTypes.has(type)) return false;
  if (type === "AllergyIntolerance") return names.every((name) => rowsOfSegments[name] === undefined);
  return !(isOrder && names.includes("DG1"));
}

/**
 * The id of what rows make: of its first number, for this patient, and otherwise of all that it says, so that what is told
 * again is the same. `taken` are those of the message before it, which are others.
 */
export function madeId({ type, json }: DraftResource, { subject }: Making, taken: ReadonlySet<string>): string {
  const [first] = (Array.isArray(json.identifier) ? json.identifier : []) as readonly JsonObject[];
  const content = JSON.stringify(json, (key, value) => (key === "id" || key === "reference" ? undefined : value));
  const { system, value } = first ?? {};
  const byNumber = value === undefined ? content : `${String(system)}|${String(value)}`;
  const id = deterministicId(type, subject, byNumber);
  return taken.has(`${type}/${id}`) ? deterministicId(type, subject, byNumber, content) : id;
}

export interface Draughted {
  readonly draft: DraftResource;
  readonly id: string;
  readonly where: string;
}

/** Undefined where nothing is left that R4 has room for. */
export function made({ draft, id, where }: Draughted, making: Making, copying: Copying): PlannedTold | undefined {
  const resource = contentOf(draft, copying);
  tellSubject(resource, making.subject);
  if (!makeSound(resource)) return undefined;
  return {
    rule: "tell",
    id,
    where,
    resource: resource as PlannedTold["resource"],
    asOf: Array.isArray(resource.identifier) ? making.asOf : undefined,
  };
}

function contentOf({ type, json }: DraftResource, copying: Copying): JsonObject {
  const contained: JsonObject[] = [];
  const resource: JsonObject = { resourceType: type };
  for (const key of Object.keys(json)) {
    if (key === "id" || key === "resourceType") continue;
    const value = copied(json[key] ?? null, { ...copying, contained });
    if (value === undefined || value === null) continue;
    resource[key] = value;
    copying.copies.note(json, resource, key);
  }
  if (contained.length > 0) resource.contained = contained;
  return resource;
}

/** Rows do not always say whom it is about. */
function tellSubject(resource: JsonObject, reference: string): void {
  for (const key of ["subject", "patient", "beneficiary"]) {
    const element = shapeOf(String(resource.resourceType))?.elements.find(({ name }) => name === key);
    if (element === undefined || element.choice) continue;
    resource[key] = element.max > 1 ? [{ reference }] : { reference };
    return;
  }
}
