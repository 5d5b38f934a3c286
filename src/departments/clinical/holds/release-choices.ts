import { conflict, incorrect, type Problem } from "#kernel";
import { type GateRow, gates, isGateCode } from "../gates/gate-table.ts";
import type { LinkMessage } from "../messages/link-message.ts";

/** What may be done with a held message besides rejecting it. */
export interface ReleaseChoices {
  readonly asIs: boolean;
  readonly toPatient: boolean;
  /** How many people it takes to release it as it is. */
  readonly people: 1 | 2;
}

/** Results and orders may be given to another patient; what a message says of a patient may not. */
const ofPatient = /^(?:ORU|ORM|OML|OUL)\b/;

export function releaseChoices({ reasons, type = "" }: Pick<LinkMessage, "reasons" | "type">): ReleaseChoices {
  const rows = reasons.flatMap(({ code }): GateRow[] => (isGateCode(code) ? [gates[code]] : []));
  const isEvery = (...ways: readonly string[]) =>
    rows.length > 0 && rows.every(({ release }) => ways.includes(release));
  const isAny = rows.some(({ release }) => release === "either" || release === "to-patient");
  return {
    asIs: isEvery("as-is", "either"),
    toPatient: isAny && isEvery("as-is", "either", "to-patient") && ofPatient.test(type),
    people: rows.some(({ people }) => people === 2) ? 2 : 1,
  };
}

/** `release-not-possible`, `patient-needed`, `patient-not-to-choose`. */
export function releaseProblem(message: LinkMessage, patient: string | undefined): Problem | undefined {
  const { asIs, toPatient } = releaseChoices(message);
  if (!asIs && !toPatient) return notPossible;
  if (patient === undefined && !asIs) return patientNeeded;
  return patient !== undefined && !toPatient ? notToChoose : undefined;
}

const notPossible = conflict(
  "release-not-possible",
  "What holds this message cannot be put right here: reject it, or decide on the message before it.",
);
const patientNeeded = incorrect("patient-needed", "Say which patient the message is about.", { where: "patient" });
const notToChoose = incorrect(
  "patient-not-to-choose",
  "What holds this message has nothing to do with whose it is, so it keeps its patient.",
  { where: "patient" },
);
