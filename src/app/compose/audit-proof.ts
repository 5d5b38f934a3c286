import { newestKept, proveEntry } from "#audit";
import type { ProofView } from "#departments/information";
import { ok, type Result, toIso } from "#kernel";
import type { AuditTreeStore } from "#record";
import type { AuditPlaces } from "./audit-keeping.ts";

/** That an entry is in the log that the newest checkpoint speaks of; undefined where none speaks of it yet. */
export function entryProofs({ places, signer }: AuditPlaces, tree: AuditTreeStore) {
  return async (sequence: number): Promise<Result<ProofView | undefined>> => {
    const [place] = places;
    if (place === undefined) return ok(undefined);
    const newest = await newestKept(place, signer);
    if (!newest.ok) return newest;
    if (newest.value === undefined || sequence > newest.value.size) return ok(undefined);
    const { size, at } = newest.value;
    const { hash, previousHash, proof } = await proveEntry(tree, sequence, size);
    const checkpoint = (await place.notes()).at(-1) ?? "";
    return ok({
      sequence,
      size,
      hash: toHex(hash),
      previousHash: toHex(previousHash),
      proof: proof.map(toHex),
      checkpoint,
      signedAt: toIso(at),
      key: signer.text,
    });
  };
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
