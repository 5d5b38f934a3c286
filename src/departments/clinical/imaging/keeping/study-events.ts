import type { Context } from "#access";
import { limits, ok, type Result, toIso } from "#kernel";
import { type HealthRecord, parseBody } from "#record";
import type { Patient, Provenance } from "#standards/fhir";
import type { StudyEventView } from "../../api/image-keeping.ts";
import { DicomValues } from "../studies/dicom-values.ts";
import { imagingStudyId } from "../studies/file-study.ts";
import { patientDisplay } from "./fetch-waiting.ts";
import { decisionKey, type ImageDecision, imageDecisionKind } from "./image-decision.ts";
import { type ImageEdit, imageEditId, imageEditKind } from "./image-edit.ts";

/** An event whose patients have no names yet: `Patient/…`. */
type Change = StudyEventView["changes"][number];

export const eventsShown = 100;

/** What was done with a study: corrections, filings, merges of its patient, what was hidden and shown again; newest first. */
export async function studyEvents(
  { record, images }: Context,
  study: string,
): Promise<Result<readonly StudyEventView[]>> {
  const first = await images.instances({
    address: { study },
    withMetadata: true,
    withRejected: true,
    order: "received",
    limit: 1,
  });
  if (!first.ok) return first;
  const [object] = first.value.instances;
  const received = new DicomValues(`{${object?.metadata ?? ""}}`);
  const events: StudyEventView[] = [];
  for (const part of [correctionsOf(record, study, received), decisionsOf(record, study), movesOf(record, study)]) {
    const found = await part;
    if (!found.ok) return found;
    events.push(...found.value);
  }
  if (object !== undefined) events.push(receivedEvent(toIso(object.receivedAt), object.source));
  const newestFirst = events.toSorted((one, other) => other.at.localeCompare(one.at)).slice(0, eventsShown);
  return withNames(record, newestFirst);
}

function receivedEvent(at: string, source: string): StudyEventView {
  return { is: "received", at, by: source, part: "", changes: [] };
}

/** Each version of the edit, beside the one before it; beside the first stands what was received. */
async function correctionsOf(
  record: Pick<HealthRecord, "history">,
  study: string,
  received: DicomValues,
): Promise<Result<readonly StudyEventView[]>> {
  const history = await record.history({ kind: imageEditKind, id: imageEditId(study), limit: eventsShown });
  if (!history.ok) return history.problems[0].category === "not-found" ? ok([]) : history;
  const edits = history.value.versions.map((version) => parseBody<ImageEdit>(version));
  const asReceived = (keyword: string) => received.name(keyword) ?? received.text(keyword) ?? "";
  return ok(
    edits.map(({ attributes, reason, display, at }, index): StudyEventView => {
      const earlier = edits[index + 1]?.attributes ?? {};
      const keywords = [...new Set([...Object.keys(attributes), ...Object.keys(earlier)])];
      const changes = keywords
        .map((what) => ({
          what,
          before: earlier[what] ?? asReceived(what),
          after: attributes[what] ?? asReceived(what),
        }))
        .filter(({ before, after }) => before !== after);
      return { is: "corrected", at, by: display, part: "", reason, changes };
    }),
  );
}

async function decisionsOf(
  record: Pick<HealthRecord, "search">,
  study: string,
): Promise<Result<readonly StudyEventView[]>> {
  const all = [{ is: "key", any: [decisionKey(study)] }] as const;
  const sort = { by: "updated", descending: true } as const;
  const found = await record.search({ kind: imageDecisionKind, all, sort, limit: eventsShown });
  if (!found.ok) return found;
  return ok(found.value.versions.map((version) => decisionEvent(parseBody<ImageDecision>(version))));
}

function decisionEvent(decision: ImageDecision): StudyEventView {
  const { is, at, display: by, reason, objects, series, instance, before, after } = decision;
  const count = objects === 1 ? "1 object" : `${objects} objects`;
  const place = series === undefined ? "" : ` of series ${series}`;
  const isWhole = is === "filed" || is === "kept" || is === "let-go";
  const part = instance === undefined ? `${count}${place}` : `object ${instance}`;
  const patient: Change = { what: "Patient", before: before ?? "", after: after ?? "" };
  return { is, at, by, part: isWhole ? "" : part, reason, changes: is === "filed" ? [patient] : [] };
}

interface Subject {
  readonly subject?: { readonly reference?: string };
}

/** Versions of its document that are about somebody else than the one before: filings by the archive itself, and merges. */
async function movesOf(
  record: Pick<HealthRecord, "history" | "search">,
  study: string,
): Promise<Result<readonly StudyEventView[]>> {
  const [kind, id] = ["ImagingStudy", imagingStudyId(study)] as const;
  const history = await record.history({ kind, id, limit: limits.imageRowsMax });
  if (!history.ok) return history.problems[0].category === "not-found" ? ok([]) : history;
  const subjects = history.value.versions
    .filter(({ action }) => action !== "delete")
    .map((version) => ({ version, about: parseBody<Subject>(version).subject?.reference ?? "" }));
  const moved = subjects.flatMap(({ version, about }, index) => {
    const before = subjects[index + 1]?.about ?? "";
    return before === about ? [] : [{ version, before, about }];
  });
  const targets = moved.map(({ version }) => `target=${kind}/${id}/_history/${version.version}`);
  const writers = await writersOf(record, targets);
  if (!writers.ok) return writers;
  return ok(
    moved.map(({ version, before, about }): StudyEventView => {
      const { by, why } = writers.value.get(`${kind}/${id}/_history/${version.version}`) ?? { by: "Corridor", why: "" };
      const changes = [{ what: "Patient", before, after: about }];
      return { is: "moved", at: toIso(version.at), by, part: "", changes, ...(why === "" ? {} : { reason: why }) };
    }),
  );
}

async function writersOf(record: Pick<HealthRecord, "search">, targets: readonly string[]) {
  const writers = new Map<string, { readonly by: string; readonly why: string }>();
  if (targets.length === 0) return ok(writers);
  const sort = { by: "updated", descending: true } as const;
  const all = [{ is: "key", any: targets }] as const;
  const found = await record.search({ kind: "Provenance", all, sort, limit: limits.imageRowsMax });
  if (!found.ok) return found;
  for (const version of found.value.versions) {
    const { target, agent, activity } = parseBody<Provenance>(version);
    const by = agent[0]?.who.display ?? "Corridor";
    for (const { reference = "" } of target) writers.set(reference, { by, why: activity?.text ?? "" });
  }
  return ok(writers);
}

/** Patients by their names, where they are known. */
async function withNames(
  record: Pick<HealthRecord, "readMany">,
  events: readonly StudyEventView[],
): Promise<Result<readonly StudyEventView[]>> {
  const ids = new Set(
    events
      .flatMap(({ changes }) => changes.filter(({ what }) => what === "Patient"))
      .flatMap(({ before, after }) => [before, after])
      .flatMap((text) => /^Patient\/(.+)$/.exec(text)?.[1] ?? []),
  );
  const read = await record.readMany([...ids].map((id) => ({ kind: "Patient", id })));
  if (!read.ok) return read;
  const names = new Map(
    read.value.map((version) => [`Patient/${version.id}`, patientDisplay(parseBody<Patient>(version))]),
  );
  const named = (text: string) => names.get(text) ?? text;
  return ok(
    events.map((event) => ({
      ...event,
      changes: event.changes.map(({ what, before, after }) =>
        what === "Patient" ? { what, before: named(before), after: named(after) } : { what, before, after },
      ),
    })),
  );
}
