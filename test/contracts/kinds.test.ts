/** The numbers that stand for kinds in every row: a database serves any number of starts. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { openDatabase } from "../../src/storage/postgres/database.ts";
import { registerKinds } from "../../src/storage/postgres/kinds.ts";
import { migratedDatabase } from "../database.ts";

it("kinds keep their numbers, and none is used up by a start that brings no new one", async () => {
  const database = openDatabase(await migratedDatabase(), 4);
  try {
    const first = await registerKinds(database, ["Patient", "Observation"]);
    const starts = Array.from({ length: 5 }, () => registerKinds(database, ["Patient", "Observation", "Specimen"]));
    for (const { numberOf, nameOf } of await Promise.all(starts)) {
      assert.equal(numberOf("Patient"), first.numberOf("Patient"));
      assert.equal(numberOf("Specimen"), 3);
      assert.equal(nameOf(2), "Observation");
    }
    // As older versions left a database that had been started some two hundred times.
    await database`select setval(pg_get_serial_sequence('kind', 'id'), 32767)`;
    const { numberOf } = await registerKinds(database, ["Patient", "Encounter"]);
    assert.equal(numberOf("Encounter"), 4);
  } finally {
    await database.end();
  }
});
