import type { Context } from "#access";
import type { HiddenObjects, ImageRow } from "#imaging";
import { failed, limits, notFound, ok, type Result } from "#kernel";
import { parseBody } from "#record";
import type { Patient } from "#standards/fhir";
import type { KeptSeriesView, StudyHistoryPage } from "../../api/image-keeping.ts";
import { readMarks } from "../retention/study-mark.ts";
import { DicomValues } from "../studies/dicom-values.ts";
import { ofStudy } from "../studies/of-study.ts";
import { patientDisplay, studySaid } from "./fetch-waiting.ts";
import { studyEvents } from "./study-events.ts";

/** All that the archive knows of a study, also of one that is hidden altogether. Problems: not-found. */
export async function fetchStudyHistory(context: Context, study: string): Promise<Result<StudyHistoryPage>> {
  const { images, record } = context;
  if (!images.keeping.ok) return images.keeping;
  const found = await images.find({ level: "study", match: [ofStudy(study)], limit: 1 });
  if (!found.ok) return found;
  const hidden = await images.keeping.value.hidden(study);
  if (!hidden.ok) return hidden;
  const row = found.value.rows[0] ?? hiddenRow(study, hidden.value);
  if (row === undefined) return failed(notFound("not-found", "There is no such study."));
  const series = await images.find({ level: "series", match: [ofStudy(study)], limit: limits.imageRowsMax });
  if (!series.ok) return series;
  const events = await studyEvents(context, study);
  if (!events.ok) return events;
  const patients = await record.readMany(
    row.study?.patient === undefined ? [] : [{ kind: "Patient", id: row.study.patient }],
  );
  if (!patients.ok) return patients;
  const [version] = patients.value;
  const marks = await readMarks(record, [study]);
  if (!marks.ok) return marks;
  const mark = marks.value.get(study);
  return ok({
    study: studySaid(row),
    ...(version === undefined
      ? {}
      : { patient: { id: version.id, display: patientDisplay(parseBody<Patient>(version)) } }),
    ...(mark === undefined ? {} : { mark: { is: mark.mark, by: mark.display, at: mark.at, reason: mark.reason } }),
    series: seriesViews(series.value.rows, hidden.value),
    events: events.value,
  });
}

/** What is kept of a study of which nothing is shown. */
function hiddenRow(study: string, hidden: readonly HiddenObjects[]): ImageRow | undefined {
  const [first] = hidden;
  if (first === undefined) return undefined;
  const { patient } = first;
  return {
    uids: { study },
    json: first.json,
    study: { state: patient === undefined ? "unmatched" : "matched", ...(patient === undefined ? {} : { patient }) },
  };
}

/** Those with something shown, in their order, then those that are hidden altogether. */
function seriesViews(shown: readonly ImageRow[], hidden: readonly HiddenObjects[]): readonly KeptSeriesView[] {
  const hiddenOf = new Map<string, number>();
  for (const { series, objects } of hidden) hiddenOf.set(series, (hiddenOf.get(series) ?? 0) + objects);
  const views = new Map(
    shown.map(({ uids, json }) => {
      const uid = uids.series ?? "";
      const values = new DicomValues(json);
      return [uid, seriesView(uid, values, { shown: values.number("NumberOfSeriesRelatedInstances") ?? 0, hiddenOf })];
    }),
  );
  for (const { series, json } of hidden)
    if (!views.has(series)) views.set(series, seriesView(series, new DicomValues(json), { shown: 0, hiddenOf }));
  return [...views.values()];
}

function seriesView(
  uid: string,
  values: DicomValues,
  { shown, hiddenOf }: { readonly shown: number; readonly hiddenOf: ReadonlyMap<string, number> },
): KeptSeriesView {
  const number = values.number("SeriesNumber");
  return {
    uid,
    modality: values.text("Modality") ?? "",
    ...(number === undefined ? {} : { number }),
    description: values.text("SeriesDescription") ?? "",
    shown,
    hidden: hiddenOf.get(uid) ?? 0,
  };
}
