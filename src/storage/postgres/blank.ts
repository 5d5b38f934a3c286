import { type Key, keyText, type TermsOf } from "#record";
import type { DatabaseTransaction } from "./database.ts";
import type { ErasureNeeds } from "./erasures.ts";
import { documentKey, parameterKey, selfKey } from "./index-key.ts";
import { termKey } from "./indexed-keys.ts";

interface Blanking {
  readonly decision: string;
  readonly keys: readonly Key[];
  readonly termsOf: TermsOf;
}

interface Found {
  readonly kind: number;
  readonly id: string;
  readonly position: number;
  readonly deleted: boolean;
}

/**
 * The rows of the documents are locked: whoever writes one of them meanwhile does so after. A version keeps its place, number
 * and time; no index has anything of what was deleted, but for what an earlier failure may have left.
 */
export async function blank(
  { database, kinds, termsGone }: Pick<ErasureNeeds, "database" | "kinds" | "termsGone">,
  { decision, keys, termsOf }: Blanking,
): Promise<readonly Key[]> {
  const standing = await database.begin(async (sql) => {
    const found = await sql<Found[]>`
      select d.kind, d.id, d.position, d.deleted from unnest(
          ${keys.map(selfKey)}::bigint[], ${keys.map(({ kind }) => kinds.numberOf(kind))}::smallint[],
          ${keys.map(({ id }) => id)}::text[]) as wanted (self, kind, id)
      join document d on d.self = wanted.self and d.kind + 0 = wanted.kind and d.id = wanted.id
      order by d.self for update of d`;
    const newest = found.filter(({ deleted }) => deleted).map(({ position }) => position);
    const terms = await termsIn(sql, { newest, termsOf });
    await blankVersions(sql, decision, newest);
    await removeTerms(sql, terms);
    // A restored record may never have had some of them.
    const known = new Set(found.map(({ kind, id }) => keyText({ kind: kinds.nameOf(kind), id })));
    const unknown = keys.map(keyText).filter((name) => !known.has(name));
    await sql`
      update erasure_part set done = true
      where decision = ${decision} and what = 'd' and name = any(${unknown}::text[])`;
    return found.filter(({ deleted }) => !deleted).map(({ kind, id }) => ({ kind: kinds.nameOf(kind), id }));
  });
  termsGone();
  return standing as readonly Key[];
}

async function blankVersions(sql: DatabaseTransaction, decision: string, newest: readonly number[]): Promise<void> {
  await sql`
    with recursive chain as (${chainOf(sql, newest)}),
    named as (
      select distinct hash[1] as hash
      from chain join version v using (position), regexp_matches(v.body, '"([0-9a-f]{64})"', 'g') as hash),
    planned as (
      insert into erasure_part (decision, what, name) select ${decision}, 'b', hash from named
      on conflict (decision, what, name) do update set done = false),
    dates as (delete from date_entry e using chain where e.position = chain.position),
    texts as (delete from text_entry e using chain where e.position = chain.position),
    numbers as (delete from number_entry e using chain where e.position = chain.position),
    blanked as (
      update version v set action = 'e', body = '' from chain where v.position = chain.position returning v.kind, v.id),
    counted as (
      select k.name || '/' || b.id as name, count(*)::int as versions from blanked b join kind k on k.id = b.kind group by 1)
    update erasure_part p set done = true, count = counted.versions from counted
    where p.decision = ${decision} and p.what = 'd' and p.name = counted.name`;
}

/** All versions of the documents whose newest stand at these places. */
function chainOf(sql: DatabaseTransaction, newest: readonly number[]) {
  return sql`
    select v.position, v.previous from version v where v.position = any(${[...newest]}::bigint[])
    union all
    select o.position, o.previous from chain join version o on o.position = chain.previous`;
}

interface Term {
  readonly parameter: string;
  readonly text: string;
  readonly key: string;
}

async function termsIn(
  sql: DatabaseTransaction,
  { newest, termsOf }: { readonly newest: readonly number[]; readonly termsOf: TermsOf },
): Promise<readonly Term[]> {
  const rows = await sql<{ kind: string; body: string }[]>`
    with recursive chain as (${chainOf(sql, newest)})
    select k.name as kind, v.body from chain join version v using (position) join kind k on k.id = v.kind
    where v.body <> '' and k.name <> 'Binary'`;
  const terms = new Map<string, Term>();
  for (const { kind, body } of rows) {
    for (const { parameter, text } of termsOf(kind, body)) {
      const key = documentKey(kind, termKey(parameter, text));
      terms.set(key, { parameter: parameterKey(kind, parameter), text: text.replaceAll("\0", " "), key });
    }
  }
  return [...terms.values()];
}

/** What people write as the text of a code may say anything. What another document carries stays: it says nothing of whom. */
async function removeTerms(sql: DatabaseTransaction, terms: readonly Term[]): Promise<void> {
  if (terms.length === 0) return;
  await sql`
    delete from term t using unnest(
      ${terms.map(({ parameter }) => parameter)}::bigint[], ${terms.map(({ text }) => text)}::text[],
      ${terms.map(({ key }) => key)}::bigint[]) as gone (parameter, text, key)
    where t.parameter = gone.parameter and t.text = gone.text
      and not exists (select from document d where d.keys @> array[gone.key])`;
}
