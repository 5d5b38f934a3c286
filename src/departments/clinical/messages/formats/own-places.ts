import type { Problem } from "#kernel";
import type { Decision } from "../decide.ts";
import type { ForeignMessage } from "./foreign-message.ts";

/** The decision with what is wrong told by where the message itself says it, and not by the fields that gates know. */
export function inOwnPlaces(decision: Decision, foreign: ForeignMessage | undefined): Decision {
  if (foreign === undefined) return decision;
  const told = ({ where, ...problem }: Problem): Problem =>
    where === undefined ? problem : { ...problem, where: foreign.places[where] ?? where };
  const { outcome } = decision;
  const { refusals, remarks } = outcome;
  return { ...decision, outcome: { ...outcome, refusals: refusals.map(told), remarks: remarks.map(told) } };
}
