import { failed, incorrect, ok, type Problem, type Result } from "#kernel";
import { type DataElement, type DataSet, dicomJson, type Tag, tagKey, tags } from "#standards/dicom";
import { fold, nameTexts } from "../fold.ts";
import type { NewInstance, NewSeries, NewStudy } from "../image-index.ts";
import { seriesTags, studyTags } from "../levels.ts";

/** What an object's header says: everything that is kept of it besides its bytes. */
export type Described = Pick<NewInstance, "study" | "series" | "uid" | "sopClass" | "number" | "frames" | "metadata">;

/** Values of bytes above this are named by their place, not repeated in the metadata. */
const inlineBytesMax = 1024;

/** How its pixel data stand in the object, where they are known to be there. */
export interface PixelElement {
  readonly tag: Tag;
  readonly vr: string;
}

/**
 * From a header. Problems: `uid-missing` and `uid-invalid` with the attribute that every object must have, as
 * `(0020,000D)`. Source: PS3.3 §C.7.2.1, §C.7.3.1, §C.12.1.
 */
export function describe(dataSet: DataSet, pixels: PixelElement | undefined): Result<Described> {
  const problems: Problem[] = [];
  const uidOf = (keyword: string, where: string) => {
    const uid = dataSet.text(keyword);
    if (uid === undefined) problems.push(incorrect("uid-missing", `The object has no ${keyword}.`, { where }));
    else if (!/^[0-9.]{1,64}$/.test(uid))
      problems.push(
        incorrect("uid-invalid", `The ${keyword} is no UID of digits and full stops, 64 at most.`, { where }),
      );
    return uid ?? "";
  };
  const sopClass = uidOf("SOPClassUID", "(0008,0016)");
  const uid = uidOf("SOPInstanceUID", "(0008,0018)");
  const study = uidOf("StudyInstanceUID", "(0020,000D)");
  const series = uidOf("SeriesInstanceUID", "(0020,000E)");
  const [first, ...rest] = problems;
  if (first !== undefined) return failed(first, ...rest);
  const members = membersOf(dataSet);
  return ok({
    study: studyOf(dataSet, study, members),
    series: seriesOf(dataSet, series, members),
    uid,
    sopClass,
    number: whole(dataSet, "InstanceNumber"),
    frames: pixels === undefined ? 0 : Math.max(1, whole(dataSet, "NumberOfFrames") ?? 1),
    metadata: metadataOf(members, pixels),
  });
}

export function studyOf(dataSet: DataSet, uid: string, members = membersOf(dataSet, studyTags)): NewStudy {
  const text = (keyword: string) => dataSet.text(keyword)?.trim() ?? "";
  return {
    uid,
    issuer: text("IssuerOfPatientID"),
    patientId: text("PatientID"),
    names: nameTexts(text("PatientName")),
    birthDate: text("PatientBirthDate"),
    sex: text("PatientSex"),
    accession: text("AccessionNumber"),
    date: text("StudyDate"),
    time: text("StudyTime"),
    studyId: text("StudyID"),
    description: fold(text("StudyDescription")),
    referring: fold(text("ReferringPhysicianName")),
    attributes: joined(members, studyTags),
  };
}

export function seriesOf(dataSet: DataSet, uid: string, members = membersOf(dataSet, seriesTags)): NewSeries {
  const text = (keyword: string) => dataSet.text(keyword)?.trim() ?? "";
  return {
    uid,
    modality: text("Modality"),
    number: whole(dataSet, "SeriesNumber"),
    date: text("SeriesDate"),
    bodyPart: text("BodyPartExamined"),
    station: fold(text("StationName")),
    description: fold(text("SeriesDescription")),
    attributes: joined(members, seriesTags),
  };
}

function whole(dataSet: DataSet, keyword: string): number | undefined {
  const value = dataSet.number(keyword);
  return value !== undefined && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : undefined;
}

/** Members of a DICOM JSON object, by tag, as they are written. */
type Members = ReadonlyMap<Tag, string>;

/** Of an object each is written once, for all levels. Groups of commands and of files are none of it. */
function membersOf(dataSet: DataSet, wanted?: ReadonlySet<Tag>): Members {
  const chosen =
    wanted === undefined ? dataSet : dataSet.replacedBy(dataSet.elements.filter(({ tag }) => wanted.has(tag)));
  const json = dicomJson(chosen, { bulkDataUri: bulkPlace });
  const members = new Map<Tag, string>();
  for (const { tag } of chosen.elements) {
    const key = tagKey(tag);
    const value = json[key];
    if (value !== undefined) members.set(tag, `"${key}":${JSON.stringify(value)}`);
  }
  return members;
}

/** A DICOM JSON object without its braces. */
function joined(members: Members, wanted: ReadonlySet<Tag>): string {
  return [...members].flatMap(([tag, text]) => (wanted.has(tag) ? text : [])).join(",");
}

function metadataOf(members: Members, pixels: PixelElement | undefined): string {
  const own = [...members.values()].join(",");
  if (pixels === undefined) return own;
  const key = tagKey(pixels.tag);
  return `${own},"${key}":{"vr":"${pixels.vr}","BulkDataURI":"bulk/${key}"}`;
}

function bulkPlace({ content, tag }: DataElement, path: readonly (string | number)[]): string | undefined {
  const isLarge = content.is === "fragments" || (content.is === "bytes" && content.bytes.length > inlineBytesMax);
  return isLarge || isPixels(tag) ? `bulk/${[...path, tagKey(tag)].join("/")}` : undefined;
}

function isPixels(tag: Tag): boolean {
  return tag === tags.pixelData || tag === tags.floatPixelData || tag === tags.doubleFloatPixelData;
}
