import { setTimeout as passed } from "node:timers/promises";
import { resealAll, type SealKey } from "#access";
import { limits, ok, type Result } from "#kernel";
import type { Config } from "../config.ts";
import { noteKeyRotation } from "./identity.ts";
import { type RecordParts, recordKinds } from "./record.ts";
import { newSealKey, readSealKeys, replaceSealKeys, type SealKeyFile, sealKeyFile } from "./seal-key-file.ts";

export interface Rotation {
  /** Documents that were sealed anew. */
  readonly resealed: number;
  /** One that was cut short was finished; the key is that which it had begun with. */
  readonly isFinished: boolean;
}

/**
 * Puts a new key in the place of the one in the data folder, while Corridor runs or not. Killed at any moment, everything
 * still opens, and the next rotation finishes it. Keys of a setting are not made here: what older ones sealed is sealed by
 * the first. Problems: those of the record.
 */
export async function rotateKey(
  parts: RecordParts,
  { config, isAlone }: { readonly config: Config; readonly isAlone: boolean },
): Promise<Result<Rotation>> {
  const noted = await noteKeyRotation(parts);
  if (!noted.ok) return noted;
  const kinds = new Set(recordKinds);
  if (config.identityKey.length > 0) {
    const resealed = await resealAll(parts.record, parts.identity.sealKey, kinds);
    return resealed.ok ? ok({ resealed: resealed.value, isFinished: false }) : resealed;
  }
  const path = sealKeyFile(config);
  const standing = await readSealKeys(path);
  if (standing === undefined || standing === "unusable") throw new Error("the key that was opened is gone");
  // Every process has to know a key before the first one seals by it.
  const settle = () => passed(isAlone ? 0 : limits.sealKeyLookMs * 3);
  const coming = await introduced(path, standing, settle);
  const key: SealKey = Object.assign(Uint8Array.from(coming.key), { older: [coming.going] });
  const resealed = await resealAll(parts.record, key, kinds);
  if (!resealed.ok) return resealed;
  await replaceSealKeys(path, { key: coming.key });
  return ok({ resealed: resealed.value, isFinished: standing.coming !== undefined || standing.going !== undefined });
}

/** The new key known to everybody, and then the one that seals. */
async function introduced(
  path: string,
  standing: SealKeyFile,
  settle: () => Promise<void>,
): Promise<{ readonly key: Uint8Array; readonly going: Uint8Array }> {
  if (standing.going !== undefined) {
    await settle();
    return { key: standing.key, going: standing.going };
  }
  const coming = standing.coming ?? newSealKey();
  await replaceSealKeys(path, { key: standing.key, coming });
  await settle();
  await replaceSealKeys(path, { key: coming, going: standing.key });
  await settle();
  return { key: coming, going: standing.key };
}
