import assert from "node:assert/strict";
import { test } from "node:test";
import { testData } from "../data.ts";
import { missingExamples, runCases } from "./fhir-graphql.ts";

const found = testData("graphql");

test("the published cases of GraphQL are answered as they say", { skip: found.skip || missingExamples() }, async () => {
  const { passed, total, excluded, failures } = await runCases(found.path);
  assert.deepEqual(failures, []);
  assert.equal(passed + excluded, total);
  assert.ok(total >= 50, `${total} cases`);
});
