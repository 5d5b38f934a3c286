import type { Problem } from "#kernel";
import type { Refusal } from "../messages/gate.ts";
import { type GateSettings, outcomeOf } from "./gate-table.ts";
import { isWaived, type Ruling } from "./ruling.ts";

/** What is to be done about what gates have found. */
export interface Findings {
  /** Absent: the message goes on. */
  readonly refusal?: Refusal;
  /** What stays with a message that goes on. */
  readonly remarks: readonly Problem[];
}

export interface Weighing {
  readonly settings?: GateSettings | undefined;
  readonly ruling?: Ruling | undefined;
}

const nothing: Findings = { remarks: [] };

/** Rejection goes before holding. What somebody has waived is a remark. */
export function weighed(problems: readonly Problem[], { settings, ruling }: Weighing): Findings {
  if (problems.length === 0) return nothing;
  const outcome = ({ code }: Problem) => (isWaived(ruling, code) ? "accept" : outcomeOf(code, settings));
  const refusal =
    refusalOf(
      "rejected",
      problems.filter((each) => outcome(each) === "reject"),
    ) ??
    refusalOf(
      "held",
      problems.filter((each) => outcome(each) === "hold"),
    );
  const remarks = problems.filter((each) => outcome(each) === "accept");
  return refusal === undefined ? { remarks } : { refusal, remarks };
}

export function refusalOf(state: Refusal["state"], problems: readonly Problem[]): Refusal | undefined {
  const [first, ...rest] = problems;
  return first === undefined ? undefined : { state, problems: [first, ...rest] };
}
