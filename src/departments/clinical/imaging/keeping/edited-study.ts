import { type LevelEdit, studyOf, studyTags } from "#imaging";
import { failed, incorrect, type JsonObject, ok, type Problem, type Result } from "#kernel";
import {
  attributeOf,
  type DataElement,
  type DataSet,
  dicomJson,
  makeElement,
  readDicomJson,
  tagNamed,
  tagText,
} from "#standards/dicom";

/** What may be shown otherwise than it was received: who the patient is, and what the study is called. */
export const editableKeywords = [
  "PatientName",
  "PatientID",
  "IssuerOfPatientID",
  "PatientBirthDate",
  "PatientSex",
  "AccessionNumber",
  "StudyDate",
  "StudyTime",
  "StudyID",
  "StudyDescription",
  "ReferringPhysicianName",
] as const;

/** Attributes by which it is decided whom a study is about. */
export const identifyingKeywords: ReadonlySet<string> = new Set([
  "PatientName",
  "PatientID",
  "IssuerOfPatientID",
  "PatientBirthDate",
  "AccessionNumber",
]);

/** Source: PS3.5 §6.2. */
const forms: Readonly<Record<string, { readonly pattern: RegExp; readonly says: string }>> = {
  DA: { pattern: /^(\d{8})?$/, says: "a date as YYYYMMDD" },
  TM: { pattern: /^(\d{2}(\d{2}(\d{2}(\.\d{1,6})?)?)?)?$/, says: "a time as HHMMSS" },
  CS: { pattern: /^[A-Z0-9 _]{0,16}$/, says: "at most 16 capital letters, digits, blanks and underscores" },
  SH: { pattern: /^[^\\\p{Cc}]{0,16}$/u, says: "at most 16 characters without a backslash" },
  LO: { pattern: /^[^\\\p{Cc}]{0,64}$/u, says: "at most 64 characters without a backslash" },
  PN: { pattern: /^[^\\\p{Cc}]{0,194}$/u, says: "a name as FAMILY^GIVEN without a backslash" },
};

/**
 * The study's values as they are to be shown: as received, with these in their place. Problems: `attribute-not-editable`,
 * `attribute-invalid`, each with its tag.
 */
export function editedStudy(
  { uid, metadata }: { readonly uid: string; readonly metadata: string },
  attributes: Readonly<Record<string, string>>,
): Result<LevelEdit> {
  const received = studyPart(metadata);
  const problems: Problem[] = [];
  const elements: DataElement[] = [];
  for (const [keyword, value] of Object.entries(attributes)) {
    const element = elementOf(keyword, value);
    if (element.ok) elements.push(element.value);
    else problems.push(...element.problems);
  }
  const [first, ...rest] = problems;
  if (first !== undefined) return failed(first, ...rest);
  const shown = received.with(...elements);
  const { attributes: _, uid: __, ...study } = studyOf(shown, uid);
  return ok({ attributes: JSON.stringify(dicomJson(shown)).slice(1, -1), study });
}

function studyPart(metadata: string): DataSet {
  const { dataSet } = readDicomJson(JSON.parse(`{${metadata}}`) as JsonObject);
  return dataSet.replacedBy(dataSet.elements.filter(({ tag }) => studyTags.has(tag)));
}

function elementOf(keyword: string, value: string): Result<DataElement> {
  const tag = tagNamed(keyword);
  if (tag === undefined || !(editableKeywords as readonly string[]).includes(keyword))
    return failed(incorrect("attribute-not-editable", `${keyword} is not among what may be shown otherwise.`));
  const where = tagText(tag);
  const form = forms[attributeOf(tag)?.vr ?? ""];
  const text = value.trim();
  const element = makeElement(tag, text === "" ? [] : [text]);
  if (element === undefined || form === undefined || !form.pattern.test(text))
    return failed(incorrect("attribute-invalid", `${keyword} takes ${form?.says ?? "another value"}.`, { where }));
  return ok(element);
}
