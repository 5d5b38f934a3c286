import type { Images } from "#imaging";
import { type JsonObject, limits, ok, type Result } from "#kernel";
import { readDicomJson } from "#standards/dicom";
import type { StudyMarkName } from "../../api/image-retention.ts";
import { DicomValues } from "../studies/dicom-values.ts";
import { ofStudy } from "../studies/of-study.ts";

/** Key Object Selection Document. Source: PS3.6 Table A-1. */
const keyObjectSelection = "1.2.840.10008.5.1.4.1.1.88.59";

/** Titles that say that a study is used for more than its patient's care. Source: PS3.16 CID 7010; IHE RAD TCE. */
const titles: Readonly<Record<string, StudyMarkName>> = { "113004": "teaching", "113009": "research" };

/** For what a key object selection among a study's objects keeps it; `json` is what is known of the study. */
export async function selectedFor(
  images: Pick<Images, "find">,
  { study, json }: { readonly study: string; readonly json: string },
): Promise<Result<StudyMarkName | undefined>> {
  if (!new DicomValues(json).texts("SOPClassesInStudy").includes(keyObjectSelection)) return ok(undefined);
  const match = [
    ofStudy(study),
    { path: [sopClassUid], test: { is: "one-of", values: [keyObjectSelection] } },
  ] as const;
  const found = await images.find({ level: "instance", match, include: "all", limit: limits.imageRowsMax });
  if (!found.ok) return found;
  for (const row of found.value.rows) {
    const { dataSet } = readDicomJson(JSON.parse(row.json) as JsonObject);
    const [title] = dataSet.items("ConceptNameCodeSequence");
    const isDicom = title?.text("CodingSchemeDesignator") === "DCM";
    const mark = isDicom ? titles[title?.text("CodeValue") ?? ""] : undefined;
    if (mark !== undefined) return ok(mark);
  }
  return ok(undefined);
}

/** (0008,0016) */
const sopClassUid = 0x0008_0016;
