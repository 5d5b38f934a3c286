import { failed, incorrect, ok, type Result, unsupported } from "#kernel";
import {
  codeItem,
  type DataElement,
  type DataSet,
  dataSetOf,
  explicitLittle,
  ownFile,
  type Part10File,
  type Part10Reading,
} from "#standards/dicom";
import { earliestYear } from "../dates.ts";
import { type PatientNames, patientKeyOf } from "../patients.ts";
import { identifierKey, type Keyed } from "../project.ts";
import type { RuleSet } from "../rule.ts";
import type { RuleCounts } from "../walking.ts";
import { walkDataSet } from "./attributes.ts";
import { pictureOf } from "./burnt-in.ts";
import { isVideo } from "./codestream.ts";
import { withCleanOverlays } from "./overlays.ts";
import { peopleIn } from "./people.ts";
import { cleanedPixels, isNothing, type PixelWork } from "./pixels.ts";
import { methodCodes } from "./profile.ts";

const dicomDir = "1.2.840.10008.1.3.10";

/** Whom an image is of; none where it says nothing. */
export function patientsOfImage({ dataSet }: Part10File): readonly PatientNames[] {
  const others = dataSet.items("OtherPatientIDsSequence").flatMap((item) => item.texts("PatientID"));
  const identifiers = [...dataSet.texts("PatientID"), ...dataSet.texts("OtherPatientIDs"), ...others];
  const key = patientKeyOf(identifiers);
  return key === undefined ? [] : [{ key, names: identifiers.map(identifierKey).filter((name) => name !== "") }];
}

export interface ImageNeeds {
  readonly ruleSet: RuleSet;
  readonly keyed: Keyed;
  readonly counts: RuleCounts;
  /** The key of the patient whom it is known to be of, see `patientKeyOf`; absent: as its own identifiers say. */
  readonly patientKey?: string;
}

/**
 * A DICOM file without what identifies people, by the Basic Application Level Confidentiality Profile and the options of the
 * rules; a deflated one is written unpacked. What could not be read whole is refused. Problems: those of reading;
 * `dicom-not-whole`; those of `deidentifyHeader` and `cleanedPixels`. Source: PS3.15 Annex E.
 */
export function deidentifyImage(reading: Part10Reading, needs: ImageNeeds): Result<Part10File> {
  const { file, isWhole, problems } = reading;
  if (file === undefined) return failed(problems[0] ?? incorrect("not-dicom", "It is no DICOM file."));
  if (!isWhole) return failed(incorrect("dicom-not-whole", "The file is not whole, or makes no sense at some place."));
  const header = deidentifyHeader(file, { ...needs, hasPixels: file.dataSet.get("PixelData") !== undefined });
  if (!header.ok) return header;
  if (isNothing(header.value.pixels)) return ok(header.value.file);
  const pixels = cleanedPixels(file.dataSet, header.value.pixels);
  if (!pixels.ok) return pixels;
  return ok({ ...header.value.file, dataSet: header.value.file.dataSet.with(pixels.value) });
}

export interface DeidentifiedHeader {
  readonly file: Part10File;
  /** What must be done to its pixels before they follow; the file says already that it was. */
  readonly pixels: PixelWork;
}

/**
 * The same of a file of which what stands before the pixels has been read, and whose pixels, if it has any, follow. Problems:
 * `dicomdir`; `video`; those of `pictureOf`.
 */
export function deidentifyHeader(
  file: Part10File,
  needs: ImageNeeds & { readonly hasPixels: boolean },
): Result<DeidentifiedHeader> {
  if (
    file.meta.text("MediaStorageSOPClassUID") === dicomDir ||
    file.dataSet.get("DirectoryRecordSequence") !== undefined
  )
    return failed(unsupported("dicomdir", "A DICOMDIR names files and patients: make a new one of the new files."));
  if (isVideo(file.syntax.uid)) return failed(unsupported("video", "A video may have sound in it."));
  const { ruleSet, keyed, counts, hasPixels } = needs;
  const { options, pixels: rules } = ruleSet.images;
  const picture = pictureOf(file.dataSet, { rules, options, hasPixels });
  if (!picture.ok) return picture;
  const { pixels, overlays } = picture.value;
  const walk = {
    ruleSet,
    keyed,
    counts,
    days: keyed.shiftDays(needs.patientKey ?? patientKeyIn(file, keyed)),
    yearMin: earliestYear(keyed.project.year),
    people: peopleIn(file.dataSet),
  };
  const left = file.dataSet.replacedBy(walkDataSet(withCleanOverlays(file.dataSet, overlays), walk));
  countPicture(counts, pixels);
  return ok({ file: fileOf(file, left.with(...marksOf(ruleSet, pixels.black.length > 0))), pixels });
}

function countPicture(counts: RuleCounts, { black, isSpareEmptied, isFaceRemoved }: PixelWork): void {
  if (black.length > 0) counts.add("DICOM pixel regions", black.length);
  if (isSpareEmptied) counts.add("DICOM overlays in pixels");
  if (isFaceRemoved) counts.add("DICOM faces");
}

function patientKeyIn(file: Part10File, { project }: Keyed): string {
  const names = patientsOfImage(file)[0];
  const known = names?.names.map((name) => project.patients.get(name)).find((key) => key !== undefined);
  return known ?? names?.key ?? "";
}

/** Says of itself how it was de-identified. */
function marksOf({ title, images, dates }: RuleSet, isBlackened: boolean): readonly DataElement[] {
  const chosen = ["basic", ...images.options, ...(isBlackened ? ["clean-pixels"] : [])] as const;
  const codes = chosen.map((name) => {
    const [code, meaning] = methodCodes[name as keyof typeof methodCodes];
    return codeItem({ value: code, scheme: "DCM", meaning });
  });
  const marks = dataSetOf({
    PatientIdentityRemoved: "YES",
    DeidentificationMethod: `Corridor: ${title}`,
    DeidentificationMethodCodeSequence: codes,
    // PS3.15 §E.3.1.
    BurnedInAnnotation: isBlackened ? "NO" : undefined,
    // PS3.15 §E.3.2.
    RecognizableVisualFeatures: images.options.includes("clean-recognizable-features") ? "NO" : undefined,
    LongitudinalTemporalInformationModified: temporal(images, dates),
  });
  return marks.elements;
}

/** Source: PS3.3 §C.7.1.6, (0028,0303). */
function temporal({ options }: RuleSet["images"], dates: RuleSet["dates"]): string {
  if (options.includes("full-dates")) return "UNMODIFIED";
  return dates === "dateShift" ? "MODIFIED" : "REMOVED";
}

/** Nothing of the preamble, the meta information or what stood behind the data set goes on. */
function fileOf({ syntax }: Part10File, dataSet: DataSet): Part10File {
  return ownFile(dataSet, syntax.isDeflated ? explicitLittle : syntax);
}
