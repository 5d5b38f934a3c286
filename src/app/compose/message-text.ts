import { type Access, workerActor } from "#access";
import { writeWordFiles } from "#departments/clinical";
import { limits } from "#kernel";
import type { HealthRecord } from "#record";
import { openRounds, type RoundsNeeds } from "./rounds.ts";

export interface MessageTextNeeds extends RoundsNeeds {
  /** The whole record: the words of every message are taken. */
  readonly record: HealthRecord;
  readonly access: Access;
}

/** Files the words of messages, by which they are found. */
export function openMessageText({ record, access, ...needs }: MessageTextNeeds): void {
  const context = access.contextOf(workerActor("message-text"));
  const round = () => writeWordFiles({ look: record, context });
  openRounds(
    { name: "message-text", firstMs: limits.wordFilesRoundMs, everyMs: limits.wordFilesRoundMs, round },
    needs,
  );
}
