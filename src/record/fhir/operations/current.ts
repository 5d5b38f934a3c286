import { failed, notFound, type Result } from "#kernel";
import type { Version } from "../../documents/document.ts";
import { goneProblem } from "../../documents/gone.ts";
import type { HealthRecord } from "../../health-record.ts";

/** The newest version of a resource that is there. Problems: not-found, also for one that was deleted. */
export async function readCurrent(record: HealthRecord, kind: string, id: string): Promise<Result<Version>> {
  const found = await record.read(kind, id);
  if (!found.ok || found.value.action !== "delete") return found;
  return failed(goneProblem(found.value, `${kind}/${id}`));
}

/** One version of a resource that is no deletion. Problems: not-found. */
export async function readWritten(record: HealthRecord, key: { kind: string; id: string }, version: string) {
  const missing = failed(notFound("not-found", `There is no ${key.kind}/${key.id} version ${version}.`));
  if (!/^[1-9]\d{0,8}$/.test(version)) return missing;
  const found = await record.readVersion(key.kind, key.id, Number(version));
  return found.ok && found.value.action === "delete" ? missing : found;
}
