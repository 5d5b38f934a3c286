import type { Context } from "#access";
import {
  type DimseRequest,
  type DimseService,
  type NormalizedOperation,
  type NormalizedReply,
  type QueryExtensions,
  sopClasses,
} from "#standards/dimse";
import { commitmentReported } from "../routing/commitment.ts";
import { worklistServices } from "../worklist/index.ts";
import { type CommitmentNeeds, commit } from "./commitment.ts";
import { findImages } from "./find-images.ts";
import type { NodeCaller } from "./node-caller.ts";
import { getImages, moveImages, type RetrievalNeeds } from "./retrieve-images.ts";
import { storeImage } from "./store-images.ts";

export interface ImageServicesNeeds extends RetrievalNeeds, CommitmentNeeds {
  /** Sees what was sent, whoever asks, and writes what is told of it. */
  readonly keeper: Context;
}

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
    { sopClasses: [sopClasses.storageCommitmentPush], normalized: (request) => committing(request, needs) },
    ...worklistServices<NodeCaller>(({ association }) => association.caller.context),
  ];
}

/** Others ask Corridor to commit to what they sent, and report on what Corridor asked them. */
function committing(
  request: DimseRequest<NodeCaller> & NormalizedOperation,
  needs: ImageServicesNeeds,
): Promise<NormalizedReply> {
  if (request.operation === "N-EVENT-REPORT") return commitmentReported(needs.keeper, request);
  return commit(request, needs);
}
