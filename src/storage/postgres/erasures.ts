import type { Done, ErasurePlan, ErasureProgress, ErasureStore, Key } from "#record";
import { keyText } from "#record";
import type { Database } from "./database.ts";
import { blobsGone, takeBlobs } from "./erased-blobs.ts";
import { selfKey } from "./index-key.ts";
import type { KindNumbers } from "./kinds.ts";

interface ErasureNeeds {
  readonly database: Database;
  readonly kinds: KindNumbers;
}

export function erasureStore(needs: ErasureNeeds): ErasureStore {
  const { database } = needs;
  return {
    plan: (plan) => writePlan(database, plan),
    decisions: async () => {
      const rows = await database<{ decision: string; finished: boolean }[]>`
        select decision, finished_ms is not null as finished from erasure order by begun_ms, decision`;
      return new Map(rows.map(({ decision, finished }) => [decision, finished]));
    },
    progress: (decision) => progressOf(database, decision),
    documentsLeft: async (decision, limit) => {
      const rows = await database<{ name: string }[]>`
        select name from erasure_part where decision = ${decision} and what = 'd' and not done order by name limit ${limit}`;
      return rows.map(({ name }) => keyOf(name));
    },
    blank: (decision, keys) => blank(needs, decision, keys),
    studiesLeft: async (decision) => {
      const rows = await database<{ name: string }[]>`
        select name from erasure_part where decision = ${decision} and what = 's' and not done order by name`;
      return rows.map(({ name }) => name);
    },
    studyGone: async (decision, study, images) => {
      await database`
        update erasure_part set done = true, count = count + ${images}
        where decision = ${decision} and what = 's' and name = ${study}`;
    },
    takeBlobs: (decision) => takeBlobs(database, decision),
    blobsGone: (decision, blobs) => blobsGone(database, decision, blobs),
    finish: async (decision, at) => {
      await database`
        update erasure set finished_ms = ${at} where decision = ${decision}
          and not exists (select from erasure_part p where p.decision = ${decision} and not p.done)`;
    },
    deletedNaming: (reference) => deletedNaming(needs, reference),
  };
}

function keyOf(name: string): Key {
  const slash = name.indexOf("/");
  return { kind: name.slice(0, slash), id: name.slice(slash + 1) };
}

async function writePlan(database: Database, { decision, at, documents, studies }: ErasurePlan): Promise<void> {
  const parts = [
    ...documents.map((key) => ({ what: "d", name: keyText(key) })),
    ...studies.map((name) => ({ what: "s", name })),
  ];
  await database.begin(async (sql) => {
    await sql`insert into erasure (decision, begun_ms) values (${decision}, ${at}) on conflict (decision) do nothing`;
    if (parts.length === 0) return;
    // What is planned again is there again.
    await sql`
      insert into erasure_part (decision, what, name)
      select ${decision}, what::"char", name from unnest(
        ${parts.map(({ what }) => what)}::text[], ${parts.map(({ name }) => name)}::text[]) as part (what, name)
      on conflict (decision, what, name) do update set done = false`;
    await sql`update erasure set finished_ms = null where decision = ${decision}`;
  });
}

/**
 * The rows of the documents are locked: whoever writes one of them meanwhile does so after. A version keeps its place, number
 * and time; no index has anything of what was deleted, but for what an earlier failure may have left.
 */
