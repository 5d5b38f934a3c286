import { failed, fault, type JsonObject, ok, type Result } from "#kernel";
import { type Blob, type HealthRecord, parseBody, type Version } from "#record";
import type { OwnMembers } from "../replay-document.ts";
import { type ShadowRun, shadowRunKind } from "./shadow-run.ts";

export interface KnownShadowRun {
  readonly id: string;
  readonly version: number;
  readonly run: ShadowRun;
}

export function knownShadowRun(version: Version): KnownShadowRun {
  // The record's own members are set anew with each version.
  const { resourceType: _type, id: _id, meta: _meta, ...run } = parseBody<ShadowRun & OwnMembers>(version);
  return { id: version.id, version: version.version, run };
}

/** Problems: not-found; those of the record. */
export async function readShadowRun(record: Pick<HealthRecord, "read">, id: string): Promise<Result<KnownShadowRun>> {
  const read = await record.read(shadowRunKind, id);
  return read.ok ? ok(knownShadowRun(read.value)) : read;
}

/** Problems: conflict `version-conflict`; those of the record. */
export async function writeShadowRun(
  record: Pick<HealthRecord, "transact">,
  { id, version }: Pick<KnownShadowRun, "id" | "version">,
  { run, blobs = [] }: { readonly run: ShadowRun; readonly blobs?: readonly Blob[] },
): Promise<Result<KnownShadowRun>> {
  const body = run as unknown as JsonObject;
  const written = await record.transact({
    operations: [{ action: "update", kind: shadowRunKind, id, body, ifMatch: version }],
    blobs,
  });
  if (!written.ok) return written;
  const [outcome] = written.value;
  return outcome === undefined
    ? failed(fault("shadow-run-not-written", "The write of a shadow run had no outcome."))
    : ok({ id, version: outcome.version.version, run });
}
