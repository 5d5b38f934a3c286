/** The contract of a snapshot: every table comes whole, however slowly it is read. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { setTimeout as passed } from "node:timers/promises";
import { withSnapshot } from "#storage/postgres";
import { freshRecord } from "../record.ts";
import { note } from "./note.ts";

/** Around what one read of a connection and the buffer of a stream hold: tables that end where reading has just been stopped. */
const rowCounts = Array.from({ length: 12 }, (_, at) => 640 + at * 30);
const rowBytes = 100;

it("gives every table whole to a reader who takes their time", { timeout: 30_000 }, async () => {
  const { store, connection } = await freshRecord({ kinds: [note] });
  for (const rows of rowCounts)
    await store.database.unsafe(
      `create table slow_${rows} as select repeat('x', ${rowBytes - 1}) as text from generate_series(1, ${rows})`,
    );
  await withSnapshot(connection, async (snapshot) => {
    const tables = snapshot.tables.filter(({ name }) => name.startsWith("slow_"));
    assert.equal(tables.length, rowCounts.length);
    for (const table of tables) {
      const pieces = await snapshot.copy(table);
      await passed(20);
      let bytes = 0;
      for await (const piece of pieces) bytes += piece.length;
      assert.equal(bytes, table.rows * rowBytes);
    }
  });
});
