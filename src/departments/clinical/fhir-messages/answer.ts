import { isJsonObject, type JsonObject, type Problem } from "#kernel";
import { operationOutcome } from "#standards/fhir";
import type { ForeignAnswer } from "../messages/formats/foreign-message.ts";
import { uuidOf } from "../outputs/document-address.ts";
import type { FhirEntry } from "./fhir-bundle.ts";

/**
 * The message that answers one: `ok`; `transient-error` where sending it again may help; `fatal-error` where it was refused,
 * or is held for people to decide, with an OperationOutcome that says why. Source: FHIR R4 §2.4.4 (response codes).
 */
export function fhirAnswer({ resource: header }: Pick<FhirEntry, "resource">, given: ForeignAnswer): string {
  const { problems, controlId, sentAt, isHeld } = given;
  const outcomeId = uuidOf(controlId, "outcome");
  const [destination] = Array.isArray(header.destination) ? header.destination.filter(isJsonObject) : [];
  const source = isJsonObject(header.source) ? header.source : {};
  const details = { reference: `urn:uuid:${outcomeId}` };
  const isSaid = problems.length > 0;
  const answering: JsonObject = {
    resourceType: "MessageHeader",
    id: controlId,
    ...(header.eventCoding === undefined ? { eventUri: header.eventUri ?? "" } : { eventCoding: header.eventCoding }),
    ...(typeof source.endpoint === "string" ? { destination: [{ endpoint: source.endpoint }] } : {}),
    source: { name: "Corridor", endpoint: destination?.endpoint ?? "urn:corridor" },
    response: { identifier: header.id ?? "", code: codeOf(given), ...(isSaid ? { details } : {}) },
  };
  const outcome = { ...outcomeOf(problems, isHeld), id: outcomeId } as unknown as JsonObject;
  const entry = [
    { fullUrl: `urn:uuid:${controlId}`, resource: answering },
    ...(isSaid ? [{ fullUrl: `urn:uuid:${outcomeId}`, resource: outcome }] : []),
  ];
  const id = uuidOf(controlId, "bundle");
  return JSON.stringify({ resourceType: "Bundle", id, type: "message", timestamp: sentAt, entry });
}

/** To what is no message, and so cannot be answered by one. */
export function fhirRefusal({ problems }: ForeignAnswer): string {
  return JSON.stringify(operationOutcome(problems));
}

/** One that is held is kept: it need not be sent again, and a correction is another message. */
function codeOf({ problems, isHeld }: ForeignAnswer): "ok" | "transient-error" | "fatal-error" {
  if (problems.length === 0) return "ok";
  const isPassing = problems.every(({ category }) => category === "unavailable" || category === "busy");
  return isPassing && !isHeld ? "transient-error" : "fatal-error";
}

function outcomeOf(problems: readonly Problem[], isHeld: boolean) {
  const outcome = operationOutcome(problems);
  if (!isHeld) return outcome;
  const diagnostics = "The message is kept and held: people decide on it, and it need not be sent again.";
  return { ...outcome, issue: [...outcome.issue, { severity: "information", code: "informational", diagnostics }] };
}
