import {
  type ImageLevel,
  type ImageQuery,
  type ImageRow,
  levelOfTag,
  type StudyFacts,
  type StudyState,
} from "#imaging";
import type { Json, JsonObject } from "#kernel";
import { type Tag, tagKey, tagNamed } from "#standards/dicom";
import type { PatientCounts } from "./find.ts";
import { stateLetters } from "./find-conditions.ts";
import { chosenMembers } from "./members.ts";

export interface FoundRow {
  readonly study_uid: string;
  readonly study_attributes: string;
  readonly modalities: string;
  readonly classes: string;
  readonly series_count: number;
  readonly instance_count: number;
  readonly state: string;
  readonly conflict: string | null;
  readonly patient: string | null;
  readonly document: string | null;
  readonly patient_id?: string;
  readonly issuer?: string;
  readonly series_uid?: string;
  readonly series_attributes?: string;
  readonly series_instances?: number;
  readonly instance_uid?: string;
  readonly syntax?: string;
  readonly metadata?: string;
  readonly sample?: string | null;
}

const states = new Map(Object.entries(stateLetters).map(([state, letter]) => [letter, state as StudyState]));

interface RowNeeds {
  readonly include: ImageQuery["include"];
  readonly counts: PatientCounts | undefined;
}

/** A row as it is answered: what is kept as JSON is put together, not parsed, unless attributes of objects are asked for. */
export function imageRow(level: ImageLevel, row: FoundRow, { include, counts }: RowNeeds): ImageRow {
  const { study_uid: study, series_uid: series, instance_uid: instance } = row;
  if (level === "patient") return { uids: {}, json: patientJson(row, counts), study: undefined };
  return {
    uids: {
      study,
      ...(series === undefined ? {} : { series }),
      ...(instance === undefined ? {} : { instance }),
    },
    json: `{${membersOf(level, row, include)
      .filter((part) => part !== "")
      .join(",")}}`,
    study: factsOf(row),
  };
}

function factsOf({ state, conflict, patient, document }: FoundRow): StudyFacts {
  return {
    state: states.get(state) ?? "unmatched",
    ...(conflict === null ? {} : { conflict }),
    ...(patient === null ? {} : { patient }),
    ...(document === null ? {} : { document }),
  };
}

function membersOf(level: ImageLevel, row: FoundRow, include: ImageQuery["include"]): readonly string[] {
  const study = [row.study_attributes, ...studyCounts(row)];
  if (level === "study") return [...study, sampled(row.sample, include, row.study_attributes)];
  const series = [row.series_attributes ?? "", member("00201209", "IS", [row.series_instances ?? 0])];
  if (level === "series") return [...study, ...series, sampled(row.sample, include, row.series_attributes ?? "")];
  return [...study, ...series, instanceMembers(row, include)];
}

function studyCounts({ modalities, classes, series_count, instance_count }: FoundRow): readonly string[] {
  return [
    member("00080061", "CS", listOf(modalities)),
    member("00080062", "UI", listOf(classes)),
    member("00201206", "IS", [series_count]),
    member("00201208", "IS", [instance_count]),
  ];
}

/** The driver leaves arrays as their literal. */
function listOf(literal: string): readonly string[] {
  return literal
    .slice(1, -1)
    .split(",")
    .map((text) => text.replace(/^"|"$/g, ""))
    .filter((text) => text !== "");
}

function member(key: string, vr: string, values: readonly (string | number)[]): string {
  return `"${key}":{"vr":"${vr}"${values.length === 0 ? "" : `,"Value":${JSON.stringify(values)}`}}`;
}

/** Attributes that are not kept with the level, as its first object has them. */
function sampled(sample: string | null | undefined, include: ImageQuery["include"], kept: string): string {
  if (sample === null || sample === undefined || include === undefined) return "";
  const all = JSON.parse(`{${sample}}`) as JsonObject;
  const known = JSON.parse(`{${kept}}`) as JsonObject;
  const wanted = include === "all" ? [] : include.map(tagKey);
  return textOf(Object.entries(all).filter(([key]) => wanted.includes(key) && !(key in known)));
}

/** What an answer about an object always has. Source: PS3.18 Table 10.6.3-5, and what viewers ask for. */
const instanceKeys = new Set(
  [
    "ImageType",
    "SOPClassUID",
    "SOPInstanceUID",
    "InstanceAvailability",
    "ContentDate",
    "ContentTime",
    "AcquisitionNumber",
    "InstanceNumber",
    "ConceptNameCodeSequence",
    "DocumentTitle",
    "NumberOfFrames",
    "Rows",
    "Columns",
    "BitsAllocated",
    "SliceLocation",
    "ContentLabel",
    "ContentDescription",
  ].map((keyword) => tagKey(tagNamed(keyword) as Tag)),
);

function instanceMembers({ metadata, syntax }: FoundRow, include: ImageQuery["include"]): string {
  const wanted = new Set(include === undefined || include === "all" ? [] : include.map(tagKey));
  const isOwn = (key: string) => levelOfTag(Number.parseInt(key, 16)) === "instance";
  const isWanted = (key: string) => isOwn(key) && (include === "all" || instanceKeys.has(key) || wanted.has(key));
  return [chosenMembers(metadata ?? "", isWanted), member("00083002", "UI", [syntax ?? ""])]
    .filter((part) => part !== "")
    .join(",");
}

function textOf(entries: readonly (readonly [string, Json | undefined])[]): string {
  return JSON.stringify(Object.fromEntries(entries)).slice(1, -1);
}

const patientKeys = new Set(
  [
    "PatientName",
    "PatientID",
    "IssuerOfPatientID",
    "PatientBirthDate",
    "PatientBirthTime",
    "PatientSex",
    "OtherPatientIDs",
    "OtherPatientIDsSequence",
    "OtherPatientNames",
    "EthnicGroup",
    "PatientComments",
  ].map((keyword) => tagKey(tagNamed(keyword) as Tag)),
);

function patientJson({ study_attributes }: FoundRow, counts: PatientCounts | undefined): string {
  const all = JSON.parse(`{${study_attributes}}`) as JsonObject;
  const own = textOf(Object.entries(all).filter(([key]) => patientKeys.has(key)));
  const parts = [
    own,
    member("00201200", "IS", [counts?.studies ?? 0]),
    member("00201202", "IS", [counts?.series ?? 0]),
    member("00201204", "IS", [counts?.instances ?? 0]),
  ];
  return `{${parts.filter((part) => part !== "").join(",")}}`;
}
