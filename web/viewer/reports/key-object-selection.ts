import { codeItem, dataSetOf, ownFileBytes } from "#standards/dicom";
import type { JsonDataSet } from "../dicomweb/attributes.ts";
import { codes } from "./codes.ts";
import { compositeItem, conceptItem, imageItem, personItem, textItem } from "./content-items.ts";
import type { WrittenReport } from "./measurement-report.ts";
import { type Evidence, evidenceItem, evidenceOf, headOf, studyUidOf } from "./object-head.ts";

const keyObjectSelectionDocument = "1.2.840.10008.5.1.4.1.1.88.59";

export interface KeyImages {
  readonly of: JsonDataSet;
  readonly observer: string;
  readonly images: readonly Evidence[];
  /** The selection that this one takes the place of. */
  readonly before: Evidence | undefined;
  readonly now: Date;
}

/**
 * The key images of a study as a DICOM file. A selection names something: where no image is marked any more it names the selection
 * that no longer holds. Nothing where there is none. Source: PS3.16 TID 2010.
 */
export function keyObjectSelection({ of, observer, images, before, now }: KeyImages): WrittenReport | undefined {
  const named = images.length > 0 || before === undefined ? images : [before];
  if (named.length === 0) return undefined;
  const head = headOf({
    of,
    sopClass: keyObjectSelectionDocument,
    modality: "KO",
    seriesDescription: "Key images",
    seriesNumber: 9002,
    now,
  });
  const body = dataSetOf({
    ValueType: "CONTAINER",
    ConceptNameCodeSequence: [codeItem(codes.ofInterest)],
    ContinuityOfContent: "SEPARATE",
    ContentTemplateSequence: [dataSetOf({ MappingResource: "DCMR", TemplateIdentifier: "2010" })],
    CurrentRequestedProcedureEvidenceSequence: [evidenceItem(studyUidOf(of), named)],
    ContentSequence: [
      conceptItem({ relation: "HAS CONCEPT MOD", name: codes.language }, codes.english),
      conceptItem({ relation: "HAS OBS CONTEXT", name: codes.observerType }, codes.person),
      personItem({ relation: "HAS OBS CONTEXT", name: codes.observerName }, observer),
      textItem(
        { relation: "CONTAINS", name: codes.keyObjectDescription },
        images.length > 0 ? "Marked in the viewer of Corridor" : "No image is marked any more",
      ),
      ...named.map((one) => (images.length > 0 ? imageItem : compositeItem)({ relation: "CONTAINS" }, one)),
    ],
  });
  const evidence = evidenceOf(head);
  return { file: ownFileBytes(head.with(...body.elements)), evidence };
}
