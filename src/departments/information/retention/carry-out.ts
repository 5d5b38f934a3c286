import type { Context } from "#access";
import { conflict, failed, limits, ok, type Result, toIso } from "#kernel";
import { type Key, type Operation, parseBody, type Version } from "#record";
import { type Certificate, decisionOf } from "./disposal.ts";
import { type KnownDisposal, writeDisposal } from "./disposal-store.ts";
import type { Erasing } from "./erasing.ts";
import { type Gathered, gatherErased, isAboutNobodyElse } from "./gather-erased.ts";
import { holdBack } from "./hold-back.ts";
import type { DisposalView } from "./retention-view.ts";
import { stopOf } from "./what-stops.ts";

export interface CarryingOut {
  /** May find and delete all that is held, under the name of the second person. */
  readonly context: Context;
  readonly erasing: Erasing;
  readonly signal: AbortSignal;
}

/** So often something new may be found while the rest is taken away: then somebody is still writing about the patient. */
const roundsMax = 20;

/**
 * Takes away what is held about the patient of an agreed disposal. What is to go is written down first, then deleted as ever,
 * so that nobody finds it, then erased. Cut short anywhere, it begins again and ends the same.
 * Problems: conflict `on-hold`, `record-restricted`, `record-in-use`, `stopping`; those of the record and of erasing.
 */
export async function carryOut(work: CarryingOut, known: KnownDisposal): Promise<Result<DisposalView>> {
  const { context, erasing } = work;
  const { patient } = known.disposal;
  const begun = await beginAgain(work, known);
  if (!begun.ok) return begun;
  const deleted = await deleteAll(work, begun.value);
  if (!deleted.ok) return deleted;
  const erased = await erasing.carryOut(decisionOf(known.id), () => isToGoOn(work, patient));
  if (!erased.ok) return erased;
  const { versions, blobs, blobsKept, studies, images, kinds } = erased.value;
  const at = toIso(context.clock.now());
  const { shared, disposal } = deleted.value;
  const certificate: Certificate = {
    number: `DC-${at.slice(0, 10)}-${known.id.slice(-8)}`,
    at,
    deleted: kinds,
    versions,
    blobs: blobs.done,
    blobsKept,
    studies: studies.total,
    images,
    ...(Object.keys(shared).length === 0 ? {} : { kept: shared }),
  };
  return writeDisposal(context, { ...disposal, disposal: { ...disposal.disposal, state: "done", certificate } });
}

/** Asked before each step, so that a hold that is set while the record goes stops what is left. */
function isToGoOn({ context, signal }: CarryingOut, patient: string): Promise<Result<void>> {
  return signal.aborted ? Promise.resolve(failed(stopping)) : stopOf(context, patient);
}

/** What stopped it before is over: nobody is to read that it stands while it goes. */
async function beginAgain(work: CarryingOut, known: KnownDisposal): Promise<Result<KnownDisposal>> {
  const on = await isToGoOn(work, known.disposal.patient);
  if (!on.ok) return on;
  const { stopped, ...disposal } = known.disposal;
  if (stopped === undefined) return ok(known);
  const written = await writeDisposal(work.context, { ...known, disposal });
  return written.ok ? ok({ ...known, version: known.version + 1, disposal }) : written;
}

interface Deleted {
  readonly shared: Gathered["shared"];
  readonly disposal: KnownDisposal;
}

/** Round by round, as long as there is something; then the patient, by whom all else was found. */
async function deleteAll(work: CarryingOut, known: KnownDisposal): Promise<Result<Deleted>> {
  const { context } = work;
  let disposal = known;
  for (let round = 0; round < roundsMax; round += 1) {
    const on = await isToGoOn(work, known.disposal.patient);
    if (!on.ok) return on;
    const gathered = await gatherErased(context.record, known.disposal.patient);
    if (!gathered.ok) return gathered;
    const { documents, shared, patients } = gathered.value;
    if (documents.length === 0) {
      const gone = await deletePatients(work, disposal, patients);
      return gone.ok ? ok({ shared, disposal }) : gone;
    }
    const planned = await planAll(work, disposal, gathered.value);
    if (!planned.ok) return planned;
    const held = await holdBack(context, { documents, known: disposal });
    if (!held.ok) return held;
    disposal = held.value;
    const gone = await deleteKeys(work, disposal, planned.value);
    if (!gone.ok) return gone;
  }
  return failed(inUse);
}

/** Before anything is deleted: what is deleted is found by nobody, and must be known. */
async function planAll(
  { context, erasing }: CarryingOut,
  { id }: KnownDisposal,
  { documents, patients }: Gathered,
): Promise<Result<readonly Key[]>> {
  const messages = documents.filter(({ kind }) => kind === "LinkMessage").map(messageOf);
  const words = await erasing.forgetWords(context.record, messages);
  if (!words.ok) return words;
  const filed = documents.filter(({ kind }) => kind === "ImagingStudy").map((version) => version.id);
  const studies = await erasing.studiesOf({ patients, documents: filed });
  if (!studies.ok) return studies;
  const keys = [...documents, ...words.value].map(({ kind, id: of }): Key => ({ kind, id: of }));
  const plan = { decision: decisionOf(id), at: context.clock.now(), documents: keys, studies: studies.value };
  const planned = await erasing.plan(plan);
  return planned.ok ? ok(keys) : planned;
}

function messageOf(version: Version) {
  return { id: version.id, arrivedAt: parseBody<{ readonly arrivedAt: string }>(version).arrivedAt };
}

/** With what was deleted before, which no search finds. */
async function deletePatients(
  work: CarryingOut,
  known: KnownDisposal,
  patients: readonly string[],
): Promise<Result<void>> {
  const { context, erasing } = work;
  const { id } = known;
  if (patients.length === 0) return ok(undefined);
  const before: Key[] = [];
  for (const patient of patients) {
    const found = await erasing.deletedNaming(patient);
    if (!found.ok) return found;
    for (const key of found.value) {
      if (!isHeld(key)) continue;
      const isOwn = await isAboutNobodyElse(context.record, key, patients);
      if (!isOwn.ok) return isOwn;
      if (isOwn.value) before.push(key);
    }
  }
  const keys = patients.map((patient): Key => ({ kind: "Patient", id: patient.slice("Patient/".length) }));
  const studies = await erasing.studiesOf({ patients, documents: [] });
  if (!studies.ok) return studies;
  const documents = [...keys, ...before];
  const planned = await erasing.plan({
    decision: decisionOf(id),
    at: context.clock.now(),
    documents,
    studies: studies.value,
  });
  return planned.ok ? deleteKeys(work, known, keys) : planned;
}

/** Not what information governance keeps of its own work, which has times of its own. */
function isHeld({ kind }: Key): boolean {
  return !["GovernanceItem", "Disposal", "AuditFinding", "Relationship", "User", "Session"].includes(kind);
}

async function deleteKeys(work: CarryingOut, { disposal }: KnownDisposal, keys: readonly Key[]): Promise<Result<void>> {
  const { context } = work;
  for (let start = 0; start < keys.length; start += limits.erasureDocumentsAtOnce) {
    const on = await isToGoOn(work, disposal.patient);
    if (!on.ok) return on;
    const operations = keys
      .slice(start, start + limits.erasureDocumentsAtOnce)
      .map(({ kind, id }): Operation => ({ action: "delete", kind, id }));
    const gone = await context.record.transact({ operations });
    if (!gone.ok) return gone;
  }
  return ok(undefined);
}

const stopping = conflict("stopping", "Corridor is stopping; it goes on with the next start.");
const inUse = conflict("record-in-use", "New documents about the patient keep coming: look who still writes them.");