async function blank(
  { database, kinds }: ErasureNeeds,
  decision: string,
  keys: readonly Key[],
): Promise<readonly Key[]> {
  return database.begin(async (sql) => {
    const found = await sql<{ kind: number; id: string; position: number; deleted: boolean }[]>`
      select d.kind, d.id, d.position, d.deleted from unnest(
          ${keys.map(selfKey)}::bigint[], ${keys.map(({ kind }) => kinds.numberOf(kind))}::smallint[],
          ${keys.map(({ id }) => id)}::text[]) as wanted (self, kind, id)
      join document d on d.self = wanted.self and d.kind + 0 = wanted.kind and d.id = wanted.id
      order by d.self for update of d`;
    const newest = found.filter(({ deleted }) => deleted).map(({ position }) => position);
    await sql`
      with recursive chain as (
        select v.position, v.previous from version v where v.position = any(${newest}::bigint[])
        union all
        select o.position, o.previous from chain join version o on o.position = chain.previous
      ), named as (
        select distinct hash[1] as hash
        from chain join version v using (position), regexp_matches(v.body, '"([0-9a-f]{64})"', 'g') as hash
      ), planned as (
        insert into erasure_part (decision, what, name) select ${decision}, 'b', hash from named
        on conflict (decision, what, name) do update set done = false
      ), dates as (delete from date_entry e using chain where e.position = chain.position
      ), texts as (delete from text_entry e using chain where e.position = chain.position
      ), numbers as (delete from number_entry e using chain where e.position = chain.position
      ), blanked as (
        update version v set action = 'e', body = '' from chain where v.position = chain.position returning v.kind, v.id
      ), counted as (
        select k.name || '/' || b.id as name, count(*)::int as versions from blanked b join kind k on k.id = b.kind group by 1
      )
      update erasure_part p set done = true, count = counted.versions from counted
      where p.decision = ${decision} and p.what = 'd' and p.name = counted.name`;
    // A restored record may never have had some of them.
    const known = new Set(found.map(({ kind, id }) => keyText({ kind: kinds.nameOf(kind), id })));
    const unknown = keys.map(keyText).filter((name) => !known.has(name));
    await sql`
      update erasure_part set done = true
      where decision = ${decision} and what = 'd' and name = any(${unknown}::text[])`;
    return found.filter(({ deleted }) => !deleted).map(({ kind, id }) => ({ kind: kinds.nameOf(kind), id }));
  }) as Promise<readonly Key[]>;
}

interface PartCount {
  readonly what: string;
  readonly total: number;
  readonly done: number;
  readonly counted: number;
}

async function progressOf(database: Database, decision: string): Promise<ErasureProgress | undefined> {
  const [erasure] = await database<{ finished: boolean }[]>`
    select finished_ms is not null as finished from erasure where decision = ${decision}`;
  if (erasure === undefined) return undefined;
  const parts = await database<PartCount[]>`
    select what::text, count(*)::int as total, count(*) filter (where done)::int as done, sum(count)::int as counted
    from erasure_part where decision = ${decision} group by what`;
  const of = (what: string) => parts.find((part) => part.what === what) ?? { total: 0, done: 0, counted: 0 };
  const doneOf = ({ done, total }: Done): Done => ({ done, total });
  const [documents, blobs, studies] = [of("d"), of("b"), of("s")];
  return {
    documents: doneOf(documents),
    versions: documents.counted,
    blobs: { done: blobs.counted, total: blobs.total },
    blobsKept: blobs.done - blobs.counted,
    studies: doneOf(studies),
    images: studies.counted,
    isFinished: erasure.finished,
  };
}

/** No index knows what is deleted: all that is deleted is gone through, which takes seconds for a million documents. */
async function deletedNaming({ database, kinds }: ErasureNeeds, reference: string): Promise<readonly Key[]> {
  return database.begin(async (sql) => {
    await sql`set local enable_seqscan = on`;
    await sql`set local enable_hashjoin = on`;
    const rows = await sql<{ kind: number; id: string }[]>`
      with recursive chain as (
        select v.kind, v.id, v.previous, v.body from document d join version v on v.position = d.position
        where d.deleted and v.action <> 'e'
        union all
        select o.kind, o.id, o.previous, o.body from chain join version o on o.position = chain.previous
      )
      select distinct kind, id from chain
      where position(${`"${reference}"`} in body) > 0 or position(${`"${reference}/`} in body) > 0`;
    return rows.map(({ kind, id }) => ({ kind: kinds.nameOf(kind), id }));
  }) as Promise<readonly Key[]>;
}
