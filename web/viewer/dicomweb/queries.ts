import { queryOptions } from "@tanstack/react-query";
import type { JsonDataSet } from "./attributes.ts";
import { queryPath } from "./query-path.ts";
import { dicomweb, getDataSets } from "./requests.ts";
import { inReadingOrder, type Series, seriesOf } from "./series.ts";
import { type Study, studyOf } from "./study.ts";

/** Besides what a query of studies gives by itself. */
export const studyFields = ["StudyDescription", "PatientBirthDate", "PatientSex", "IssuerOfPatientID"] as const;

const seriesFields = ["SeriesDescription", "BodyPartExamined", "SeriesDate"] as const;

export const studyKey = (uid: string) => ["imaging", "study", uid] as const;

/** One study; undefined when there is none, or none that the reader may see. */
export function studyQuery(uid: string) {
  return queryOptions({
    queryKey: studyKey(uid),
    queryFn: async ({ signal }): Promise<Study | null> => {
      const { dataSets } = await getDataSets(queryPath("studies", { StudyInstanceUID: uid }, studyFields), signal);
      return dataSets[0] === undefined ? null : studyOf(dataSets[0]);
    },
    staleTime: 60_000,
  });
}

export function seriesQuery(studyUid: string) {
  return queryOptions({
    queryKey: [...studyKey(studyUid), "series"],
    queryFn: async ({ signal }): Promise<readonly Series[]> => {
      const { dataSets } = await getDataSets(queryPath(`studies/${studyUid}/series`, {}, seriesFields), signal);
      return inReadingOrder(dataSets.map((row) => seriesOf(row, studyUid)));
    },
    staleTime: 60_000,
  });
}

/** Every instance's attributes, without the bulk. */
export function metadataQuery(studyUid: string, seriesUid: string) {
  return queryOptions({
    queryKey: [...studyKey(studyUid), "metadata", seriesUid],
    queryFn: async ({ signal }): Promise<readonly JsonDataSet[]> => {
      const path = `${dicomweb}/studies/${studyUid}/series/${seriesUid}/metadata`;
      return (await getDataSets(path, signal)).dataSets;
    },
    staleTime: Infinity,
  });
}

/** Other studies of the same patient, newest first; none where the study does not say whose it is. */
export function priorsQuery(study: Study) {
  return queryOptions({
    queryKey: [...studyKey(study.uid), "priors"],
    queryFn: async ({ signal }): Promise<readonly Study[]> => {
      const query = { PatientID: study.patientId, limit: priorsMax };
      const { dataSets } = await getDataSets(queryPath("studies", query, studyFields), signal);
      return dataSets
        .map(studyOf)
        .filter((other) => other.uid !== study.uid && other.patientIdIssuer === study.patientIdIssuer)
        .toSorted((one, other) => (other.day ?? "").localeCompare(one.day ?? ""));
    },
    enabled: study.patientId !== undefined,
    staleTime: 60_000,
  });
}

const priorsMax = 50;
