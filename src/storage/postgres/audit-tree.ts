import type { AuditTreeStore } from "#record";
import type { Database } from "./database.ts";

const hashBytes = 32;

interface Joined {
  readonly hashes: Uint8Array | null;
}

/** Many hashes come as one value: as rows, each would cost the driver more than to hash it. */
export function auditTreeStore(database: Database): AuditTreeStore {
  return {
    async size() {
      const [head] = await database<{ size: number }[]>`select audit_sequence as size from head`;
      return head?.size ?? 0;
    },
    async entryHashes(from, count) {
      const [row] = await database<Joined[]>`
        select string_agg(hash, ''::bytea order by sequence) as hashes from audit_event
        where sequence > ${from} and sequence <= ${from + count}`;
      return parted(row);
    },
    async nodeCount(level) {
      const [row] = await database<{ count: number | null }[]>`
        select max(place) + 1 as count from audit_node where level = ${level}`;
      return row?.count ?? 0;
    },
    async nodes(level, from, count) {
      const [row] = await database<Joined[]>`
        select string_agg(hash, ''::bytea order by place) as hashes from audit_node
        where level = ${level} and place >= ${from} and place < ${from + count}`;
      return parted(row);
    },
    async addNodes(level, from, hashes) {
      const texts = hashes.map((hash) => Buffer.from(hash).toString("hex"));
      await database`insert into audit_node (level, place, hash)
        select ${level}::smallint, ${from}::bigint + index - 1, decode(hash, 'hex')
        from unnest(${texts}::text[]) with ordinality as node (hash, index)
        on conflict (level, place) do nothing`;
    },
  };
}

function parted(row: Joined | undefined): readonly Uint8Array[] {
  return partedHashes(row?.hashes ?? new Uint8Array(0));
}

function partedHashes(joined: Uint8Array): readonly Uint8Array[] {
  const count = joined.length / hashBytes;
  return Array.from({ length: count }, (_, index) => joined.subarray(index * hashBytes, (index + 1) * hashBytes));
}
