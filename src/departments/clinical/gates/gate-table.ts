/** What becomes of a message that a gate finds something in. `accept`: it goes on, and the finding stays with it. */
export type GateOutcome = "accept" | "hold" | "reject";

/** What a person may do with a message that a gate holds, besides rejecting it. */
export type Release =
  /** Taken as it says. */
  | "as-is"
  /** Only with a patient chosen for it. */
  | "to-patient"
  /** Either of the two. */
  | "either"
  /** Nothing: the sender has to send it right, or an earlier message has to be decided on. */
  | "none";

export interface GateRow {
  /** A few words for a list: `NHS number with a wrong check digit`. */
  readonly title: string;
  /** What the gate does unless the settings of the link say otherwise. */
  readonly outcome: GateOutcome;
  /** What the settings may make of it. Alone: nobody may loosen or tighten it. */
  readonly choices: readonly GateOutcome[];
  readonly release: Release;
  /** How many people it takes to release the message as it is. To a chosen patient it always takes two. */
  readonly people: 1 | 2;
}

const fixed = ["hold"] as const;
const stopped = ["hold", "reject"] as const;
const stoppedOrNoticed = ["hold", "accept", "reject"] as const;
const noticed = ["accept", "hold"] as const;

/** By the code of the problem that a gate finds. docs/operate/gates.md says of each why it is there. */
export const gates = {
  "control-id-reused": row("Control id used before", fixed, "as-is"),
  "segment-break-missing": row("Line end missing between segments", stopped, "none"),
  "nhs-number-check-digit": row("NHS number with a wrong check digit", stopped, "either"),
  "patient-not-identified": row("No number of the patient", fixed, "to-patient"),
  "several-patients-match": row("Numbers of several patients", fixed, "to-patient"),
  "identity-conflict": row("Number of somebody else", fixed, "either", 2),
  "belongs-to-another-patient": row("Laboratory number of another patient", fixed, "either", 2),
  "specimen-not-named": row("Specimen not named", fixed, "none"),
  "sender-not-agreed": row("Sender not agreed", stoppedOrNoticed, "as-is"),
  "type-not-agreed": row("Type of message not agreed", stoppedOrNoticed, "as-is"),
  "version-not-agreed": row("HL7 version not agreed", stoppedOrNoticed, "as-is"),
  "processing-not-agreed": row("Not for production", stoppedOrNoticed, "as-is"),
  "nhs-number-required": row("No NHS number", stoppedOrNoticed, "either"),
  "birth-date-in-future": row("Date of birth in the future", stoppedOrNoticed, "as-is"),
  "report-time-in-future": row("Reported in the future", stoppedOrNoticed, "as-is"),
  "time-in-future": row("Time in the future", noticed, "as-is"),
  "patient-deceased": row("Patient has died", noticed, "either"),
  "patient-merged": row("Patient merged into another", noticed, "either"),
  "wrong-patient": row("Result taken off a patient", noticed, "as-is"),
  "result-deleted": row("Result deleted by its sender", noticed, "as-is"),
  "unknown-code": row("Code or unit that no map knows", noticed, "as-is"),
  "held-behind": row("Waits for an earlier message", fixed, "none"),
  "mapping-fault": row("Mapping failed", fixed, "as-is"),
  "resource-invalid": row("Mapping made something invalid", fixed, "as-is"),
} as const satisfies Readonly<Record<string, GateRow>>;

export type GateCode = keyof typeof gates;

/** What a link does otherwise than the table, as far as the table lets it: `{ "time-in-future": "hold" }`. */
export type GateSettings = Readonly<Partial<Record<GateCode, GateOutcome>>>;

export function isGateCode(code: string): code is GateCode {
  return Object.hasOwn(gates, code);
}

/** A setting that the table does not allow has no effect. A problem of no gate holds. */
export function outcomeOf(code: string, settings: GateSettings = {}): GateOutcome {
  if (!isGateCode(code)) return "hold";
  const gate: GateRow = gates[code];
  const chosen = settings[code];
  return chosen !== undefined && gate.choices.includes(chosen) ? chosen : gate.outcome;
}

/** The first choice is what happens unless the settings say otherwise. */
function row(title: string, choices: readonly GateOutcome[], release: Release, people: 1 | 2 = 1): GateRow {
  return { title, outcome: choices[0] ?? "hold", choices, release, people };
}
