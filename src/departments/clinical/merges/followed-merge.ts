import { conflict, type Problem } from "#kernel";
import type { Identifier, Patient } from "#standards/fhir";
import { identifierKey } from "../patients/match.ts";
import { ownNumbers } from "./placed-patient.ts";
import { recordedFor } from "./recorded-for.ts";

/** How a message came to its patient where numbers were given up for those of another. */
export interface FollowedMerge {
  /** No number of the patient's own is in the message: what it says of the person is about who they were before. */
  readonly isOnlyOld: boolean;
  /** `merged-number`. */
  readonly remarks: readonly Problem[];
  /** The patients that were merged into this one: `Patient/7c…`. */
  readonly members: readonly string[];
}

const notFollowed: FollowedMerge = { isOnlyOld: false, remarks: [], members: [] };

export function followedMerge(sent: readonly Identifier[], patient: Patient | undefined): FollowedMerge {
  const members = patient?.link
    ?.filter(({ type }) => type === "replaces")
    .flatMap(({ other }) => other.reference ?? []);
  if (patient === undefined || members === undefined || members.length === 0) return notFollowed;
  const own = new Set(ownNumbers(patient).map(identifierKey));
  const old = new Set(
    (patient.identifier ?? []).filter((number) => recordedFor(number) !== undefined).map(identifierKey),
  );
  const keys = sent.map(identifierKey);
  const isOld = keys.some((key) => old.has(key));
  return { isOnlyOld: isOld && !keys.some((key) => own.has(key)), remarks: isOld ? [mergedNumber] : [], members };
}

const mergedNumber = conflict(
  "merged-number",
  "The message has a number that was given up for another patient's; it was recorded for that patient.",
  { where: "PID[1]-3" },
);
