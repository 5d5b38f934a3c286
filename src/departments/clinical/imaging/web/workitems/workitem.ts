import { createHash } from "node:crypto";
import { type Instant, isJsonObject, type Json, type JsonObject } from "#kernel";
import { parseBody, type Version } from "#record";
import { isWorkitemState, type WorkitemState } from "#standards/dicomweb";
import type { Task } from "#standards/fhir";

/**
 * A Unified Procedure Step. In the record it is a Task of the same id as its UID, so that the ward sees it and every change stays;
 * its attributes stand in an input. Source: PS3.4 Annex CC.
 */
export interface Workitem {
  readonly uid: string;
  readonly state: WorkitemState;
  /** Digest of the transaction that holds it: the UID itself is a secret of whoever took it. */
  readonly heldBy: string | undefined;
  /** A DICOM JSON object. */
  readonly attributes: JsonObject;
}

/** The Tasks that are work items. Source: PS3.6 Table A-1 (Unified Procedure Step - Push). */
export const workitemCode = { system: "urn:ietf:rfc:3986", code: "urn:oid:1.2.840.10008.5.1.4.34.6.1" } as const;

const attributesName = "DICOM attributes";
const holderName = "Transaction";

const statuses = {
  SCHEDULED: "requested",
  "IN PROGRESS": "in-progress",
  COMPLETED: "completed",
  CANCELED: "cancelled",
} as const satisfies Readonly<Record<WorkitemState, Task["status"]>>;

export function digestOf(transaction: string | undefined): string | undefined {
  return transaction === undefined ? undefined : createHash("sha256").update(transaction).digest("hex");
}

export function taskOf({ uid, state, heldBy, attributes }: Workitem, at: Instant): JsonObject {
  const told = { ...attributes, "00741000": { vr: "CS", Value: [state] } };
  const holder = heldBy === undefined ? [] : [{ type: { text: holderName }, valueString: heldBy }];
  const label = firstText(attributes, "00741204");
  const patient = firstText(attributes, "00100020");
  return {
    resourceType: "Task",
    identifier: [{ system: "urn:dicom:uid", value: `urn:oid:${uid}` }],
    status: statuses[state],
    intent: "order",
    code: { coding: [{ ...workitemCode, display: "Unified Procedure Step" }] },
    ...(label === undefined ? {} : { description: label }),
    ...(patient === undefined ? {} : { for: { identifier: { value: patient } } }),
    lastModified: new Date(at).toISOString(),
    input: [{ type: { text: attributesName }, valueString: JSON.stringify(told) }, ...holder],
  };
}

/** Undefined for a Task that is none. */
export function workitemOf(version: Version): Workitem | undefined {
  const { input = [] } = parseBody<Task>(version);
  const named = (name: string) => input.find(({ type }) => type.text === name)?.valueString;
  const attributes = parsed(named(attributesName));
  const state = attributes === undefined ? undefined : firstText(attributes, "00741000");
  if (attributes === undefined || !isWorkitemState(state)) return undefined;
  return { uid: version.id, state, heldBy: named(holderName), attributes };
}

function parsed(text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined;
  const json = JSON.parse(text) as Json;
  return isJsonObject(json) ? json : undefined;
}

/** The first value of an attribute; of a name, its alphabetic group. */
export function firstText(object: JsonObject, key: string): string | undefined {
  const attribute = object[key] ?? null;
  const values = isJsonObject(attribute) && Array.isArray(attribute.Value) ? attribute.Value : [];
  const [value = null] = values as readonly Json[];
  if (isJsonObject(value)) return typeof value.Alphabetic === "string" ? value.Alphabetic : undefined;
  return value === null || value === "" ? undefined : String(value);
}
