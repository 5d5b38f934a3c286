import { failed, ok, type Result, unsupported } from "#kernel";
import type { DataSet } from "#standards/dicom";
import type { PixelRule, Rectangle } from "./image-rules.ts";
import { outside } from "./rectangles.ts";

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
 * What to blacken in an image, by every rule that it meets; nothing where its flag says that nothing is written into it. Problems,
 * all `unsupported`: `burnt-in-annotation` where something is, or may be, and no rule knows where; `recognizable-features`;
 * `encapsulated-document`; `regions-missing` where a rule goes by regions that the image does not name.
 * Source: PS3.15 §E.3.1, §E.3.2; PS3.3 §C.7.6.1 (Burned In Annotation).
 */
export function rectanglesOf(
  dataSet: DataSet,
  { rules, hasPixels }: { readonly rules: readonly PixelRule[]; readonly hasPixels: boolean },
): Result<readonly Rectangle[]> {
  if (document.test(dataSet.text("SOPClassUID") ?? ""))
    return failed(unsupported("encapsulated-document", "A document within DICOM cannot be de-identified."));
  if (dataSet.text("RecognizableVisualFeatures") === "YES")
    return failed(unsupported("recognizable-features", "People can be recognised in the picture.", flag("0302")));
  if (!hasPixels) return ok([]);
  const meant = rules.filter(({ where }) =>
    Object.entries(where).every(([keyword, text]) => String(dataSet.text(keyword) ?? dataSet.number(keyword)) === text),
  );
  if (meant.length > 0) return rectanglesBy(meant, dataSet);
  const said = dataSet.text("BurnedInAnnotation");
  if (said === "NO" || (said === undefined && !mayBeWrittenOver(dataSet))) return ok([]);
  const why = said === "YES" ? "Something is written into the picture" : "Something may be written into the picture";
  return failed(unsupported("burnt-in-annotation", `${why}, and no rule names the region.`, flag("0301")));
}

function rectanglesBy(rules: readonly PixelRule[], dataSet: DataSet): Result<readonly Rectangle[]> {
  const named = rules.flatMap(({ black }) => black);
  if (!rules.some(({ isBlackOutsideRegions }) => isBlackOutsideRegions === true)) return ok(named);
  const regions = measuredRegions(dataSet);
  const [width, height] = [dataSet.number("Columns"), dataSet.number("Rows")];
  if (regions.length > 0 && width !== undefined && height !== undefined)
    return ok([...named, ...outside(regions, { x: 0, y: 0, width, height })]);
  const message = "The rule goes by the regions of the ultrasound picture, and the image names none.";
  return failed(unsupported("regions-missing", message, { where: "(0018,6011)" }));
}

function measuredRegions(dataSet: DataSet): readonly Rectangle[] {
  return dataSet.items("SequenceOfUltrasoundRegions").flatMap((item) => {
    const [x, y, right, bottom] = ["X0", "Y0", "X1", "Y1"].map((edge, index) =>
      item.number(`RegionLocation${index < 2 ? "Min" : "Max"}${edge}`),
    );
    if (x === undefined || y === undefined || right === undefined || bottom === undefined) return [];
    return right < x || bottom < y ? [] : [{ x, y, width: right - x + 1, height: bottom - y + 1 }];
  });
}

function mayBeWrittenOver(dataSet: DataSet): boolean {
  const modality = dataSet.text("Modality") ?? "OT";
  return writtenOver.includes(modality) || secondaryCapture.test(dataSet.text("SOPClassUID") ?? "");
}

function flag(element: string) {
  return { where: `(0028,${element})` };
}
