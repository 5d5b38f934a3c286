import { type Act, auditEntry } from "#audit";
import { type Clock, conflict, failed, type Ids, instant, notFound, ok, type Result, toIso } from "#kernel";
import type { AuditEntry, Create, HealthRecord } from "#record";
import type { Actor } from "../actor.ts";
import { bodyOf, storedBy } from "../identity/document-schema.ts";
import { agentOf } from "../narrow/witness.ts";
import { labelled, sealedLabels } from "../visibility/labels.ts";
import { type Relationship, relationshipSchema, type StoredRelationship } from "./relationship.ts";
import type { BreakGlassBody, ClaimBody } from "./relationship-api.ts";

export interface RelationshipNeeds {
  /** The whole record: whether there is such a patient. */
  readonly record: HealthRecord;
  /** The record narrowed to the actor, with relationships opened to them. */
  readonly relationshipsFor: (actor: Actor) => HealthRecord;
  readonly clock: Clock;
  readonly ids: Ids;
}

const hourMs = 3_600_000;
const claimHours = 24;
const glassHours = 4;

/** What a claim, and what a broken glass weighs in the queue of the privacy officer. */
const weights = { claimed: 1, "break-glass": 3 } as const;

/**
 * Somebody says that they care for a patient. Problems: not-found `patient-unknown`; conflict `record-sealed`, for a record
 * that only breaking the glass opens.
 */
export async function claimRelationship(
  needs: RelationshipNeeds,
  { patient, reason, hours = claimHours }: ClaimBody,
  actor: Actor,
): Promise<Result<StoredRelationship>> {
  const known = await knownPatient(needs, patient);
  if (!known.ok) return known;
  if (known.value.isSealed) return failed(sealed);
  return openFor(needs, { basis: "claimed", patient, reason, hours }, actor);
}

/** Opens all of one patient's record, for a time. It is in the log and in the queue before it opens anything. */
export async function breakGlass(
  needs: RelationshipNeeds,
  { patient, reason, hours = glassHours }: BreakGlassBody,
  actor: Actor,
): Promise<Result<StoredRelationship>> {
  const known = await knownPatient(needs, patient);
  return known.ok ? openFor(needs, { basis: "break-glass", patient, reason, hours }, actor) : known;
}

const sealed = conflict("record-sealed", "This record is sealed: it opens only by breaking the glass.");

async function knownPatient(
  { record }: RelationshipNeeds,
  id: string,
): Promise<Result<{ readonly isSealed: boolean }>> {
  const query = { kind: "Patient", sort: { by: "updated", descending: true }, limit: 1 } as const;
  const byId = { is: "id", any: [id] } as const;
  const [known, shut] = await Promise.all([
    record.search({ ...query, all: [byId] }),
    record.search({ ...query, all: [byId, labelled("Patient", sealedLabels)] }),
  ]);
  if (!known.ok) return known;
  if (!shut.ok) return shut;
  if (known.value.versions.length === 0) return failed(notFound("patient-unknown", "There is no such patient."));
  return ok({ isSealed: shut.value.versions.length > 0 });
}

interface Opening extends Pick<Relationship, "patient" | "reason"> {
  readonly basis: keyof typeof weights;
  readonly hours: number;
}

async function openFor(
  { relationshipsFor, clock, ids }: RelationshipNeeds,
  { basis, patient, reason, hours }: Opening,
  actor: Actor,
): Promise<Result<StoredRelationship>> {
  const now = clock.now();
  const body: Relationship = {
    basis,
    actor: actor.reference,
    actorName: actor.display,
    patient: `Patient/${patient}`,
    reason,
    from: toIso(now),
    until: toIso(instant(now + hours * hourMs)),
    review: { state: "open", weight: weights[basis] },
  };
  const id = ids.next();
  const create: Create = { action: "create", kind: "Relationship", id, body: bodyOf(body) };
  const audit = basis === "break-glass" ? [glassEntry(now, actor, { ...body, id })] : [];
  const written = await relationshipsFor(actor).transact({ operations: [create], audit });
  if (!written.ok) return written;
  const [outcome] = written.value;
  return outcome === undefined ? failed(sealed) : ok(storedBy(relationshipSchema, outcome.version));
}

function glassEntry(
  at: Act["at"],
  actor: Actor,
  { id, patient, reason }: Relationship & { readonly id: string },
): AuditEntry {
  return auditEntry({
    at,
    act: "break-glass",
    agent: { ...agentOf(actor), purpose: "BTG" },
    outcome: 0,
    patients: [patient],
    entities: [`Relationship/${id}`],
    query: `reason=${reason.code}`,
    reason: reason.text,
  });
}
