import { readBody } from "#audit";
import { failed, ok, type Result, unavailable } from "#kernel";
import type { AuditStore, Version } from "#record";

const writingActs: ReadonlySet<string> = new Set(["create", "update", "delete"]);
const lookMax = 100;

/**
 * Who wrote a version of a document, such as a Subscription. The log has an entry of each write, made in the same commit, and nobody can put one
 * there in somebody else's name, as they could with a Provenance.
 */
export async function writerOf(audit: AuditStore, id: string, version: Version): Promise<Result<string | undefined>> {
  const key = `${version.kind}/${id}`;
  const wanted = `${key}/_history/${version.version}`;
  try {
    return ok(await writerIn(audit, key, wanted));
  } catch (cause) {
    return failed(unavailable("audit-unavailable", "The audit log cannot be read at the moment.", { cause }));
  }
}

async function writerIn(audit: AuditStore, key: string, wanted: string): Promise<string | undefined> {
  for (let before: number | undefined; ; ) {
    const place = before === undefined ? {} : { beforeSequence: before };
    const all = [[`entity=${key}`], ["action=C", "action=U", "action=D"]];
    const entries = await audit.search({ all, limit: lookMax, ...place });
    for (const { body } of entries) {
      const act = readBody(body);
      if (act.act === "posted" || !writingActs.has(act.act) || act.outcome !== 0) continue;
      if (act.entities.includes(wanted)) return act.agent.reference;
    }
    before = entries.at(-1)?.sequence;
    if (entries.length < lookMax || before === undefined) return undefined;
  }
}
