import type { MessageDecision } from "../messages/link-message.ts";

/** What people have decided about a message that was held, for the message to be decided on anew. */
export interface Ruling {
  /** Codes of the reasons that hold it no longer: those that it was held for. */
  readonly waived: ReadonlySet<string>;
  /** Id of the patient that it is released to; absent: whoever its numbers say. */
  readonly patientId?: string;
  /** Who decided, oldest first; empty where a machine tries again. */
  readonly decisions: readonly MessageDecision[];
}

export function isWaived(ruling: Ruling | undefined, code: string): boolean {
  return ruling?.waived.has(code) === true;
}
