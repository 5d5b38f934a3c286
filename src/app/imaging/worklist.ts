import { type Access, decidingForLink, workerActor } from "#access";
import { usualWorklistRules, worklistRound } from "#departments/clinical";
import { type Log, limits } from "#kernel";
import type { CursorStore, HealthRecord } from "#record";
import { openRounds } from "../compose/rounds.ts";
import type { ShutdownStack } from "../compose/shutdown-stack.ts";

export interface WorklistNeeds {
  readonly access: Access;
  /** The whole record. */
  readonly record: HealthRecord;
  readonly cursors: CursorStore;
  readonly log: Log;
  readonly stack: ShutdownStack;
}

/** Keeps the worklist of the modalities as the orders are, while the stack is open. */
export function openWorklist({ access, record, cursors, log, stack }: WorklistNeeds): void {
  const actor = decidingForLink(workerActor("worklist"));
  const round = () =>
    worklistRound({ look: record, context: access.contextOf(actor), rules: usualWorklistRules, cursors, log });
  const everyMs = limits.worklistRoundMs;
  openRounds({ name: "worklist", firstMs: everyMs, everyMs, round }, { log, stack });
}
