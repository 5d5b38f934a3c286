/** How an operation ended, or goes on. Source: PS3.7 Annex C. */
export interface Status {
  /** (0000,0900) */
  readonly code: number;
  /** (0000,0902), at most 64 characters; holds no personal data. */
  readonly comment?: string;
  /** (0000,0901): the tags that the status is about. */
  readonly offending?: readonly number[];
  /** (0000,0903) */
  readonly errorId?: number;
}

export type StatusKind = "success" | "pending" | "cancelled" | "warning" | "failure";

/** Source: PS3.7 Annex C, and of the services PS3.4 Tables B.2-1, C.4-1, C.4-2, C.4-3, K.4.1-1, F.7.2-2, F.8.2-2. */
export const statuses = {
  success: 0x0000,
  /** N-services: an optional attribute was not taken, the rest was. */
  attributeListWarning: 0x0107,
  noSuchAttribute: 0x0105,
  invalidAttributeValue: 0x0106,
  processingFailure: 0x0110,
  duplicateSopInstance: 0x0111,
  noSuchSopInstance: 0x0112,
  noSuchEventType: 0x0113,
  noSuchArgument: 0x0114,
  invalidArgumentValue: 0x0115,
  attributeValueOutOfRange: 0x0116,
  invalidSopInstance: 0x0117,
  noSuchSopClass: 0x0118,
  classInstanceConflict: 0x0119,
  missingAttribute: 0x0120,
  missingAttributeValue: 0x0121,
  sopClassNotSupported: 0x0122,
  noSuchActionType: 0x0123,
  notAuthorized: 0x0124,
  duplicateInvocation: 0x0210,
  unrecognizedOperation: 0x0211,
  mistypedArgument: 0x0212,
  resourceLimitation: 0x0213,
  outOfResources: 0xa700,
  outOfResourcesMatches: 0xa701,
  outOfResourcesSubOperations: 0xa702,
  moveDestinationUnknown: 0xa801,
  /** Also C-FIND and C-MOVE: the identifier does not fit the SOP class. */
  dataSetDoesNotMatchSopClass: 0xa900,
  coercionOfDataElements: 0xb000,
  elementsDiscarded: 0xb006,
  dataSetDoesNotMatchSopClassWarning: 0xb007,
  /** C-MOVE and C-GET: complete, with sub-operations that failed. */
  subOperationsFailed: 0xb000,
  /** C-STORE: cannot understand. C-FIND and C-MOVE: unable to process. */
  unableToProcess: 0xc000,
  cancelled: 0xfe00,
  pending: 0xff00,
  /** Pending, and an optional key was not matched by. */
  pendingWithUnsupportedKeys: 0xff01,
} as const;

export const success: Status = { code: statuses.success };
export const cancelled: Status = { code: statuses.cancelled };

/** A code that the standard does not list is a failure. Source: PS3.7 §C.1 to §C.5. */
export function statusKind(code: number): StatusKind {
  if (code === 0) return "success";
  if (code === 0xff00 || code === 0xff01) return "pending";
  if (code === 0xfe00) return "cancelled";
  const isWarning = code === 0x0001 || code === 0x0107 || code === 0x0116 || (code & 0xf000) === 0xb000;
  return isWarning ? "warning" : "failure";
}
