import type { AttributeMatch, ImageCursor, Images, MatchTest } from "#imaging";
import { failed, incorrect, limits, notFound, ok, type Result } from "#kernel";
import { tagNamed } from "#standards/dicom";

/** Which studies: by their UIDs, or all that meet what else is named. */
export interface StudyChoice {
  readonly studies?: readonly string[];
  readonly patientId?: string;
  readonly accession?: string;
  /** `CT` */
  readonly modality?: string;
  /** `20260302`; either end may be open. */
  readonly from?: string;
  readonly to?: string;
}

/** Their UIDs. Problems: incorrect `studies-unnamed`, `studies-too-many`; not-found `image-not-found`; those of the archive. */
export async function chosenStudies(
  images: Pick<Images, "find">,
  choice: StudyChoice,
): Promise<Result<readonly string[]>> {
  const match = matchOf(choice);
  const named = choice.studies ?? [];
  if (match.length === 0 && named.length === 0) return failed(unnamed);
  const found = new Set(named);
  let after: ImageCursor | undefined;
  do {
    if (match.length === 0) break;
    const query = { level: "study", match, limit: limits.imageRowsMax, ...(after && { after }) } as const;
    const page = await images.find(query);
    if (!page.ok) return page;
    for (const { uids } of page.value.rows) if (uids.study !== undefined) found.add(uids.study);
    after = page.value.next;
  } while (after !== undefined && found.size <= limits.exportStudiesMax);
  if (found.size > limits.exportStudiesMax) return failed(tooMany);
  return found.size === 0 ? failed(nothing) : ok([...found]);
}

const unnamed = incorrect(
  "studies-unnamed",
  "Say which studies: by UID, patient, accession number, modality or dates.",
);
const tooMany = incorrect("studies-too-many", `One export holds ${limits.exportStudiesMax} studies at most.`);
const nothing = notFound("image-not-found", "There is no such study, or none that may be used for this.");

function matchOf({ patientId, accession, modality, from, to }: StudyChoice): readonly AttributeMatch[] {
  const one = (keyword: string, value: string | undefined) =>
    tested(keyword, value && { is: "one-of", values: [value] });
  const dates = { is: "range", ...(from && { from }), ...(to && { to }) } as const;
  return [
    one("PatientID", patientId),
    one("AccessionNumber", accession),
    one("ModalitiesInStudy", modality),
    tested("StudyDate", from || to ? dates : undefined),
  ].flat();
}

function tested(keyword: string, test: MatchTest | "" | undefined): readonly AttributeMatch[] {
  const tag = tagNamed(keyword);
  return tag === undefined || test === undefined || test === "" ? [] : [{ path: [tag], test }];
}
