import { type Access, decidingForLink, workerActor } from "#access";
import { followMoves, retryUnmatched, studiesRound } from "#departments/clinical";
import type { ImageArchive, ImageCursor } from "#imaging";
import { type Log, limits } from "#kernel";
import type { CursorStore, HealthRecord } from "#record";
import { openRounds } from "../compose/rounds.ts";
import type { ShutdownStack } from "../compose/shutdown-stack.ts";

export interface StudiesNeeds {
  readonly access: Access;
  /** The whole record and archive. */
  readonly record: HealthRecord;
  readonly images: ImageArchive;
  readonly cursors: CursorStore;
  readonly log: Log;
  readonly stack: ShutdownStack;
}

const cursorName = "image-moves";

/** Writes the studies of the archive into the record, and follows what the record learns of them, while the stack is open. */
export function openStudies({ access, record, images, cursors, log, stack }: StudiesNeeds): void {
  const actor = decidingForLink(workerActor("image-filing"));
  const filing = () => studiesRound({ context: access.contextOf(actor), log });
  openRounds(
    { name: "image filing", firstMs: limits.imageFilingMs, everyMs: limits.imageFilingMs, round: filing },
    { log, stack },
  );
  const following = async () => {
    const after = await cursors.get(cursorName);
    const moved = await followMoves({ look: record, images }, after);
    if (moved.ok && moved.value !== after) await cursors.set(cursorName, moved.value);
    return moved;
  };
  openRounds(
    { name: "image moves", firstMs: limits.imageMovesMs, everyMs: limits.imageMovesMs, round: following },
    { log, stack },
  );
  let place: ImageCursor | undefined;
  const retrying = async () => {
    const retried = await retryUnmatched({ look: record, images }, place);
    if (retried.ok) place = retried.value;
    return retried;
  };
  openRounds(
    { name: "unmatched images", firstMs: limits.imageRetryMs, everyMs: limits.imageRetryMs, round: retrying },
    { log, stack },
  );
}
