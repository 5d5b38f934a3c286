import type { Context } from "#access";
import { type JsonObject, ok, type Result } from "#kernel";
import { type Operation, parseBody, type Version } from "#record";
import { type Disposal, disposalKind } from "./disposal.ts";
import type { DisposalView } from "./retention-view.ts";

export interface KnownDisposal {
  readonly id: string;
  readonly version: number;
  readonly disposal: Disposal;
}

export function knownDisposal(version: Version): KnownDisposal {
  const { resourceType: _type, id: _id, meta: _meta, ...disposal } = parseBody<Disposal & JsonObject>(version);
  return { id: version.id, version: version.version, disposal: disposal as Disposal };
}

/** Writes it over the version that is known, with what else the commit is to hold. Problems: those of the record. */
export async function writeDisposal(
  { record }: Pick<Context, "record">,
  { id, version, disposal }: KnownDisposal,
  beside: readonly Operation[] = [],
): Promise<Result<DisposalView>> {
  const body = disposal as unknown as JsonObject;
  const written = await record.transact({
    operations: [{ action: "update", kind: disposalKind, id, body, ifMatch: version }, ...beside],
  });
  return written.ok ? ok({ id, ...disposal }) : written;
}
