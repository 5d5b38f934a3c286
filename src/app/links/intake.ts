import type { Meter, Result } from "#kernel";
import type { CursorStore } from "#record";
import type { CommittedMessages } from "./committed.ts";
import type { RecordFeed } from "./open-record.ts";
import type { Origin, ReceiverNeeds } from "./receiver.ts";

export interface IntakeNeeds extends ReceiverNeeds {
  /** Address that intakes listen on which name none. */
  readonly host: string;
  /** Where sequence numbers of links are kept. */
  readonly cursors: Pick<CursorStore, "get" | "set">;
  /** Where messages wait that are acknowledged before they are mapped. */
  readonly committed: Pick<CommittedMessages, "keep">;
  /** What is written here, for links that make messages of it; absent: there are none. */
  readonly feed?: RecordFeed;
  readonly meter: Meter;
  /** Called when `status` says something else than before. */
  statusChanged(): void;
}

/** Where messages of one link come in now. */
export interface OpenIntake {
  status(): IntakeStatus;
  /** `127.0.0.1:2575`, where it listens on an address of its own. */
  readonly address?: string;
  readonly port?: number;
  /** Takes a message that was brought to it, as those by HTTP are. Problems: unavailable `message-not-recorded`. */
  take?(message: Uint8Array, origin: Origin): Promise<Result<Uint8Array | undefined>>;
  /** Reads certificates again that may have been renewed; without them the old ones stay. Problems: those of the files. */
  reload?(): Promise<Result<void>>;
  /** Takes nothing more, answers what is under way, and settles when all is closed. Its port is free much sooner. */
  close(): Promise<void>;
}

export interface IntakeStatus {
  readonly isFailing: boolean;
  /** `listening on 127.0.0.1:2575` */
  readonly text: string;
  readonly connections: number;
  readonly connectionsMax: number;
}
