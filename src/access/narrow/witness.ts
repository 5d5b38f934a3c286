import { type Act, type ActOutcome, type Agent, auditEntry, type OwnBody } from "#audit";
import { failed, forbidden, limits, ok, type Problem, type Result } from "#kernel";
import type { AuditEntry, HealthRecord, Kind, Version } from "#record";
import type { Actor } from "../actor.ts";
import type { RecordAction } from "../policies/index.ts";
import type { View } from "./view.ts";

/** What was done, without who and when: those the view knows. */
export type Deed = Pick<OwnBody, "act"> & Partial<Pick<Act, "patients" | "entities" | "query" | "reason">>;

/** How a version is named in the log: `Observation/1/_history/2`. */
export function versionText(version: Version): string {
  return `${version.kind}/${version.id}/_history/${version.version}`;
}

export function agentOf(actor: Actor): Agent {
  return {
    reference: actor.reference,
    display: actor.display,
    roles: actor.roles,
    purpose: actor.purpose,
    via: actor.via,
    ...(actor.remoteAddress === undefined ? {} : { address: actor.remoteAddress }),
  };
}

export interface ActEnd {
  readonly outcome: ActOutcome;
  readonly problem?: string;
}

export function endOf(result: Result<unknown>): ActEnd {
  return result.ok ? { outcome: 0 } : endWith(result.problems[0]);
}

export function endWith({ category, code }: Problem): ActEnd {
  const isOurs = category === "fault" || category === "unavailable" || category === "busy";
  return { outcome: isOurs ? 8 : 4, problem: code };
}

/** What concerns a patient for whom the actor broke the glass was done for that. Source: HL7 v3 PurposeOfUse BTG. */
export function entryOf(view: View, deed: Deed, end: ActEnd, opened?: ReadonlySet<string>) {
  const { act, patients = [], entities = [], query, reason } = deed;
  return auditEntry({
    at: view.clock.now(),
    act,
    agent: patients.some((patient) => opened?.has(patient)) ? { ...view.agent, purpose: "BTG" } : view.agent,
    ...end,
    patients,
    entities,
    ...(query === undefined ? {} : { query }),
    ...(reason === undefined ? {} : { reason }),
  });
}

/** Durable when it resolves, unless the view holds its entries; shares its commit with whatever else waits. */
export async function note(view: View, deed: Deed, end: ActEnd): Promise<Result<unknown>> {
  const opened = (deed.patients ?? []).length === 0 ? undefined : await view.opened?.(view.actor);
  const entry = entryOf(view, deed, end, opened);
  if (view.held === undefined) return view.record.transact({ operations: [], audit: [entry] });
  view.held.push(entry);
  return view.held.length < limits.auditHeldMax ? ok(undefined) : witnessHeld(view.record, view.held);
}

/** Makes durable what a view still holds. Nothing may be answered before it. */
export async function witnessHeld(record: HealthRecord, held: AuditEntry[]): Promise<Result<unknown>> {
  if (held.length === 0) return ok(undefined);
  const audit = held.splice(0);
  const noted = await record.transact({ operations: [], audit });
  if (!noted.ok) held.unshift(...audit);
  return noted;
}

/** The result, once the log durably says that it was asked for; the log's own problem where it cannot be written. */
export async function witnessed<T>(view: View, deed: Deed, result: Result<T>): Promise<Result<T>> {
  const noted = await note(view, deed, endOf(result));
  return noted.ok ? result : noted;
}

/** A refusal is witnessed like everything else. Problems: forbidden, code `kind-forbidden`. */
export function refused(view: View, deed: Deed, kind: Kind, action: RecordAction): Promise<Result<never>> {
  return witnessed(view, deed, failed(kindForbidden(kind, action)));
}

const verbs: Readonly<Record<RecordAction, string>> = {
  read: "reading",
  search: "searching",
  history: "listing the history of",
  create: "creating",
  update: "changing",
  delete: "deleting",
};

export function kindForbidden(kind: Kind, action: RecordAction): Problem {
  return forbidden("kind-forbidden", `Your roles do not allow ${verbs[action]} ${kind} documents.`);
}
