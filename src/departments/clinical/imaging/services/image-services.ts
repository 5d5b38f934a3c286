import { type DimseService, type QueryExtensions, sopClasses } from "#standards/dimse";
import { worklistServices } from "../worklist/index.ts";
import { type CommitmentNeeds, commit } from "./commitment.ts";
import { findImages } from "./find-images.ts";
import type { NodeCaller } from "./node-caller.ts";
import { getImages, moveImages, type RetrievalNeeds } from "./retrieve-images.ts";
import { storeImage } from "./store-images.ts";

export type ImageServicesNeeds = RetrievalNeeds & CommitmentNeeds;

/** Keys of other levels are matched at every level, and words of names by their beginnings where that is wanted. */
const extensions: QueryExtensions = {
  isRelational: true,
  hasCombinedDateTime: false,
  hasFuzzyNames: true,
  hasTimezoneAdjustment: false,
};

/** Everything that other DICOM nodes may ask of Corridor. */
export function imageServices(needs: ImageServicesNeeds): readonly DimseService<NodeCaller>[] {
  const { patientRootFind, studyRootFind, patientStudyOnlyFind } = sopClasses;
  const { patientRootMove, studyRootMove, patientStudyOnlyMove } = sopClasses;
  const { patientRootGet, studyRootGet, patientStudyOnlyGet } = sopClasses;
  return [
    { sopClasses: [sopClasses.verification] },
    { sopClasses: "storage", store: storeImage },
    {
      sopClasses: [patientRootFind, studyRootFind, patientStudyOnlyFind],
      extensions,
      find: (request) => findImages(request, needs.ownAeTitle),
    },
    {
      sopClasses: [patientRootMove, studyRootMove, patientStudyOnlyMove],
      extensions,
      move: (request) => moveImages(request, needs),
    },
    {
      sopClasses: [patientRootGet, studyRootGet, patientStudyOnlyGet],
      extensions,
      get: (request) => getImages(request, needs),
    },
    { sopClasses: [sopClasses.storageCommitmentPush], normalized: (request) => commit(request, needs) },
    ...worklistServices<NodeCaller>(({ association }) => association.caller.context),
  ];
}
