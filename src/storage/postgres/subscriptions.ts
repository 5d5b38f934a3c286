import { instant } from "#kernel";
import type { CursorStore, FeedStep, StoredSubscription, SubscriptionEvent, SubscriptionStore } from "#record";
import type { Database, DatabaseTransaction } from "./database.ts";

/** The name under which the place in the feed is kept, and under which one process claims the work. */
const follower = "subscriptions";

type StoredEvent = Omit<SubscriptionEvent, "at"> & { readonly at_ms: number };

export function subscriptionStore(database: Database, cursors: CursorStore): SubscriptionStore {
  return {
    claim: () => cursors.claim(follower),
    async load() {
      const subscriptions = await database<StoredSubscription[]>`
        select id, version, owner, state, events, delivered from subscription order by id`;
      return { position: await cursors.get(follower), subscriptions: [...subscriptions] };
    },
    advance: (step) => database.begin((sql) => advance(sql, step)) as Promise<boolean>,
    async read(id) {
      const [found] = await database<StoredSubscription[]>`
        select id, version, owner, state, events, delivered from subscription where id = ${id}`;
      return found;
    },
    async events(id, { from, to, limit }) {
      const rows = await database<StoredEvent[]>`
        select subscription, number, position, kind, id, version, action, at_ms from subscription_event
        where subscription = ${id} and number >= ${from} and number <= ${to} order by number limit ${limit}`;
      return rows.map(({ at_ms, ...event }) => ({ ...event, at: instant(at_ms) }));
    },
    async delivered(id, number, kept) {
      await database`
        with noted as (update subscription set delivered = greatest(delivered, ${number}) where id = ${id})
        delete from subscription_event where subscription = ${id} and number <= ${number - kept}::bigint`;
    },
  };
}

/** Fenced by the place itself: whoever has lost the claim without knowing it changes nothing. */
async function advance(
  sql: DatabaseTransaction,
  { from, to, subscriptions, gone, events }: FeedStep,
): Promise<boolean> {
  await sql`insert into feed_cursor (worker, position) values (${follower}, 0) on conflict (worker) do nothing`;
  const moved = await sql`
    update feed_cursor set position = ${to} where worker = ${follower} and position = ${from} returning worker`;
  if (moved.length === 0) return false;
  if (gone.length > 0) {
    await sql`delete from subscription_event where subscription = any(${[...gone]}::text[])`;
    await sql`delete from subscription where id = any(${[...gone]}::text[])`;
  }
  if (subscriptions.length > 0) {
    await sql`
      insert into subscription (id, version, owner, state, events, delivered)
      select id, version, owner, state, events, 0
      from jsonb_to_recordset(${JSON.stringify(subscriptions)}::text::jsonb)
        as row (id text, version int, owner text, state text, events bigint)
      on conflict (id) do update
        set version = excluded.version, owner = excluded.owner, state = excluded.state, events = excluded.events`;
  }
  if (events.length > 0) {
    const rows = events.map(({ at, ...event }) => ({ ...event, at_ms: at }));
    await sql`
      insert into subscription_event (subscription, number, position, kind, id, version, action, at_ms)
      select subscription, number, position, kind, id, version, action, at_ms
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as row
        (subscription text, number bigint, position bigint, kind text, id text, version int, action text, at_ms bigint)`;
  }
  return true;
}
