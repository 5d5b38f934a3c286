import { failed, ok, type Result, unsupported } from "#kernel";
import type { DataSet } from "#standards/dicom";
import { faceIn } from "./face.ts";
import type { PixelRule, Rectangle } from "./image-rules.ts";
import { hasOverlaysInPixels } from "./overlays.ts";
import type { PixelWork } from "./pixels.ts";
import type { ImageOption } from "./profile.ts";
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
const sound = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.9\.4\./;
const document = /^1\.2\.840\.10008\.5\.1\.4\.1\.1\.104\./;

export interface Looking {
  readonly rules: readonly PixelRule[];
  readonly options: readonly ImageOption[];
  readonly hasPixels: boolean;
}

/** What has to be done to what can be seen. */
export interface Picture {
  readonly pixels: PixelWork;
  /** What must be empty in overlays; undefined where none may stay. */
  readonly overlays: readonly Rectangle[] | undefined;
}

/**
 * What to do to an image's pixels and overlays, by every rule that it meets; nothing where its flag says that nothing is written
 * into it. Problems, all `unsupported`: `burnt-in-annotation` where something is, or may be, and no rule knows where;
 * `recognizable-features` where people may be recognised; `encapsulated-document`; `sound`; `regions-missing` where a rule goes by
 * regions that the image does not name. Source: PS3.15 §E.3.1 to §E.3.3; PS3.3 §C.7.6.1 (Burned In Annotation).
 */
export function pictureOf(dataSet: DataSet, { rules, options, hasPixels }: Looking): Result<Picture> {
  const sopClass = dataSet.text("SOPClassUID") ?? "";
  if (document.test(sopClass))
    return failed(unsupported("encapsulated-document", "A document within DICOM cannot be de-identified."));
  if (sound.test(sopClass)) return failed(unsupported("sound", "A recording of sound has voices in it."));
  const meant = rules.filter(({ where }) =>
    Object.entries(where).every(([keyword, text]) => String(dataSet.text(keyword) ?? dataSet.number(keyword)) === text),
  );
  const face = isFaceRemoved(dataSet, { meant, options, hasPixels });
  if (!face.ok) return face;
  const black = hasPixels ? blackOf(meant, dataSet) : ok([]);
  if (!black.ok) return black;
  const overlays = options.includes("clean-graphics") && meant.some(({ isForOverlays }) => isForOverlays === true);
  const named = overlays ? rectanglesBy(meant, dataSet) : ok(undefined);
  if (!named.ok) return named;
  const isSpareEmptied = hasPixels && hasOverlaysInPixels(dataSet);
  return ok({
    pixels: { black: black.value, isSpareEmptied, isFaceRemoved: face.value },
    overlays: named.value,
  });
}

interface Meant extends Pick<Looking, "options" | "hasPixels"> {
  readonly meant: readonly PixelRule[];
}

function isFaceRemoved(dataSet: DataSet, { meant, options, hasPixels }: Meant): Result<boolean> {
  const isWanted = options.includes("clean-recognizable-features");
  const said = dataSet.text("RecognizableVisualFeatures") === "YES";
  if (!isWanted) return said ? failed(recognizable) : ok(false);
  if (!(hasPixels || said) || meant.some(({ isForFaces }) => isForFaces === true)) return ok(false);
  const face = faceIn(dataSet);
  return face === "perhaps" ? failed(recognizable) : ok(face === "head");
}

const recognizable = unsupported("recognizable-features", "People can be recognised in the picture.", flag("0302"));

function blackOf(meant: readonly PixelRule[], dataSet: DataSet): Result<readonly Rectangle[]> {
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
