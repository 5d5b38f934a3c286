import type { Context } from "#access";
import { incorrect, limits, ok, type Result, toIso } from "#kernel";
import { type KindDefinition, noEntries, parseBody } from "#record";
import { deterministicId } from "../../messages/deterministic-id.ts";
import type { Commitment } from "./commitment-report.ts";

export const imageCommitmentKind = "ImageCommitment";

/** A commitment to objects that a node asked for, and that it has not been told of yet. */
export interface PendingCommitment extends Commitment {
  /** Name of the node. */
  readonly node: string;
}

export const imageCommitmentDefinition: KindDefinition = {
  kind: imageCommitmentKind,
  check: ({ node, transaction, asked }) =>
    typeof node === "string" && typeof transaction === "string" && Array.isArray(asked)
      ? []
      : [incorrect("element-invalid", "node, transaction or asked is not sound.", { where: imageCommitmentKind })],
  index: () => noEntries,
};

type Keeper = Pick<Context, "record" | "clock">;

export async function keepCommitment(
  { record, clock }: Keeper,
  { node, transaction, asked }: PendingCommitment,
): Promise<Result<void>> {
  const objects = asked.map(({ sopClass, sopInstance }) => ({ sopClass, sopInstance }));
  const body = { node, transaction, asked: objects, at: toIso(clock.now()) };
  const id = idOf(transaction);
  const written = await record.transact({ operations: [{ action: "update", kind: imageCommitmentKind, id, body }] });
  return written.ok ? ok(undefined) : written;
}

/** It was told, or given up. What cannot be forgotten is told once more after the next start. */
export async function forgetCommitment({ record }: Keeper, transaction: string): Promise<void> {
  const id = idOf(transaction);
  await record.transact({ operations: [{ action: "delete", kind: imageCommitmentKind, id }] });
}

export async function pendingCommitments({ record }: Keeper): Promise<Result<readonly PendingCommitment[]>> {
  const sort = { by: "updated", descending: false } as const;
  const found = await record.search({ kind: imageCommitmentKind, all: [], sort, limit: limits.commitmentsResumedMax });
  if (!found.ok) return found;
  return ok(
    found.value.versions.map((version) => {
      const { node, transaction, asked } = parseBody<PendingCommitment>(version);
      return { node, transaction, asked };
    }),
  );
}

function idOf(transaction: string): string {
  return deterministicId(imageCommitmentKind, transaction);
}
