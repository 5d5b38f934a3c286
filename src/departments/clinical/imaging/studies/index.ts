export { fileStudy, imagingStudyId } from "./file-study.ts";
export { type FollowNeeds, followMoves, retryUnmatched } from "./follow-record.ts";
export { type ConflictReason, conflictReasons } from "./match-study.ts";
export { type StudiesRoundNeeds, studiesRound } from "./studies-round.ts";
