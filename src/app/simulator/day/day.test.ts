/** A day of a made-up hospital: always the same, at the hours at which things happen, and every reference leads somewhere. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMessage, readPath } from "#standards/hl7v2";
import { aLaboratory } from "../../../../test/laboratory.ts";
import { dayOfTraffic } from "./day.ts";

const friday = { date: "2026-11-20", seed: 1, patients: 200 };
const day = dayOfTraffic(friday);
const read = day.map(({ atMs, body }) => ({ atMs, message: parseMessage(Buffer.from(body).toString("latin1")) }));
const typed = read.map(({ atMs, message }) => ({
  atMs,
  type: readPath(message, "MSH-9")?.raw ?? "",
  placer: readPath(message, "ORC-2")?.raw ?? "",
  visit: readPath(message, "PV1-19.1")?.text ?? "",
}));

test("the same date, seed and size make the same messages, byte for byte; another date or seed shares no number with them", () => {
  assert.deepEqual(dayOfTraffic(friday), day);
  const numbers = new Set(day.map(({ controlId }) => controlId));
  assert.equal(numbers.size, day.length);
  for (const other of [dayOfTraffic({ ...friday, seed: 2 }), dayOfTraffic({ ...friday, date: "2026-11-19" })])
    assert.equal(other.filter(({ controlId }) => numbers.has(controlId)).length, 0);
});

test("it goes from midnight to midnight in order, with its busy hours in the morning and quiet nights", () => {
  const times = day.map(({ atMs }) => atMs);
  assert.deepEqual(
    times,
    times.toSorted((one, other) => one - other),
  );
  assert.ok(times.every((atMs) => atMs >= 0 && atMs < 24 * 3_600_000));
  const inHours = (from: number, to: number) =>
    times.filter((atMs) => atMs >= from * 3_600_000 && atMs < to * 3_600_000).length;
  assert.ok(inHours(7, 12) > 2 * inHours(17, 22));
  assert.ok(inHours(1, 4) < inHours(8, 9));
});

test("there are admissions, transfers, discharges, clinics, orders and results", () => {
  const types = new Set(typed.map(({ type }) => type));
  for (const type of ["ADT^A01", "ADT^A02", "ADT^A03", "ADT^A04", "ADT^A08", "OML^O21", "ORM^O01", "ORU^R01"])
    assert.ok(types.has(type), type);
});

test("a result follows the order whose number it has; a transfer and a discharge follow what opened their visit", () => {
  const ordered = new Set<string>();
  const opened = new Set<string>();
  for (const { type, placer, visit } of typed) {
    if (/^(OML|ORM)/.test(type)) ordered.add(placer);
    if (/A0[148]/.test(type)) opened.add(visit);
    if (/A0[23]/.test(type)) assert.ok(opened.has(visit), visit);
  }
  const results = typed.filter(({ type }) => type === "ORU^R01");
  const known = results.filter(({ placer }) => ordered.has(placer));
  assert.ok(known.length > results.length * 0.75, "all but those measured at the bedside");
});

test("clinics and practices are shut on a Sunday", () => {
  const sunday = dayOfTraffic({ ...friday, date: "2026-11-22" });
  assert.ok(sunday.length < day.length);
  assert.equal(sunday.filter(({ name }) => name.startsWith("ADT^A04") || name.startsWith("ORM")).length, 0);
});

test("Corridor takes every message of it", async () => {
  const { send } = await aLaboratory();
  for (const { body, name } of dayOfTraffic({ ...friday, patients: 25 }))
    assert.equal((await send(body)).code, "AA", name);
});
