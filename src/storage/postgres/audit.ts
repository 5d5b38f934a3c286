import { instant } from "#kernel";
import type { AuditQuery, AuditStore, SealedAuditEntry } from "#record";
import type { Database } from "./database.ts";
import { bigintArray, documentKey } from "./index-key.ts";
import { SqlText } from "./sql-text.ts";

export interface StoredAuditEvent {
  readonly sequence: number;
  readonly at_ms: number;
  readonly body: string;
  readonly hash: Uint8Array;
}

/** What was found by is not read back: the keys of a sealed entry are empty. */
export function toEntry(row: StoredAuditEvent): SealedAuditEntry {
  return {
    sequence: row.sequence,
    at: instant(row.at_ms),
    body: row.body,
    hash: Buffer.from(row.hash).toString("hex"),
    keys: [],
  };
}

export function auditStore(database: Database): AuditStore {
  return {
    search: (query) => searchAudit(database, query),
    async read(sequence) {
      const rows = await database<StoredAuditEvent[]>`
        select sequence, at_ms, body, hash from audit_event where sequence = ${sequence}`;
      return rows[0] && toEntry(rows[0]);
    },
    async scan(afterSequence, limit) {
      const rows = await database<StoredAuditEvent[]>`
        select sequence, at_ms, body, hash from audit_event
        where sequence > ${afterSequence} order by sequence limit ${limit}`;
      return rows.map(toEntry);
    },
  };
}

async function searchAudit(database: Database, query: AuditQuery): Promise<readonly SealedAuditEntry[]> {
  const sql = new SqlText();
  const hashes = (any: readonly string[]) => bigintArray(any.map((key) => documentKey("AuditEvent", key)));
  const conditions = [
    "true",
    ...query.all.map((any) => `keys && ${sql.bind(hashes(any), "bigint[]")}`),
    ...(query.fromMs === undefined ? [] : [`at_ms >= ${sql.bind(query.fromMs, "bigint")}`]),
    ...(query.toMs === undefined ? [] : [`at_ms < ${sql.bind(query.toMs, "bigint")}`]),
    ...(query.beforeSequence === undefined ? [] : [`sequence < ${sql.bind(query.beforeSequence, "bigint")}`]),
  ];
  const rows = await sql.run<StoredAuditEvent>(
    database,
    `select sequence, at_ms, body, hash from audit_event where ${conditions.join(" and ")}
     order by sequence desc limit ${sql.bind(query.limit, "int")}`,
  );
  return rows.map(toEntry);
}
