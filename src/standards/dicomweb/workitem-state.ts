import { conflict, failed, incorrect, ok, type Result } from "#kernel";

/** Source: PS3.4 §CC.1.1. */
const workitemStates = ["SCHEDULED", "IN PROGRESS", "COMPLETED", "CANCELED"] as const;
export type WorkitemState = (typeof workitemStates)[number];

export function isWorkitemState(text: string | undefined): text is WorkitemState {
  return (workitemStates as readonly (string | undefined)[]).includes(text);
}

export interface StateRequest {
  readonly from: WorkitemState;
  readonly to: string | undefined;
  /** The transaction that holds the work item; undefined while it is scheduled. */
  readonly held: string | undefined;
  /** The transaction that the request names. */
  readonly named: string | undefined;
}

/** `same` where it is in that state already, which is answered by a warning. */
export type StateChange = "changed" | "same";

/**
 * Whether a work item may go to a state. Problems: `transaction-missing` and `state-unknown` (incorrect), `transaction-wrong`,
 * `already-completed`, `already-canceled`, `not-started`, `already-started` (conflicts).
 * Source: PS3.4 Table CC.1.1-2; PS3.18 §11.7.
 */
export function changeState({ from, to, held, named }: StateRequest): Result<StateChange> {
  if (named === undefined) return failed(missing);
  if (!isWorkitemState(to) || to === "SCHEDULED") {
    const message = "A work item is set to IN PROGRESS, COMPLETED or CANCELED.";
    return failed(incorrect("state-unknown", message, { where: "(0074,1000)" }));
  }
  if (from === to && from !== "IN PROGRESS") return ok("same");
  switch (from) {
    case "COMPLETED":
      return failed(conflict("already-completed", "The work item is already in the state of COMPLETED."));
    case "CANCELED":
      return failed(conflict("already-canceled", "The work item is already in the state of CANCELED."));
    case "SCHEDULED":
      return to === "IN PROGRESS" ? ok("changed") : failed(notStarted);
    case "IN PROGRESS":
      if (held !== named) return failed(wrong);
      return to === "IN PROGRESS" ? failed(alreadyStarted) : ok("changed");
  }
}

/** Whether what is in a state may be changed by who names a transaction. Problems: as those of `changeState`. */
export function mayUpdate({ from, held, named }: Omit<StateRequest, "to">): Result<void> {
  if (from === "COMPLETED" || from === "CANCELED") {
    const code = from === "COMPLETED" ? "already-completed" : "already-canceled";
    return failed(conflict(code, `The work item is already in the state of ${from}.`));
  }
  if (from === "SCHEDULED") return named === undefined ? ok(undefined) : failed(wrong);
  if (named === undefined) return failed(missing);
  return held === named ? ok(undefined) : failed(wrong);
}

const transactionTag = { where: "(0008,1195)" };
const missing = incorrect("transaction-missing", "The Transaction UID is missing.", transactionTag);
const wrong = conflict("transaction-wrong", "The Transaction UID is incorrect.", transactionTag);
const notStarted = conflict("not-started", "The work item is not in progress, and cannot be finished.");
const alreadyStarted = conflict("already-started", "The work item is already in the state of IN PROGRESS.");
