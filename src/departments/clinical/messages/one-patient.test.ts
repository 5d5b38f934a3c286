/** Messages of one moment, each with other numbers of a patient: there is one patient, whichever number they share. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Patient } from "#standards/fhir";
import { anOruR01 } from "../../../../test/builders/index.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";

/** A result about whoever has these numbers. */
function aResultOf(controlId: string, ...numbers: readonly string[]): string {
  return anOruR01({ controlId, filler: `26U${controlId}`, placer: `ICE-${controlId}`, pid: { 3: numbers.join("~") } });
}

function valuesOf({ identifier = [] }: Patient): readonly (string | undefined)[] {
  return identifier.map(({ value }) => value).sort();
}

const rounds = [1, 2, 3, 4, 5, 6];

test("two new messages that share their second number alone make one patient", async () => {
  const { send, all } = await aLaboratory();
  const shared = rounds.map((round) => `S${round}^^^SOUTH^MR`);
  const replies = await Promise.all(
    shared.flatMap((number, at) => [
      send(aResultOf(`A${at}`, `M${at}^^^MEADOW^MR`, number), { connection: "lab-1" }),
      send(aResultOf(`B${at}`, `N${at}^^^NORTH^MR`, number), { connection: "lab-2" }),
    ]),
  );
  assert.deepEqual([...new Set(replies.map(({ code }) => code))], ["AA"]);
  const patients = await all<Patient>("Patient");
  assert.deepEqual(patients.map(valuesOf).sort(), [...rounds.map((round, at) => [`M${at}`, `N${at}`, `S${round}`])]);
});

test("a number that one message adds to a patient, and another makes a patient of, belongs to one of them", async () => {
  const { send, all } = await aLaboratory();
  for (const round of rounds) await send(aResultOf(`K${round}`, `M${round}^^^MEADOW^MR`));
  await Promise.all(
    rounds.flatMap((round) => [
      send(aResultOf(`A${round}`, `M${round}^^^MEADOW^MR`, `S${round}^^^SOUTH^MR`), { connection: "lab-1" }),
      send(aResultOf(`B${round}`, `S${round}^^^SOUTH^MR`), { connection: "lab-2" }),
    ]),
  );
  const owners = (await all<Patient>("Patient")).flatMap(valuesOf).filter((value) => value?.startsWith("S"));
  assert.equal(owners.length, new Set(owners).size, "no number is that of two patients");
});
