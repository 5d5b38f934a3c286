import { codeItem, dataSetOf, ownFileBytes } from "#standards/dicom";
import type { JsonDataSet } from "../dicomweb/attributes.ts";
import { codes } from "./codes.ts";
import { conceptItem, imageItem, personItem, textItem } from "./content-items.ts";
import { type Evidence, evidenceItem, headOf, studyUidOf } from "./object-head.ts";

const keyObjectSelectionDocument = "1.2.840.10008.5.1.4.1.1.88.59";

interface KeyImages {
  readonly of: JsonDataSet;
  readonly observer: string;
  readonly images: readonly Evidence[];
  readonly now: Date;
}

/** The key images of a study as a DICOM file. Source: PS3.16 TID 2010. */
export function keyObjectSelection({ of, observer, images, now }: KeyImages): Uint8Array {
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
    CurrentRequestedProcedureEvidenceSequence: [evidenceItem(studyUidOf(of), images)],
    ContentSequence: [
      conceptItem({ relation: "HAS CONCEPT MOD", name: codes.language }, codes.english),
      conceptItem({ relation: "HAS OBS CONTEXT", name: codes.observerType }, codes.person),
      personItem({ relation: "HAS OBS CONTEXT", name: codes.observerName }, observer),
      textItem({ relation: "CONTAINS", name: codes.keyObjectDescription }, "Marked in the viewer of Corridor"),
      ...images.map((image) => imageItem({ relation: "CONTAINS" }, image)),
    ],
  });
  return ownFileBytes(head.with(...body.elements));
}
