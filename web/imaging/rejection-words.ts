import type { RejectionCode } from "#departments/clinical/api";

/** Why images are hidden, in plain words. Source: PS3.16 CID 7011. */
export const rejectionWords: Readonly<Record<RejectionCode, string>> = {
  "113001": "Poor quality",
  "113037": "Danger to the patient if it were used",
  "113038": "Made under the wrong patient or order",
  "113039": "Kept longer than it needs to be",
};

export const rejectionCodes = Object.keys(rejectionWords) as readonly RejectionCode[];
