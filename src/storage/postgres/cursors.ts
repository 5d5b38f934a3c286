import { instant } from "#kernel";
import type { CursorStore, Parked } from "#record";
import type { Database } from "./database.ts";
import { hash64 } from "./index-key.ts";

interface StoredParked {
  readonly worker: string;
  readonly position: number;
  readonly attempts: number;
  readonly reason: string;
  readonly at_ms: number;
}

/** Claims are advisory locks of one reserved connection: they end with the process, however it ends. */
export function cursorStore(database: Database): CursorStore & { close(): void } {
  let claims: ReturnType<Database["reserve"]> | undefined;
  return {
    async get(worker) {
      const rows = await database<{ position: number }[]>`select position from feed_cursor where worker = ${worker}`;
      return rows[0]?.position ?? 0;
    },
    async set(worker, position) {
      await database`insert into feed_cursor (worker, position) values (${worker}, ${position})
        on conflict (worker) do update set position = excluded.position`;
    },
    park: (parked) => park(database, parked),
    async listParked(worker) {
      const rows = await database<StoredParked[]>`
        select * from feed_parked where worker = ${worker} order by position`;
      return rows.map(({ at_ms, ...row }) => ({ ...row, at: instant(at_ms) }));
    },
    async unpark(worker, position) {
      await database`delete from feed_parked where worker = ${worker} and position = ${position}`;
    },
    async claim(worker) {
      claims ??= database.reserve();
      try {
        const connection = await claims;
        const rows = await connection<{ claimed: boolean }[]>`
          select pg_try_advisory_lock(${hash64(`feed worker ${worker}`)}::bigint) as claimed`;
        return rows[0]?.claimed ?? false;
      } catch (error) {
        claims = undefined;
        throw error;
      }
    },
    close: () => void claims?.then((connection) => connection.release()),
  };
}

async function park(database: Database, { worker, position, attempts, reason, at }: Parked): Promise<void> {
  await database`insert into feed_parked (worker, position, attempts, reason, at_ms)
    values (${worker}, ${position}, ${attempts}, ${reason}, ${at})
    on conflict (worker, position) do update
      set attempts = excluded.attempts, reason = excluded.reason, at_ms = excluded.at_ms`;
}
