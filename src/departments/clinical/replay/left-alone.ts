import { mappingFor } from "../messages/mapping.ts";
import { isTaken, isWaitingForMapping, type StoredMessage } from "./stored-message.ts";

/** Why the record is left as it is by a message, whatever its mapping would say. */
export type LeftCode =
  | "not-mapped-yet"
  | "refused-by-person"
  | "waits-for-second-person"
  | "merge"
  | "not-taken-before"
  | "no-link";

export const leftTexts: Readonly<Record<LeftCode, string>> = {
  "not-mapped-yet": "It has just come in, and waits to be mapped the first time.",
  "refused-by-person": "A person has refused it for good.",
  "waits-for-second-person": "A release of it waits for a second person: decide on it on the page of held messages.",
  merge: "It joins or parts patients, which is done once: see the merges.",
  "not-taken-before": "It was never taken, so it goes nowhere: replay it into the record as well.",
  "no-link": "There is no link of this name any more.",
};

/** What people decide is not decided by a replay, and what has been done to patients is not done again. */
export function leftAlone({ message, sent }: StoredMessage): LeftCode | undefined {
  if (isWaitingForMapping(message)) return "not-mapped-yet";
  const last = message.decisions?.at(-1);
  if (last?.action === "reject") return "refused-by-person";
  if (last?.isProposal === true && message.state === "held") return "waits-for-second-person";
  const mapping = sent.header === undefined ? undefined : mappingFor(sent.header);
  return isTaken(message) && mapping?.merging !== undefined ? "merge" : undefined;
}
