import assert from "node:assert/strict";
import { test } from "node:test";
import { testData } from "../data.ts";
import { run as fuzz } from "./hl7v2-fuzz.ts";
import { mutant, seededRandom } from "./hl7v2-fuzzing/mutation.ts";
import { syntheticMessages } from "./hl7v2-fuzzing/synthetic-messages.ts";
import { run as roundTrip } from "./hl7v2-roundtrip.ts";

const samples = testData("hl7v2/samples");

test("all sample messages are written byte for byte as they were read", { skip: samples.skip }, async () => {
  assert.deepEqual(await roundTrip(), { passed: 139, total: 139, excluded: 0, failures: [] });
});

test("20,000 mutated messages are read without a throw; `npm run conformance -- hl7v2-fuzz` takes a million", async () => {
  assert.deepEqual(await fuzz(20_000), { passed: 20_000, total: 20_000, excluded: 0, failures: [] });
});

test("mutants are the same in each run, and hardly ever the message they come from", () => {
  const seeds = [syntheticMessages.map((message) => new TextEncoder().encode(message))];
  const run = () => {
    const random = seededRandom(1);
    return Array.from({ length: 500 }, () => Buffer.from(mutant(seeds, random)).toString("hex"));
  };
  assert.deepEqual(run(), run());
  assert.ok(new Set(run()).size > 450);
});
