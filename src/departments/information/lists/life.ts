/** Where an item stands. The first six are the life of a request, the last three that of an entry of a register. */
export const itemStates = [
  "received",
  "acknowledged",
  "in-work",
  "waiting",
  "done",
  "refused",
  "draft",
  "in-force",
  "retired",
] as const;

export type ItemState = (typeof itemStates)[number];

export const openStates: readonly ItemState[] = ["received", "acknowledged", "in-work", "waiting"];

/** Something may still be due of it: an entry of a register that is in force is reviewed. */
export function isOpen(state: ItemState): boolean {
  return openStates.includes(state) || state === "draft" || state === "in-force";
}

export const stepNames = [
  "acknowledge",
  "begin",
  "wait",
  "resume",
  "extend",
  "mark",
  "unmark",
  "report",
  "not-report",
  "finish",
  "refuse",
  "reopen",
  "approve",
  "review",
  "retire",
] as const;

export type StepName = (typeof stepNames)[number];

export interface Step {
  readonly title: string;
  readonly from: readonly ItemState[];
  /** Absent: the state stays. */
  readonly to?: ItemState;
  /** It is refused without a reason. */
  readonly needsWhy?: true;
  /** What the reason is called where people give it. */
  readonly why?: string;
  /** It takes one of the list's outcomes. */
  readonly needsOutcome?: true;
}

/** Every step that there is, in the order in which it is offered. Which of them a list knows, its definition says. */
export const steps: Readonly<Record<StepName, Step>> = {
  acknowledge: { title: "Acknowledge", from: ["received"], to: "acknowledged" },
  begin: { title: "Begin work", from: ["received", "acknowledged"], to: "in-work" },
  wait: {
    title: "Stop the clock",
    from: ["received", "acknowledged", "in-work"],
    to: "waiting",
    needsWhy: true,
    why: "What is waited for, and from whom",
  },
  resume: { title: "Let the clock go on", from: ["waiting"], to: "in-work", why: "What came" },
  extend: {
    title: "Extend the time",
    from: openStates,
    needsWhy: true,
    why: "Why it needs longer, as the person was told",
  },
  mark: {
    title: "Mark the patient's record",
    from: [...openStates, "done"],
    needsWhy: true,
    why: "What may not be done with the record",
  },
  unmark: {
    title: "Take the mark away",
    from: [...openStates, "done", "refused"],
    needsWhy: true,
    why: "Why it no longer holds",
  },
  report: { title: "Reported to the ICO", from: openStates, needsWhy: true, why: "The ICO's reference" },
  "not-report": {
    title: "Need not be reported",
    from: openStates,
    needsWhy: true,
    why: "Why a risk to people is unlikely",
  },
  finish: {
    title: "Finish",
    from: ["acknowledged", "in-work"],
    to: "done",
    needsOutcome: true,
    why: "What was answered",
  },
  refuse: {
    title: "Refuse",
    from: openStates,
    to: "refused",
    needsWhy: true,
    why: "The ground, as the person was told",
  },
  reopen: { title: "Open again", from: ["done", "refused", "retired"], to: "in-work", needsWhy: true, why: "Why" },
  approve: { title: "Approve", from: ["draft", "in-work"], to: "in-force", why: "Comment" },
  review: { title: "Reviewed", from: ["in-force"], needsWhy: true, why: "What the review found" },
  retire: { title: "Retire", from: ["draft", "in-force"], to: "retired", needsWhy: true, why: "Why it has ended" },
};
