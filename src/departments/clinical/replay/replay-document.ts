import { failed, fault, type JsonObject, ok, type Result } from "#kernel";
import { type Blob, type HealthRecord, type Operation, parseBody, type Version } from "#record";
import { type Replay, replayKind } from "./replay.ts";

/** A replay, and the version of it that was read. */
export interface KnownReplay {
  readonly id: string;
  readonly version: number;
  readonly replay: Replay;
}

/** Problems: not-found; those of the record. */
export async function readReplay(record: Pick<HealthRecord, "read">, id: string): Promise<Result<KnownReplay>> {
  const read = await record.read(replayKind, id);
  return read.ok ? ok(knownReplay(read.value)) : read;
}

export function knownReplay(version: Version): KnownReplay {
  // The record's own members are set anew with each version.
  const { resourceType: _type, id: _id, meta: _meta, ...replay } = parseBody<Replay & OwnMembers>(version);
  return { id: version.id, version: version.version, replay };
}

export type OwnMembers = { readonly resourceType?: unknown; readonly id?: unknown; readonly meta?: unknown };

/** Fails when somebody else has written it meanwhile: so nobody goes on with what was paused. */
export function replayWrite({ id, version }: Pick<KnownReplay, "id" | "version">, replay: Replay): Operation {
  return { action: "update", kind: replayKind, id, body: replay as unknown as JsonObject, ifMatch: version };
}

/** Problems: conflict `version-conflict`; those of the record. */
export async function writeReplay(
  record: Pick<HealthRecord, "transact">,
  known: Pick<KnownReplay, "id" | "version">,
  { replay, blobs = [] }: { readonly replay: Replay; readonly blobs?: readonly Blob[] },
): Promise<Result<KnownReplay>> {
  const written = await record.transact({ operations: [replayWrite(known, replay)], blobs });
  if (!written.ok) return written;
  const [outcome] = written.value;
  return outcome === undefined
    ? failed(fault("replay-not-written", "The write of a replay had no outcome."))
    : ok({ ...known, version: outcome.version.version, replay });
}
