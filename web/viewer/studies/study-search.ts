import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { dicomDay } from "../dicomweb/dates.ts";
import { studyFields } from "../dicomweb/queries.ts";
import { queryPath } from "../dicomweb/query-path.ts";
import { getDataSets } from "../dicomweb/requests.ts";
import { type Study, studyOf } from "../dicomweb/study.ts";

/** By what studies are looked for. It stays out of the address, because it may name a patient. */
export interface StudySearch {
  readonly name?: string;
  readonly id?: string;
  readonly accession?: string;
  readonly description?: string;
  readonly modality?: string;
  /** `2026-11-20`. */
  readonly from?: string;
  readonly to?: string;
}

export interface StudyPage {
  readonly studies: readonly Study[];
  /** Of all that match, where the server tells. */
  readonly total: number | undefined;
  /** Where the next page begins; undefined on the last. */
  readonly next: number | undefined;
}

const pageSize = 50;

/** Fifty studies at a time, in the order of the server: the newest first. */
export function studiesQuery(search: StudySearch) {
  return infiniteQueryOptions({
    queryKey: ["imaging", "studies", search],
    queryFn: async ({ pageParam, signal }): Promise<StudyPage> => {
      const query = { ...matching(search), limit: pageSize + 1, offset: pageParam };
      const { dataSets, total } = await getDataSets(queryPath("studies", query, studyFields), signal);
      const studies = dataSets.slice(0, pageSize).map(studyOf);
      return { studies, total, next: dataSets.length > pageSize ? pageParam + pageSize : undefined };
    },
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

/** Words match where they begin; a number matches whole. Source: PS3.4 §C.2.2.2. */
function matching({ name, id, accession, description, modality, from, to }: StudySearch) {
  const [first, last] = [dicomDay(from), dicomDay(to)];
  return {
    PatientName: name === undefined ? undefined : `${nameOf(name)}*`,
    PatientID: id,
    AccessionNumber: accession,
    StudyDescription: description === undefined ? undefined : `*${description}*`,
    ModalitiesInStudy: modality,
    StudyDate: first === "" && last === "" ? undefined : first === last ? first : `${first}-${last}`,
  };
}

/** `Osei, Abena` as DICOM writes it: `Osei^Abena`. */
function nameOf(name: string): string {
  return name
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("*^");
}

export type SortKey = "day" | "patientName" | "patientId" | "modalities" | "description" | "accession";

export interface Sorting {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

/** Undefined sorting leaves the order of the server. */
export function sorted(studies: readonly Study[], sorting: Sorting | undefined): readonly Study[] {
  if (sorting === undefined) return studies;
  const factor = sorting.isDescending ? -1 : 1;
  return studies.toSorted(
    (one, other) => factor * keyOf(one, sorting.key).localeCompare(keyOf(other, sorting.key), "en"),
  );
}

function keyOf(study: Study, key: SortKey): string {
  if (key === "day") return `${study.day ?? ""} ${study.clock ?? ""}`;
  if (key === "modalities") return study.modalities.join(",");
  return study[key] ?? "";
}
