import type { AckCode, AckStage } from "./ack-codes.ts";
import type { Header } from "./header.ts";

/** HL7 table 0155: always, never, on error or rejection only, on success only. */
export type AckCondition = "AL" | "NE" | "ER" | "SU";

/** Which acknowledgements the sender of a message wants. */
export interface AckTerms {
  readonly mode: "original" | "enhanced";
  /** MSH-15: the receiver has it safely (CA), or does not take it (CE, CR). */
  readonly commit: AckCondition;
  /** MSH-16: the receiver has processed it (AA), or could not (AE, AR). */
  readonly application: AckCondition;
}

/** How a link goes about it: as each message says, or always in one mode. */
export type AckModeSetting = "original" | "enhanced" | "by-message";

/** Original mode is enhanced mode without a commit and with every application acknowledgement. */
export const originalTerms: AckTerms = { mode: "original", commit: "NE", application: "AL" };

/**
 * The terms of a message. Both fields empty: original mode, or, on a link that is always enhanced, everything. One of
 * them empty: never. A value that is none of table 0155 counts as always, since an answer too many is better than none.
 * Source: HL7 v2.5.1 §2.9.2, §2.9.3, §2.15.9.15, §2.15.9.16.
 */
export function ackTerms(header: Header | undefined, setting: AckModeSetting = "by-message"): AckTerms {
  const commit = header?.acceptAcknowledgement.toUpperCase() ?? "";
  const application = header?.applicationAcknowledgement.toUpperCase() ?? "";
  const isSilent = commit === "" && application === "";
  if (setting === "original" || (setting === "by-message" && isSilent)) return originalTerms;
  if (isSilent) return { mode: "enhanced", commit: "AL", application: "AL" };
  return { mode: "enhanced", commit: conditionNamed(commit), application: conditionNamed(application) };
}

function conditionNamed(text: string): AckCondition {
  if (text === "") return "NE";
  return text === "NE" || text === "ER" || text === "SU" ? text : "AL";
}

/** Whether an acknowledgement is sent under a condition. */
export function isAckWanted(condition: AckCondition, code: AckCode): boolean {
  switch (condition) {
    case "AL":
      return true;
    case "NE":
      return false;
    case "ER":
      return !isAcceptance(code);
    case "SU":
      return isAcceptance(code);
  }
}

export function isAcceptance(code: AckCode): boolean {
  return code === "AA" || code === "CA";
}

/** What the sender of a message knows of it so far. */
export type AckProgress =
  | {
      readonly is: "waiting";
      readonly stage: AckStage;
      /** What it means when nothing comes any more. */
      readonly silence: "accepted" | "unanswered";
    }
  | { readonly is: "accepted" }
  | { readonly is: "refused" };

/**
 * How the sender of a message starts to wait.
 *
 * | MSH-15 | MSH-16 | waits for   | silence means |
 * |--------|--------|-------------|---------------|
 * | AL SU  | any    | commit      | unanswered    |
 * | ER NE  | AL SU  | application | unanswered    |
 * | ER NE  | ER     | application | accepted      |
 * | ER     | NE     | commit      | accepted      |
 * | NE     | NE     | nothing     | –             |
 *
 * Source: HL7 v2.5.1 §2.9.3.
 */
export function beginWaiting({ commit, application }: AckTerms): AckProgress {
  if (commit === "AL" || commit === "SU") return { is: "waiting", stage: "commit", silence: "unanswered" };
  if (application !== "NE") return waitingForApplication(application);
  return commit === "ER" ? { is: "waiting", stage: "commit", silence: "accepted" } : { is: "accepted" };
}

/**
 * What an acknowledgement that names the message says to whoever waits for it.
 *
 * |             | CA                                 | CE CR   | AA       | AE AR   |
 * |-------------|------------------------------------|---------|----------|---------|
 * | commit      | application, or accepted when none | refused | accepted | refused |
 * | application | waits on; accepted in original mode| refused | accepted | refused |
 *
 * An application acknowledgement ends the matter even where the receiver has left the commit out.
 */
export function takeAck(progress: AckProgress, code: AckCode, terms: AckTerms): AckProgress {
  if (progress.is !== "waiting") return progress;
  if (!isAcceptance(code)) return { is: "refused" };
  if (code === "AA" || terms.mode === "original") return { is: "accepted" };
  if (progress.stage === "application") return progress;
  return terms.application === "NE" ? { is: "accepted" } : waitingForApplication(terms.application);
}

function waitingForApplication(condition: AckCondition): AckProgress {
  return { is: "waiting", stage: "application", silence: condition === "ER" ? "accepted" : "unanswered" };
}

/** An answer that somebody sends where messages are taken. Nobody answers it. */
export function isAcknowledgement(header: Header | undefined): boolean {
  return header?.type.code === "ACK" || header?.type.code === "MCF";
}
