import { failed, ok, type Result, unsupported } from "#kernel";
import type { DataSet } from "#standards/dicom";
import type { PixelRegion } from "./image-rules.ts";

/** Modalities whose machines write names into the picture, or photograph people. */
const writtenOver: readonly string[] = [
  "US",
  "SC",
  "OT",
  "XC",
  "ES",
  "ECG",
  "DOC",
  "GM",
  "OP",
  "OPT",
  "DG",
  "SR",
  "PR",
];
const secondaryCapture = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.7(?:\.|$)/;
const document = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.104\./;

/**
 * The regions to blacken in an image; none where its flag says that nothing is written into it. Problems, all `unsupported`:
 * `burnt-in-annotation` where something is, or may be, and no rule names the region; `recognizable-features`;
 * `encapsulated-document`. Source: PS3.15 §E.3.1, §E.3.2; PS3.3 §C.7.6.1 (Burned In Annotation).
 */
export function regionsOf(dataSet: DataSet, regions: readonly PixelRegion[]): Result<readonly PixelRegion[]> {
  if (document.test(dataSet.text("SOPClassUID") ?? ""))
    return failed(unsupported("encapsulated-document", "A document within DICOM cannot be de-identified."));
  if (dataSet.text("RecognizableVisualFeatures") === "YES")
    return failed(unsupported("recognizable-features", "People can be recognised in the picture.", flag("0302")));
  const meant = regions.filter(({ where }) =>
    Object.entries(where).every(([keyword, text]) => String(dataSet.text(keyword) ?? dataSet.number(keyword)) === text),
  );
  if (meant.length > 0 || dataSet.get("PixelData") === undefined) return ok(meant);
  const said = dataSet.text("BurnedInAnnotation");
  if (said === "NO" || (said === undefined && !mayBeWrittenOver(dataSet))) return ok([]);
  const why = said === "YES" ? "Something is written into the picture" : "Something may be written into the picture";
  return failed(unsupported("burnt-in-annotation", `${why}, and no rule names the region.`, flag("0301")));
}

function mayBeWrittenOver(dataSet: DataSet): boolean {
  const modality = dataSet.text("Modality") ?? "OT";
  return writtenOver.includes(modality) || secondaryCapture.test(dataSet.text("SOPClassUID") ?? "");
}

function flag(element: string) {
  return { where: `(0028,${element})` };
}
