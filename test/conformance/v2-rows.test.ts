import assert from "node:assert/strict";
import { test } from "node:test";
import { testData } from "../data.ts";
import { maps, rowCount, run } from "./v2-rows.ts";

const samples = testData("hl7v2/samples");

test("98 in 100 official rows are compiled from data, and the others are listed with a reason", () => {
  assert.ok(maps.listed.length <= rowCount() * 0.02, `${maps.listed.length} of ${rowCount()} rows are listed`);
  assert.ok(maps.listed.every(({ reason }) => reason !== ""));
});

test("the rows alone map all sample messages without a throw, with every value mapped or listed once", {
  skip: samples.skip,
}, async () => {
  assert.deepEqual((await run()).failures, []);
});
