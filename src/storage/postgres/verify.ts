import { fault, type Problem } from "#kernel";
import type { Position } from "#record";
import type { Database, DatabaseTransaction } from "./database.ts";

/** What `verify` looks at one by one. */
export interface StoredBody {
  readonly position: Position;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly body: string;
}

const bodiesAtOnce = 1_000;
const problemsMax = 100;

/**
 * Every version up to a position, in the order of the feed. What is committed meanwhile comes after it and is left out.
 */
export async function* storedBodies(database: Database, upTo: Position): AsyncGenerator<StoredBody> {
  let after = 0;
  for (;;) {
    const rows = await database<StoredBody[]>`
      select v.position, k.name as kind, v.id, v.version, v.body
      from version v left join kind k on k.id = v.kind
      where v.position > ${after} and v.position <= ${upTo} order by v.position limit ${bodiesAtOnce}`;
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.position;
  }
}

interface Check {
  readonly code: string;
  readonly message: string;
  /** Rows `name` of what breaks the rule. */
  readonly find: (sql: DatabaseTransaction) => Promise<readonly { readonly name: string }[]>;
}

/** Rules between the tables, asked of one moment, whatever is written meanwhile. */
const checks: readonly Check[] = [
  {
    code: "versions-not-consecutive",
    message: "The versions of this document are not numbered 1, 2, 3 …",
    find: (sql) => sql`
      select k.name || '/' || v.id as name from version v join kind k on k.id = v.kind
      group by k.name, v.id having max(v.version) <> count(*) or min(v.version) <> 1 limit ${problemsMax}`,
  },
  {
    code: "versions-not-chained",
    message: "A version of this document does not lead to the one before it.",
    find: (sql) => sql`
      select distinct k.name || '/' || v.id as name from version v join kind k on k.id = v.kind
        left join version before on before.position = v.previous
      where case when v.version = 1 then v.previous is not null
        else (before.kind, before.id, before.version) is distinct from (v.kind, v.id, v.version - 1) end
      limit ${problemsMax}`,
  },
  {
    code: "newest-version-wrong",
    message: "What is served as the newest version of this document is not its last version.",
    find: (sql) => sql`
      with newest as (
        select distinct on (kind, id) kind, id, version, position, action in ('d', 'e') as deleted
        from version order by kind, id, version desc)
      select k.name || '/' || coalesce(n.id, d.id) as name
      from newest n full join document d on d.kind = n.kind and d.id = n.id
        join kind k on k.id = coalesce(n.kind, d.kind)
      where (n.version, n.position, n.deleted) is distinct from (d.version, d.position, d.deleted)
      union all
      select k.name || '/' || d.id from document d join kind k on k.id = d.kind
      group by k.name, d.id having count(*) > 1
      limit ${problemsMax}`,
  },
  {
    code: "erased-without-decision",
    message: "The content of this document's versions is gone, and no decision to erase it is recorded.",
    find: (sql) => sql`
      with erased as (
        select k.name || '/' || v.id as name, count(*) as versions, bool_or(v.body <> '') as written
        from version v join kind k on k.id = v.kind where v.action = 'e' group by 1)
      select e.name from erased e
      where e.written or e.versions <> coalesce(
        (select max(p.count) from erasure_part p where p.what = 'd' and p.done and p.name = e.name), 0)
      limit ${problemsMax}`,
  },
  {
    code: "erased-not-gone",
    message:
      "It was decided that this document is erased, and that is recorded as done, and versions of it have their content.",
    find: (sql) => sql`
      select p.name from erasure_part p
      where p.what = 'd' and p.done and p.count > 0 and p.count > (
        select count(*) from version v join kind k on k.id = v.kind
        where v.action = 'e' and k.name || '/' || v.id = p.name)
      limit ${problemsMax}`,
  },
];

/** What was erased by one decision of two people. */
export interface ErasedBy {
  readonly decision: string;
  readonly documents: number;
  readonly versions: number;
  readonly isFinished: boolean;
}

/** By the order in which it was decided. */
export async function readErasures(database: Database): Promise<readonly ErasedBy[]> {
  const rows = await database<ErasedBy[]>`
    select e.decision, count(p.name)::int as documents, coalesce(sum(p.count), 0)::int as versions,
      e.finished_ms is not null as "isFinished"
    from erasure e left join erasure_part p on p.decision = e.decision and p.what = 'd' and p.done
    group by e.decision, e.begun_ms, e.finished_ms order by e.begun_ms, e.decision`;
  return [...rows];
}

/** What is wrong between versions and what is served as newest. */
export async function verifyDocuments(database: Database): Promise<readonly Problem[]> {
  return database.begin("isolation level repeatable read read only", async (sql) => {
    // These questions read whole tables, which the connection's plans are set against.
    await sql`set local enable_seqscan = on`;
    await sql`set local enable_hashjoin = on`;
    await sql`set local enable_mergejoin = on`;
    const problems: Problem[] = [];
    for (const { code, message, find } of checks) {
      for (const { name } of await find(sql)) problems.push(fault(code, message, { where: name }));
    }
    return problems;
  }) as Promise<readonly Problem[]>;
}

/** Where the feed and the audit log end. */
export async function readHead(
  database: Database,
): Promise<{ readonly position: Position; readonly audit: { readonly sequence: number; readonly hash: string } }> {
  const [head] = await database<{ position: number; sequence: number; hash: string }[]>`
    select position, audit_sequence as sequence, encode(audit_hash, 'hex') as hash from head`;
  if (head === undefined) throw new Error("this is not a database of Corridor");
  return { position: head.position, audit: { sequence: head.sequence, hash: head.hash } };
}
