/** The numbers that stand for kinds in every row: a database serves any number of starts. */
import assert from "node:assert/strict";
import { it } from "node:test";
import postgres from "postgres";
import { seal } from "#audit";
import { expectOk } from "#kernel";
import { openPostgres } from "#storage/postgres";
import { migratedDatabase } from "../database.ts";

it("kinds keep their numbers, and none is used up by a start that brings no new one", async () => {
  const target = await migratedDatabase();
  const sql = postgres({ ...target, max: 1 });
  const start = async (...kinds: string[]) => expectOk(await openPostgres({ target, kinds, seal })).close();
  const numbers = async () => {
    const rows = await sql`select id, name from kind`;
    return Object.fromEntries(rows.map(({ id, name }) => [name, id]));
  };
  try {
    await start("Patient", "Observation");
    await Promise.all([start("Patient", "Specimen"), start("Patient", "Specimen"), start("Patient")]);
    assert.deepEqual(await numbers(), { Patient: 1, Observation: 2, Specimen: 3 });
    // As older versions left a database that had been started some two hundred times.
    await sql`select setval(pg_get_serial_sequence('kind', 'id'), 32767)`;
    await start("Patient", "Encounter");
    assert.equal((await numbers()).Encounter, 4);
  } finally {
    await sql.end();
  }
});
