import type { StoredInstance } from "#imaging";
import type { HospitalTime, JsonObject } from "#kernel";
import { storageClassName } from "#standards/dicom";
import type { DicomValues } from "./dicom-values.ts";

export interface StudyParts {
  readonly uid: string;
  readonly study: DicomValues;
  readonly series: readonly DicomValues[];
  /** Those that are listed; a study of more than `limits.imagingStudyInstancesMax` lists none. */
  readonly instances: readonly StoredInstance[];
  readonly patient: string;
  readonly order: string | undefined;
  readonly hospitalTime: HospitalTime;
}

/** A study as the record knows it. Source: FHIR R4 ImagingStudy, mappings to DICOM. */
export function imagingStudy(parts: StudyParts): JsonObject {
  const { uid, study, patient, order } = parts;
  const accession = study.text("AccessionNumber");
  const description = study.text("StudyDescription");
  const started = startedAt(study, { date: "StudyDate", time: "StudyTime" }, parts.hospitalTime);
  const identifier = [
    { system: "urn:dicom:uid", value: `urn:oid:${uid}` },
    ...(accession === undefined ? [] : [{ type: { coding: [accessionType] }, value: accession }]),
  ];
  return {
    resourceType: "ImagingStudy",
    identifier,
    status: "available",
    modality: study.texts("ModalitiesInStudy").map(modality),
    subject: { reference: `Patient/${patient}` },
    ...(started === undefined ? {} : { started }),
    ...(order === undefined ? {} : { basedOn: [{ reference: `ServiceRequest/${order}` }] }),
    ...referrerOf(study),
    numberOfSeries: study.number("NumberOfStudyRelatedSeries") ?? 0,
    numberOfInstances: study.number("NumberOfStudyRelatedInstances") ?? 0,
    ...(description === undefined ? {} : { description }),
    series: parts.series.map((each) => seriesPart(each, parts)),
  };
}

const accessionType = { system: "http://terminology.hl7.org/CodeSystem/v2-0203", code: "ACSN" };

function modality(code: string): JsonObject {
  return { system: "http://dicom.nema.org/resources/ontology/DCM", code };
}

function referrerOf(study: DicomValues): JsonObject {
  const name = study.name("ReferringPhysicianName");
  return name === undefined ? {} : { referrer: { display: name.replace(/\^+/g, " ").trim() } };
}

function seriesPart(series: DicomValues, { instances, hospitalTime }: StudyParts): JsonObject {
  const uid = series.text("SeriesInstanceUID") ?? "";
  const number = series.number("SeriesNumber");
  const description = series.text("SeriesDescription");
  const bodyPart = series.text("BodyPartExamined");
  const started = startedAt(series, { date: "SeriesDate", time: "SeriesTime" }, hospitalTime);
  const own = instances.filter((instance) => instance.series === uid);
  return {
    uid,
    ...(isUnsigned(number) ? { number } : {}),
    modality: modality(series.text("Modality") ?? "OT"),
    ...(description === undefined ? {} : { description }),
    numberOfInstances: series.number("NumberOfSeriesRelatedInstances") ?? 0,
    ...(bodyPart === undefined ? {} : { bodySite: { display: bodyPart } }),
    ...(started === undefined ? {} : { started }),
    ...(own.length === 0 ? {} : { instance: own.map(instancePart) }),
  };
}

function instancePart({ instance, sopClass, number }: StoredInstance): JsonObject {
  const name = storageClassName(sopClass);
  return {
    uid: instance,
    sopClass: {
      system: "urn:ietf:rfc:3986",
      code: `urn:oid:${sopClass}`,
      ...(name === undefined ? {} : { display: name }),
    },
    ...(isUnsigned(number) ? { number } : {}),
  };
}

function isUnsigned(number: number | undefined): number is number {
  return number !== undefined && Number.isInteger(number) && number >= 0;
}

/** A time without a day, or a day that is none, is left out; without a time, the day alone. */
function startedAt(
  values: DicomValues,
  { date, time }: { readonly date: string; readonly time: string },
  { offsetMinutesAt }: HospitalTime,
): string | undefined {
  const [, year, month, day] = /^(\d{4})\.?(\d{2})\.?(\d{2})$/.exec(values.text(date) ?? "") ?? [];
  const isDay = year !== undefined && !Number.isNaN(Date.parse(`${year}-${month}-${day}`));
  if (!isDay) return undefined;
  const [, hour, minute, second = "00"] = /^(\d{2}):?(\d{2}):?(\d{2})?/.exec(values.text(time) ?? "") ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return `${year}-${month}-${day}`;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${Number(second) > 59 ? "59" : second}`;
  return `${local}${zone(offsetMinutesAt(local))}`;
}

function zone(offsetMinutes: number): string {
  const size = Math.abs(offsetMinutes);
  const text = `${String(Math.floor(size / 60)).padStart(2, "0")}:${String(size % 60).padStart(2, "0")}`;
  return `${offsetMinutes < 0 ? "-" : "+"}${text}`;
}
