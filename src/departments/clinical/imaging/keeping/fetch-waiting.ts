import { z } from "zod";
import { type Context, readCursor, writeCursor } from "#access";
import type { ImageRow, StudyState } from "#imaging";
import { limits, ok, type Result } from "#kernel";
import type { Patient } from "#standards/fhir";
import type { CandidateView, KeptStudyView, WaitingStudiesPage } from "../../api/image-keeping.ts";
import { DicomValues } from "../studies/dicom-values.ts";
import { type ConflictReason, conflictReasons } from "../studies/match-study.ts";
import { studyCandidates } from "../studies/study-candidates.ts";

const pageStudies = 50;

/** Studies that nobody knows the patient of, or that contradict themselves or the record, with how many of each there are. */
export async function fetchWaiting(
  context: Context,
  { state, cursor }: { readonly state: "unmatched" | "conflicting"; readonly cursor?: string | undefined },
): Promise<Result<WaitingStudiesPage>> {
  const { images } = context;
  const after = readCursor(cursor, cursorSchema);
  if (!after.ok) return after;
  const place = after.value === undefined ? {} : { after: after.value };
  const found = await images.find({ level: "study", match: [], states: [state], limit: pageStudies, ...place });
  if (!found.ok) return found;
  const studies: KeptStudyView[] = [];
  for (const row of found.value.rows) {
    const view = await keptStudyView(context, row);
    if (!view.ok) return view;
    studies.push(view.value);
  }
  const counts = await countsOf(context);
  if (!counts.ok) return counts;
  const { next } = found.value;
  return ok({ studies, ...counts.value, ...(next === undefined ? {} : { next: writeCursor(next) }) });
}

const cursorSchema = z.array(z.union([z.string(), z.number()])).max(4);

async function countsOf({ images }: Context) {
  const count = (state: StudyState) => images.count({ level: "study", match: [], states: [state], limit: 1 });
  const unmatched = await count("unmatched");
  if (!unmatched.ok) return unmatched;
  const conflicting = await count("conflicting");
  if (!conflicting.ok) return conflicting;
  const twins = images.keeping.ok ? await images.keeping.value.twins() : images.keeping;
  if (!twins.ok) return twins;
  return ok({ unmatched: unmatched.value, conflicting: conflicting.value, keptAside: twins.value.length });
}

async function keptStudyView({ record }: Context, row: ImageRow): Promise<Result<KeptStudyView>> {
  const candidates = await studyCandidates(record, new DicomValues(row.json));
  if (!candidates.ok) return candidates;
  const { patients, orders } = candidates.value;
  const known = new Map(
    [...patients, ...orders.flatMap(({ patient }) => (patient === undefined ? [] : [patient]))].map((patient) => [
      patient.id ?? "",
      patient,
    ]),
  );
  return ok({
    ...studySaid(row),
    candidates: [...known.values()].slice(0, limits.studyCandidatesMax).map(candidateView),
  });
}

/** What a study says of itself, edits applied. */
export function studySaid({ uids, json, study }: ImageRow): Omit<KeptStudyView, "candidates"> {
  const values = new DicomValues(json);
  const text = (keyword: string) => values.text(keyword) ?? "";
  return {
    uid: uids.study ?? "",
    state: study?.state ?? "unmatched",
    ...(study?.conflict === undefined ? {} : { conflictText: conflictText(study.conflict) }),
    patientId: text("PatientID"),
    issuer: text("IssuerOfPatientID"),
    name: values.name("PatientName") ?? "",
    birthDate: text("PatientBirthDate"),
    sex: text("PatientSex"),
    accession: text("AccessionNumber"),
    date: text("StudyDate"),
    description: text("StudyDescription"),
    modalities: values.texts("ModalitiesInStudy"),
    series: values.number("NumberOfStudyRelatedSeries") ?? 0,
    instances: values.number("NumberOfStudyRelatedInstances") ?? 0,
  };
}

/** `OSEI, Adwoa`. */
export function patientDisplay({ name = [] }: Patient): string {
  const [first] = name;
  return `${(first?.family ?? "").toUpperCase()}, ${(first?.given ?? []).join(" ")}`;
}

const sexes: Readonly<Record<string, string>> = { female: "F", male: "M", other: "O" };

function candidateView(patient: Patient): CandidateView {
  const { id = "", birthDate = "", gender = "unknown", identifier = [] } = patient;
  return {
    id,
    display: patientDisplay(patient),
    birthDate,
    sex: sexes[gender] ?? "",
    numbers: identifier.flatMap(({ value }) => value ?? []),
  };
}

function conflictText(why: string): string {
  return Object.hasOwn(conflictReasons, why) ? conflictReasons[why as ConflictReason] : why;
}
