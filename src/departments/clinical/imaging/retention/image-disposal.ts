import type { Context } from "#access";
import type { ImageCursor } from "#imaging";
import { incorrect, type JsonObject, ok, type Result, toIso } from "#kernel";
import { type HealthRecord, type KindDefinition, noEntries, parseBody, type Version } from "#record";
import {
  type ImageDisposalView,
  imageDisposalStates,
  type RetentionRuleView,
  retentionRuleBody,
  type SaidView,
} from "../../api/image-retention.ts";
import { stateKey } from "../routing/image-send.ts";
import { retentionRuleKind } from "./retention-rule.ts";

export const imageDisposalKind = "ImageDisposal";

/** A deletion by rule, and how far it has come. It names no study: what was erased is not to be found in it. */
export type ImageDisposal = Omit<ImageDisposalView, "id"> & {
  /** Behind which study to go on; absent at the beginning of a pass. */
  readonly after?: ImageCursor;
  /** Studies that are being erased, by the SHA-256 of their UIDs. */
  readonly underWay?: readonly string[];
  /** When the next pass begins, where one waits for second archives. */
  readonly nextAt?: string;
};

export interface KnownImageDisposal {
  readonly id: string;
  readonly version: number;
  readonly disposal: ImageDisposal;
}

export const imageDisposalDefinition: KindDefinition = {
  kind: imageDisposalKind,
  check: ({ state }) =>
    imageDisposalStates.some((known) => known === state)
      ? []
      : [incorrect("element-invalid", "state is not sound.", { where: `${imageDisposalKind}.state` })],
  index: ({ state }: JsonObject) => ({ ...noEntries, keys: [stateKey(String(state))] }),
};

/** Its name in the list of erasures. */
export function decisionOf(id: string): string {
  return `${imageDisposalKind}/${id}`;
}

export function knownDisposal(version: Version): KnownImageDisposal {
  return { id: version.id, version: version.version, disposal: parseBody<ImageDisposal>(version) };
}

export function disposalView({ id, disposal }: Pick<KnownImageDisposal, "id" | "disposal">): ImageDisposalView {
  const { after: _after, underWay: _underWay, nextAt: _nextAt, ...shown } = disposal;
  return { ...shown, id };
}

/** Writes it over the version that is known. Problems: conflict where somebody else has changed it; those of the record. */
export async function writeDisposal(
  record: Pick<HealthRecord, "transact">,
  { id, version, disposal }: KnownImageDisposal,
): Promise<Result<KnownImageDisposal>> {
  const body = disposal as unknown as JsonObject;
  const operation = { action: "update", kind: imageDisposalKind, id, body, ifMatch: version } as const;
  const written = await record.transact({ operations: [operation] });
  return written.ok ? ok({ id, disposal, version: written.value[0]?.version.version ?? version + 1 }) : written;
}

export function saidBy({ actor, clock }: Context, why: string): SaidView {
  return { by: actor.reference, display: actor.display, at: toIso(clock.now()), why };
}

/** The rules that are there. */
export async function readRetentionRules(
  record: Pick<HealthRecord, "search">,
  limit: number,
): Promise<Result<readonly RetentionRuleView[]>> {
  const sort = { by: "updated", descending: false } as const;
  const found = await record.search({ kind: retentionRuleKind, all: [], sort, limit });
  if (!found.ok) return found;
  return ok(
    found.value.versions.map((version) => ({ ...retentionRuleBody.strip().parse(parseBody(version)), id: version.id })),
  );
}
