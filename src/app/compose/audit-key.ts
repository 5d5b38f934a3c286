import { join } from "node:path";
import { type NoteSigner, noteSigner } from "#audit";
import { conflict, failed, ok, type Result } from "#kernel";
import type { Config } from "../config.ts";
import { openKeyFile } from "./key-file.ts";

/** The name of the log in its checkpoints, and of the key that signs them. */
const logName = "corridor/audit";

/**
 * What signs checkpoints of the audit log: from the setting, else from `audit.key` of the data folder, where the first start
 * makes it. The database does not hold it. Problems: conflict `audit-key-unusable`.
 */
export async function openAuditSigner({
  auditKey,
  dataFolder,
}: Pick<Config, "auditKey" | "dataFolder">): Promise<Result<NoteSigner>> {
  const file = join(dataFolder, "audit.key");
  const seed = auditKey ?? (await openKeyFile(file));
  return seed === undefined ? failed(unusable(file)) : ok(noteSigner(logName, seed));
}

function unusable(file: string) {
  return conflict(
    "audit-key-unusable",
    `The file ${file} is not what Corridor writes: put back the copy that was kept of it, or give CORRIDOR_AUDIT_KEY.`,
  );
}
