import { fault, type Log, ok, type Result } from "#kernel";
import type { HealthRecord } from "#record";
import { type Decision, decide, refusedDecision } from "../messages/decide.ts";
import type { LinkRules } from "./rules.ts";
import { isTaken, type StoredMessage } from "./stored-message.ts";

export interface DecidingAnew {
  readonly record: HealthRecord;
  readonly rules: LinkRules;
  /** The offsets of the hospital's clock. */
  offsetMinutesAt(localTime: string): number;
  readonly log: Log;
}

/** What would be done with a message by these rules, with what the record holds by now. Writes nothing. Problems: those of the record. */
export async function decideAnew(
  { id, version, message, sent, ruling }: StoredMessage,
  { record, rules, offsetMinutesAt, log }: DecidingAnew,
): Promise<Result<Decision>> {
  const isImpostor = !isTaken(message) && message.reasons.some(({ code }) => code === "control-id-reused");
  const isPassedOn = rules.routing?.isRecorded === false;
  const kept = { id, version, message, isImpostor };
  const given = { record, sent, kept, offsetMinutesAt, safeguards: rules.safeguards, isPassedOn };
  try {
    return await decide(ruling === undefined ? given : { ...given, ruling });
  } catch (error) {
    log.error("a message could not be mapped", { message: id, error: error instanceof Error ? error : undefined });
    const problems = [fault("mapping-fault", "The mapping of this message failed.")] as const;
    return ok(refusedDecision({ state: "held", problems }));
  }
}
