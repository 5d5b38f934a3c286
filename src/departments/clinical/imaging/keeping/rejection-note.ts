import type { Context } from "#access";
import type { JsonObject } from "#kernel";
import { limits, ok, type Result } from "#kernel";
import { type DataSet, readDicomJson } from "#standards/dicom";
import { rejectionReasons } from "../../api/image-keeping.ts";
import { ofStudy } from "../studies/of-study.ts";

/** Key Object Selection Document. Source: PS3.6 Table A-1. */
const keyObjectSelection = "1.2.840.10008.5.1.4.1.1.88.59";

/**
 * Rejection notes among a study's objects: what they name is hidden, and so is the note itself, which is done then.
 * Source: IHE RAD TF-2 §4.66 (IOCM), PS3.16 TID 2010 and CID 7011.
 */
export async function applyRejectionNotes({ images }: Context, study: string): Promise<Result<void>> {
  const { keeping } = images;
  if (!keeping.ok) return keeping;
  const match = [
    ofStudy(study),
    { path: [sopClassUid], test: { is: "one-of", values: [keyObjectSelection] } },
  ] as const;
  const notes = await images.find({ level: "instance", match, include: "all", limit: limits.imageRowsMax });
  if (!notes.ok) return notes;
  for (const { json, uids } of notes.value.rows) {
    const { dataSet } = readDicomJson(JSON.parse(json) as JsonObject);
    const code = reasonOf(dataSet);
    if (code === undefined) continue;
    for (const instance of [...namedBy(dataSet), uids.instance ?? ""]) {
      const rejected = await keeping.value.reject(instance, code);
      if (!rejected.ok && rejected.problems[0].category !== "not-found") return rejected;
    }
  }
  return ok(undefined);
}

const sopClassUid = 0x0008_0016;

function reasonOf(dataSet: DataSet): string | undefined {
  const [title] = dataSet.items("ConceptNameCodeSequence");
  const code = title?.text("CodeValue");
  const isDicom = title?.text("CodingSchemeDesignator") === "DCM";
  return isDicom && code !== undefined && Object.hasOwn(rejectionReasons, code) ? code : undefined;
}

function namedBy(dataSet: DataSet): readonly string[] {
  return dataSet
    .items("CurrentRequestedProcedureEvidenceSequence")
    .flatMap((study) => study.items("ReferencedSeriesSequence"))
    .flatMap((series) => series.items("ReferencedSOPSequence"))
    .map((object) => object.text("ReferencedSOPInstanceUID") ?? "")
    .filter((uid) => uid !== "");
}
