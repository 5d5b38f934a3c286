import type { Done, ErasurePlan, ErasureProgress, ErasureStore, Key } from "#record";
import { keyText } from "#record";
import { blank } from "./blank.ts";
import type { Database } from "./database.ts";
import { blobsGone, takeBlobs } from "./erased-blobs.ts";
import type { KindNumbers } from "./kinds.ts";

export interface ErasureNeeds {
  readonly database: Database;
  readonly kinds: KindNumbers;
  /** Told that texts of codes are no longer there, which writers take for known. */
  readonly termsGone: () => void;
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
    blank: (decision, keys, termsOf) => blank(needs, { decision, keys, termsOf }),
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
  const kinds = await database<{ kind: string; total: number }[]>`
    select split_part(name, '/', 1) as kind, count(*)::int as total from erasure_part
    where decision = ${decision} and what = 'd' group by 1 order by 1`;
  const of = (what: string) => parts.find((part) => part.what === what) ?? { total: 0, done: 0, counted: 0 };
  const doneOf = ({ done, total }: Done): Done => ({ done, total });
  const [documents, blobs, studies] = [of("d"), of("b"), of("s")];
  return {
    documents: doneOf(documents),
    kinds: Object.fromEntries(kinds.map(({ kind, total }) => [kind, total])),
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
        where d.deleted and v.action <> 'e' and not exists (
          select from erasure_part p join kind k on k.id = d.kind
          where p.what = 'd' and p.name = k.name || '/' || d.id and not p.done)
        union all
        select o.kind, o.id, o.previous, o.body from chain join version o on o.position = chain.previous
      )
      select distinct kind, id from chain
      where position(${`"${reference}"`} in body) > 0 or position(${`"${reference}/`} in body) > 0`;
    return rows.map(({ kind, id }) => ({ kind: kinds.nameOf(kind), id }));
  }) as Promise<readonly Key[]>;
}
