import type { SealKey } from "#access";
import { conflict, failed, limits, ok, type Result } from "#kernel";
import { watchFiles } from "../certificates/watch-files.ts";
import type { Config } from "../config.ts";
import { makeSealKey, readSealKeys, type SealKeyFile, sealKeyFile } from "./seal-key-file.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

/**
 * The key that seals secrets in the database: from the setting, else from the data folder, where the first start makes it.
 * Of two processes that start at once, both take that of one. Problems: conflict `identity-key-unusable`.
 */
export async function openSealKey(config: Pick<Config, "dataFolder" | "identityKey">): Promise<Result<SealKey>> {
  const [set, ...older] = config.identityKey;
  if (set !== undefined) return ok(Object.assign(Uint8Array.from(set), { older }));
  const file = sealKeyFile(config);
  const there = await readSealKeys(file);
  if (there === undefined) await makeSealKey(file);
  const keys = there ?? (await readSealKeys(file));
  return keys === undefined || keys === "unusable" ? failed(unusable(file)) : ok(sealKeyOf(keys));
}

function sealKeyOf({ key, coming, going }: SealKeyFile): SealKey {
  return Object.assign(Uint8Array.from(key), { older: [coming ?? [], going ?? []].flat() });
}

/** Keys that a process has known and goes on opening with, such as what a browser was given minutes ago. */
const olderMax = 8;

/** Takes another process's rotation over, `limits.sealKeyLookMs` late at most; keys of a setting stay as they are. */
export async function followSealKey(
  key: SealKey,
  { config, stack }: { readonly config: Pick<Config, "dataFolder" | "identityKey">; readonly stack: ShutdownStack },
): Promise<void> {
  if (config.identityKey.length > 0) return;
  const path = sealKeyFile(config);
  const watch = await watchFiles({
    everyMs: limits.sealKeyLookMs,
    paths: async () => [path],
    async changed() {
      const keys = await readSealKeys(path);
      if (keys === undefined || keys === "unusable") return false;
      const known = [keys.coming ?? [], keys.going ?? [], Uint8Array.from(key), key.older ?? []].flat();
      key.set(keys.key);
      key.older = known.filter((each) => Buffer.compare(each, keys.key) !== 0).slice(0, olderMax);
      return true;
    },
  });
  stack.defer("seal key", () => watch.close());
}

function unusable(file: string) {
  return conflict(
    "identity-key-unusable",
    `The file ${file} is not what Corridor writes: put back the copy that was kept of it, or give CORRIDOR_IDENTITY_KEY.`,
  );
}
