/** A key of a directory record: 1 must have a value, 2 may be empty, 3 is left out where it is. Source: PS3.3 §F.5. */
export type RecordKey = readonly [keyword: string, type: 1 | 2 | 3];

export const patientKeys: readonly RecordKey[] = [
  ["PatientName", 2],
  ["PatientID", 1],
  ["PatientBirthDate", 3],
  ["PatientSex", 3],
];

export const studyKeys: readonly RecordKey[] = [
  ["StudyDate", 1],
  ["StudyTime", 1],
  ["AccessionNumber", 2],
  ["StudyDescription", 2],
  ["StudyInstanceUID", 1],
  ["StudyID", 1],
];

export const seriesKeys: readonly RecordKey[] = [
  ["Modality", 1],
  ["SeriesDescription", 3],
  ["SeriesInstanceUID", 1],
  ["SeriesNumber", 1],
];

export interface RecordType {
  /** Of (0004,1430). */
  readonly name: string;
  readonly keys: readonly RecordKey[];
}

const content: readonly RecordKey[] = [
  ["ContentDate", 1],
  ["ContentTime", 1],
  ["InstanceNumber", 1],
];

const image: RecordType = { name: "IMAGE", keys: [["InstanceNumber", 1]] };
const registration: RecordType = {
  name: "REGISTRATION",
  keys: [...content, ["ContentLabel", 1], ["ContentDescription", 2], ["ContentCreatorName", 2]],
};
const plan: RecordType = {
  name: "RT PLAN",
  keys: [
    ["InstanceNumber", 1],
    ["RTPlanLabel", 1],
    ["RTPlanDate", 2],
    ["RTPlanTime", 2],
  ],
};
const treatment: RecordType = {
  name: "RT TREAT RECORD",
  keys: [
    ["InstanceNumber", 1],
    ["TreatmentDate", 2],
    ["TreatmentTime", 2],
  ],
};

/** By what stands behind 1.2.840.10008.5.1.4.1.1, the longest beginning first. What is in none of them is an image. */
const types: readonly (readonly [beginning: string, type: RecordType])[] = [
  ["88.59", { name: "KEY OBJECT DOC", keys: [...content, ["ConceptNameCodeSequence", 1]] }],
  [
    "88",
    {
      name: "SR DOCUMENT",
      keys: [
        ["InstanceNumber", 1],
        ["CompletionFlag", 1],
        ["VerificationFlag", 1],
        ["ContentDate", 1],
        ["ContentTime", 1],
        ["VerificationDateTime", 3],
        ["ConceptNameCodeSequence", 1],
      ],
    },
  ],
  [
    "104",
    {
      name: "ENCAP DOC",
      keys: [
        ["ContentDate", 2],
        ["ContentTime", 2],
        ["InstanceNumber", 1],
        ["DocumentTitle", 2],
        ["ConceptNameCodeSequence", 2],
        ["MIMETypeOfEncapsulatedDocument", 1],
      ],
    },
  ],
  [
    "11",
    {
      name: "PRESENTATION",
      keys: [
        ["InstanceNumber", 1],
        ["PresentationCreationDate", 1],
        ["PresentationCreationTime", 1],
        ["ContentLabel", 1],
        ["ContentDescription", 2],
        ["ContentCreatorName", 2],
        ["ReferencedSeriesSequence", 3],
      ],
    },
  ],
  ["9", { name: "WAVEFORM", keys: content }],
  [
    "481.2",
    {
      name: "RT DOSE",
      keys: [
        ["InstanceNumber", 1],
        ["DoseSummationType", 1],
      ],
    },
  ],
  [
    "481.3",
    {
      name: "RT STRUCTURE SET",
      keys: [
        ["InstanceNumber", 1],
        ["StructureSetLabel", 1],
        ["StructureSetDate", 2],
        ["StructureSetTime", 2],
      ],
    },
  ],
  ["481.5", plan],
  ["481.8", plan],
  ["481.4", treatment],
  ["481.6", treatment],
  ["481.7", treatment],
  ["481.9", treatment],
  ["66.1", registration],
  ["66.3", registration],
  [
    "66.2",
    { name: "FIDUCIAL", keys: [...content, ["ContentLabel", 1], ["ContentDescription", 2], ["ContentCreatorName", 2]] },
  ],
  [
    "66.5",
    {
      name: "SURFACE",
      keys: [
        ["InstanceNumber", 1],
        ["ContentDate", 1],
        ["ContentTime", 1],
        ["ContentLabel", 1],
        ["ContentDescription", 2],
        ["ContentCreatorName", 2],
      ],
    },
  ],
  [
    "67",
    {
      name: "VALUE MAP",
      keys: [...content, ["ContentLabel", 1], ["ContentDescription", 2], ["ContentCreatorName", 2]],
    },
  ],
  [
    "4.2",
    { name: "SPECTROSCOPY", keys: [["ImageType", 1], ...content, ["NumberOfFrames", 1], ["Rows", 1], ["Columns", 1]] },
  ],
  ["77.1.5.3", { name: "STEREOMETRIC", keys: [] }],
];

const rawData: RecordType = { name: "RAW DATA", keys: content };
const storage = "1.2.840.10008.5.1.4.1.1.";

/**
 * The type of record that an object has below its series. Undefined for one of an unknown class without rows and columns: a
 * directory has no record for it. Source: PS3.3 Table F.4-1, PS3.4 Table B.5-1.
 */
export function recordTypeOf(sopClass: string, hasPixels: boolean): RecordType | undefined {
  if (!sopClass.startsWith(storage)) return hasPixels ? image : undefined;
  const rest = sopClass.slice(storage.length);
  if (rest === "66") return rawData;
  const found = types.find(([beginning]) => rest === beginning || rest.startsWith(`${beginning}.`));
  return found?.[1] ?? (hasPixels ? image : undefined);
}
