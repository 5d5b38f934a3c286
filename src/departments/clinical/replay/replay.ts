import type { BlobHash } from "#record";
import type { MessageChoice, Person, ReplayCounts, ReplayInto, ReplayStart, ReplayState } from "../api/replays.ts";

export const replayKind = "Replay";

/**
 * Messages that are taken, or sent on, once more: the body of a document of kind `Replay`. How far it is stands here, and is
 * written in the commit of each message, so nothing is done twice wherever it is interrupted.
 */
export type Replay = {
  readonly state: ReplayState;
  readonly choice: MessageChoice;
  readonly into: ReplayInto;
  readonly destinations?: readonly string[];
  readonly again: boolean;
  readonly controlIds: "same" | "new";
  readonly askedBy: Person;
  readonly askedAt: string;
  /** Of the links' configuration when it was asked for; 0: none was ever deployed. */
  readonly configurationVersion: number;
  /** A JSON list of the ids of the messages, in the order in which they arrived. Absent until they are chosen. */
  readonly messages?: BlobHash;
  readonly total?: number;
  readonly done: number;
  /** A `ReplayPreview` as JSON. */
  readonly preview?: BlobHash;
  readonly started?: ReplayStart;
  readonly counts: ReplayCounts;
  readonly ended?: { readonly by?: Person; readonly at: string; readonly why?: string };
  readonly problem?: { readonly code: string; readonly message: string };
};

export const noCounts: ReplayCounts = { changed: 0, unchanged: 0, refused: 0, sent: 0, notSent: 0 };

/** A replay in one of these is worked on; in all others it rests. */
export const replayStatesUnderWay: readonly ReplayState[] = ["previewing", "running"];
