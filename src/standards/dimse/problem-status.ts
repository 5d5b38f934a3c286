import type { Problem, ProblemCategory } from "#kernel";
import { type Status, statuses } from "./status.ts";

/** What a problem is in the words of an operation. */
type Codes = Readonly<Record<ProblemCategory, number>>;

export type AnsweredOperation = "C-ECHO" | "C-STORE" | "C-FIND" | "C-MOVE" | "C-GET" | "N";

/** The table of this door. Source: PS3.7 Annex C; PS3.4 Tables B.2-1, C.4-1, C.4-2, C.4-3. */
const table: Readonly<Record<AnsweredOperation, Codes>> = {
  "C-ECHO": codes({}),
  "C-STORE": codes({
    incorrect: statuses.unableToProcess,
    "not-found": statuses.unableToProcess,
    conflict: statuses.duplicateSopInstance,
    unsupported: statuses.sopClassNotSupported,
    busy: statuses.outOfResources,
    unavailable: statuses.outOfResources,
  }),
  "C-FIND": codes({
    incorrect: statuses.dataSetDoesNotMatchSopClass,
    "not-found": statuses.unableToProcess,
    conflict: statuses.unableToProcess,
    unsupported: statuses.sopClassNotSupported,
    busy: statuses.outOfResources,
    unavailable: statuses.outOfResources,
  }),
  "C-MOVE": retrieval(),
  "C-GET": retrieval(),
  N: codes({
    incorrect: statuses.invalidArgumentValue,
    "not-found": statuses.noSuchSopInstance,
    conflict: statuses.duplicateSopInstance,
    unsupported: statuses.noSuchSopClass,
    busy: statuses.resourceLimitation,
    unavailable: statuses.resourceLimitation,
  }),
};

function codes(own: Partial<Codes>): Codes {
  const failure = statuses.processingFailure;
  return {
    incorrect: failure,
    forbidden: statuses.notAuthorized,
    "not-found": failure,
    conflict: failure,
    unsupported: failure,
    busy: failure,
    unavailable: failure,
    fault: failure,
    ...own,
  };
}

function retrieval(): Codes {
  return codes({
    incorrect: statuses.dataSetDoesNotMatchSopClass,
    "not-found": statuses.unableToProcess,
    conflict: statuses.unableToProcess,
    unsupported: statuses.sopClassNotSupported,
    busy: statuses.outOfResourcesMatches,
    unavailable: statuses.outOfResourcesSubOperations,
  });
}

/** A problem as the status that an operation is answered with; of a bug nothing is told but that there is one. */
export function statusOf(problem: Problem, operation: AnsweredOperation): Status {
  const code = table[operation][problem.category];
  if (problem.category === "fault") return { code, comment: "An error in Corridor; its log has the details" };
  return { code, comment: problem.message.slice(0, 64) };
}
