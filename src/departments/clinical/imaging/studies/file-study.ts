import type { Context } from "#access";
import type { ImageRow, StoredInstance, StudyRelation } from "#imaging";
import { type JsonObject, limits, ok, type Result } from "#kernel";
import { deterministicId } from "../../messages/deterministic-id.ts";
import { applyEdit } from "../keeping/edit-study.ts";
import { applyRejectionNotes } from "../keeping/rejection-note.ts";
import { DicomValues } from "./dicom-values.ts";
import { imagingStudy } from "./imaging-study.ts";
import { matchStudy } from "./match-study.ts";
import { ofStudy } from "./of-study.ts";
import { studyCandidates } from "./study-candidates.ts";

const kind = "ImagingStudy";

/** The document of a study; the same for the same study. */
export function imagingStudyId(study: string): string {
  return deterministicId(kind, study);
}

/**
 * Brings the record up to date with one study of the archive: finds out whom it is about where nobody knows yet, writes its
 * ImagingStudy, or takes that away when nothing is left of it. Safe to run again. A study that is conflicting, or that matches
 * nobody, waits for a person; its document, where it has one, stays as it is.
 */
export async function fileStudy(context: Context, study: string): Promise<Result<void>> {
  const { record, images } = context;
  const keeping = images.keeping;
  if (!keeping.ok) return keeping;
  for (const prepare of [applyEdit, applyRejectionNotes]) {
    const prepared = await prepare(context, study);
    if (!prepared.ok && prepared.problems[0].category !== "not-found") return prepared;
  }
  const found = await rowOf(context, study);
  if (!found.ok) return found;
  if (found.value === undefined) return withdraw(context, study);
  const relation = await relationOf(context, found.value);
  if (!relation.ok) return relation;
  const { value } = relation;
  if (value.patient === undefined || value.state !== "matched") {
    const left = value.document === undefined ? await withdraw(context, study) : ok(undefined);
    return left.ok ? keeping.value.relate(study, value) : left;
  }
  const parts = await partsOf(context, found.value, value);
  if (!parts.ok) return parts;
  const id = imagingStudyId(study);
  const written = await record.transact({ operations: [{ action: "update", kind, id, body: parts.value }] });
  return written.ok ? keeping.value.relate(study, { ...value, document: id }) : written;
}

interface FiledRelation extends StudyRelation {
  readonly order?: string;
}

async function rowOf({ images }: Context, study: string): Promise<Result<ImageRow | undefined>> {
  const found = await images.find({ level: "study", match: [ofStudy(study)], limit: 1 });
  return found.ok ? ok(found.value.rows[0]) : found;
}

/** What a person decided, or the record says by now, stands; otherwise it is worked out. */
async function relationOf({ record }: Context, { json, study }: ImageRow): Promise<Result<FiledRelation>> {
  const values = new DicomValues(json);
  const document = study?.document;
  const known = document === undefined ? ok(undefined) : await subjectOf(record, document);
  if (!known.ok) return known;
  const kept = document === undefined ? {} : { document };
  const patient = known.value ?? study?.patient;
  if (study?.state === "conflicting") {
    const why = study.conflict === undefined ? {} : { conflict: study.conflict };
    return ok({ state: "conflicting", ...why, ...kept, ...(patient === undefined ? {} : { patient }) });
  }
  const candidates = await studyCandidates(record, values);
  if (!candidates.ok) return candidates;
  const match = matchStudy(values, candidates.value);
  if (patient !== undefined) {
    const isSame = match.is === "matched" && match.patient === patient && match.order !== undefined;
    return ok({ state: "matched", patient, ...kept, ...(isSame ? { order: match.order } : {}) });
  }
  switch (match.is) {
    case "matched":
      return ok({
        state: "matched",
        patient: match.patient,
        ...(match.order === undefined ? {} : { order: match.order }),
      });
    case "conflicting":
      return ok({ state: "conflicting", conflict: match.why });
    case "unmatched":
      return ok({ state: "unmatched" });
  }
}

/** Whom the document is about: merges of patients move it. */
async function subjectOf(record: Context["record"], id: string): Promise<Result<string | undefined>> {
  const read = await record.readMany([{ kind, id }]);
  if (!read.ok) return read;
  const [version] = read.value;
  if (version === undefined) return ok(undefined);
  const { subject } = JSON.parse(version.body) as { readonly subject?: { readonly reference?: string } };
  return ok(/^Patient\/([^/]+)$/.exec(subject?.reference ?? "")?.[1]);
}

async function partsOf({ images, hospitalTime }: Context, row: ImageRow, { patient = "", order }: FiledRelation) {
  const { study: uid = "" } = row.uids;
  const series = await images.find({ level: "series", match: [ofStudy(uid)], limit: limits.imageRowsMax });
  if (!series.ok) return series;
  const study = new DicomValues(row.json);
  const instances = await listedInstances(images, uid, study.number("NumberOfStudyRelatedInstances") ?? 0);
  if (!instances.ok) return instances;
  const values = series.value.rows.map(({ json }) => new DicomValues(json));
  return ok(imagingStudy({ uid, study, series: values, instances: instances.value, patient, order, hospitalTime }));
}

async function listedInstances(
  images: Context["images"],
  study: string,
  count: number,
): Promise<Result<readonly StoredInstance[]>> {
  if (count > limits.imagingStudyInstancesMax) return ok([]);
  const page = await images.instances({
    address: { study },
    withMetadata: false,
    limit: limits.imagingStudyInstancesMax,
  });
  return page.ok ? ok(page.value.instances) : page;
}

/** Nothing of it is shown any more, or it is not known any more whom it is about. */
async function withdraw({ record }: Context, study: string): Promise<Result<void>> {
  const id = imagingStudyId(study);
  const there = await record.readMany([{ kind, id }]);
  if (!there.ok) return there;
  const [version] = there.value;
  if (version === undefined) return ok(undefined);
  const { series: _, ...left } = JSON.parse(version.body) as JsonObject;
  const body = { ...left, status: "cancelled", numberOfSeries: 0, numberOfInstances: 0 };
  const written = await record.transact({ operations: [{ action: "update", kind, id, body }] });
  return written.ok ? ok(undefined) : written;
}
