import { ok, type Result } from "#kernel";
import { type HealthRecord, type KindDefinition, noEntries, type Operation, parseBody } from "#record";
import { sound } from "./sound.ts";

export const watchCursorKind = "WatchCursor";
const cursorId = "messages";

/**
 * How far the messages have been followed. Everything that watching writes is written together with this, from where it was
 * when it was decided: so of two processes, or of one that was killed and started again, nothing is written twice.
 */
export type WatchCursor = {
  readonly position: number;
  /** Grows with each write. */
  readonly round: number;
};

export interface KnownCursor extends WatchCursor {
  /** 0: there is none yet. */
  readonly version: number;
}

/** Where there is none yet, messages are followed from now on. Problems: those of the record. */
export async function readWatchCursor(
  record: Pick<HealthRecord, "readMany" | "position">,
): Promise<Result<KnownCursor>> {
  const position = await record.position();
  const found = await record.readMany([{ kind: watchCursorKind, id: cursorId }]);
  if (!found.ok) return found;
  const [version] = found.value;
  if (version === undefined) return ok({ position, round: 0, version: 0 });
  return ok({ ...parseBody<WatchCursor>(version), version: version.version });
}

/** The write that belongs to every transaction of watching. */
export function cursorMoved({ version, position, round }: KnownCursor, to: number = position): Operation {
  const body: WatchCursor = { position: to, round: round + 1 };
  return { action: "update", kind: watchCursorKind, id: cursorId, body, ifMatch: version };
}

export const watchCursorDefinition: KindDefinition = {
  kind: watchCursorKind,
  check: ({ position, round }) => sound(Number.isSafeInteger(position) && Number.isSafeInteger(round), watchCursorKind),
  index: () => noEntries,
};
