import { queryOptions } from "@tanstack/react-query";
import { getFhir, withQuery } from "../../../parts/request/request.ts";
import { type Bundle, type ImagingStudy, studyUidOf } from "./imaging-study.ts";

export interface ChartStudy {
  readonly uid: string;
  readonly started: string | undefined;
  readonly description: string | undefined;
  readonly modalities: readonly string[];
  readonly seriesCount: number | undefined;
  readonly instanceCount: number | undefined;
}

const studiesMax = 100;

/** The newest studies of a patient that still have images. */
export function chartStudiesQuery(patient: string) {
  return queryOptions({
    queryKey: ["clinical", "patients", patient, "imaging-studies"],
    queryFn: async ({ signal }): Promise<readonly ChartStudy[]> => {
      const query = { patient: `Patient/${patient}`, _sort: "-started", _count: studiesMax };
      const bundle = await getFhir<Bundle>(withQuery("/fhir/ImagingStudy", query), signal);
      return (bundle.entry ?? []).flatMap(({ resource }) => shown(resource));
    },
  });
}

function shown(study: ImagingStudy): readonly ChartStudy[] {
  const uid = studyUidOf(study);
  if (uid === undefined || study.status === "cancelled" || study.status === "entered-in-error") return [];
  return [
    {
      uid,
      started: study.started,
      description: study.description,
      modalities: (study.modality ?? []).flatMap(({ code }) => code ?? []),
      seriesCount: study.numberOfSeries,
      instanceCount: study.numberOfInstances,
    },
  ];
}
