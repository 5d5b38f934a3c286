import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type DataElement, DataSet, makeElement } from "#standards/dicom";
import { phantomFile, uidFrom } from "#standards/phantoms";

const seriesOfStudy = 2;
const objectsOfSeries = 50;
const imagePixels = 8 * 8;
const mrImageStorage = "1.2.840.10008.5.1.4.1.1.4";

const families = [
  "Abbott",
  "Byrne",
  "Chowdhury",
  "Díaz",
  "Evans",
  "Fernández",
  "Goldstein",
  "Hughes",
  "Ibrahim",
  "Jones",
];
const givens = ["Ama", "Bethan", "Carlos", "Dylan", "Emeka", "Fatima", "Grace", "Hana", "Imran", "Jürgen", "Klara"];
const modalities = ["CT", "MR", "CR", "US", "MG"];

/** So many studies of two series of 50 objects of 1.3 kB, a folder a study; every fourth patient has several. */
export function writeMany(
  folder: string,
  { studies, firstStudy = 0 }: { readonly studies: number; readonly firstStudy?: number },
): void {
  for (let study = firstStudy; study < firstStudy + studies; study += 1) {
    const inside = join(folder, String(study).padStart(4, "0"));
    mkdirSync(inside);
    for (let series = 1; series <= seriesOfStudy; series += 1) {
      const common = dataSetOf({ ...studyOf(study), ...seriesOf(study, series) });
      for (let object = 1; object <= objectsOfSeries; object += 1)
        writeFileSync(join(inside, `${series}-${object}.dcm`), fileOf(common, { study, series, object }));
    }
  }
}

interface Place {
  readonly study: number;
  readonly series: number;
  readonly object: number;
}

function fileOf(common: DataSet, { study, series, object }: Place): Uint8Array {
  const sopInstance = uidFrom("many", study, series, object);
  const pixels = new Uint8Array(imagePixels * 2).map((_, at) => (at * 31 + object * 7 + study) & 0x0f);
  const own = dataSetOf({ SOPInstanceUID: [sopInstance], InstanceNumber: [object], PixelData: pixels });
  return phantomFile({ sopClass: mrImageStorage, sopInstance, dataSet: common.with(...own.elements) });
}

type Values = Readonly<Record<string, readonly (string | number)[] | Uint8Array>>;

function dataSetOf(values: Values): DataSet {
  const elements = Object.entries(values).map(([keyword, value]): DataElement => {
    const element = makeElement(keyword, value);
    if (element === undefined) throw new Error(`${keyword} is no attribute`);
    return element;
  });
  return new DataSet(elements.sort((one, other) => one.tag - other.tag));
}

function studyOf(study: number): Values {
  const patient = study % 4 === 3 ? study - (study % 8) : study;
  const two = (value: number) => String(value).padStart(2, "0");
  const [family = "", given = ""] = [families[patient % families.length], givens[(patient * 7) % givens.length]];
  return {
    SpecificCharacterSet: ["ISO_IR 192"],
    SOPClassUID: [mrImageStorage],
    StudyInstanceUID: [uidFrom("many", study)],
    StudyDate: [`20${two(10 + (study % 16))}${two(1 + (study % 12))}${two(1 + (study % 28))}`],
    StudyTime: [`${two(8 + (study % 10))}${two(study % 60)}00`],
    AccessionNumber: [`M${String(study).padStart(6, "0")}`],
    StudyID: [String(study)],
    StudyDescription: [`Made-up examination ${study % 37}`],
    ReferringPhysicianName: [`${families[study % 7]}^Doctor`],
    PatientName: [`${family}^${given}^${patient}`],
    PatientID: [`P${String(patient).padStart(7, "0")}`],
    IssuerOfPatientID: ["BENCH"],
    PatientBirthDate: [`19${two(20 + (patient % 80))}${two(1 + (patient % 12))}${two(1 + (patient % 28))}`],
    PatientSex: [patient % 2 === 0 ? "F" : "M"],
  };
}

function seriesOf(study: number, series: number): Values {
  return {
    SeriesInstanceUID: [uidFrom("many", study, series)],
    SeriesNumber: [series],
    Modality: [modalities[(study + series) % modalities.length] ?? "MR"],
    SeriesDescription: [`Series ${series}`],
    BodyPartExamined: [study % 2 === 0 ? "CHEST" : "HEAD"],
    StationName: [`STATION${study % 9}`],
    Manufacturer: ["Corridor"],
    ImageType: ["ORIGINAL", "PRIMARY", "OTHER"],
    ScanningSequence: ["SE"],
    SequenceVariant: ["NONE"],
    ScanOptions: [],
    MRAcquisitionType: ["2D"],
    RepetitionTime: [500],
    EchoTime: [12],
    EchoTrainLength: [1],
    SliceThickness: [5],
    PatientPosition: ["HFS"],
    FrameOfReferenceUID: [uidFrom("many", study, "frame")],
    PositionReferenceIndicator: [],
    ImagePositionPatient: [0, 0, 0],
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    SamplesPerPixel: [1],
    PhotometricInterpretation: ["MONOCHROME2"],
    Rows: [8],
    Columns: [8],
    BitsAllocated: [16],
    BitsStored: [12],
    HighBit: [11],
    PixelRepresentation: [0],
    PixelSpacing: [1, 1],
    WindowCenter: [1024],
    WindowWidth: [2048],
  };
}
