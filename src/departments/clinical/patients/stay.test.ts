/** The events of a stay: transfers, discharges, and what is taken back. Source: HL7 v2.5.1 §3.3; HL7 UK A.3, chapter 3. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkResource, type Encounter, type Resource } from "#standards/fhir";
import { type Adt, anAdt } from "../../../../test/builders/index.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";
import type { LinkMessage } from "../messages/link-message.ts";

/** Events an hour apart, each with a control id of its own. */
async function stayAfter(...events: readonly Adt[]) {
  const { send, all } = await aLaboratory();
  for (const [at, event] of events.entries()) {
    const recordedAt = `202611230${at + 1}0000+0000`;
    const { code } = await send(anAdt({ controlId: `E-${at}`, recordedAt, ...event }), { link: "pas" });
    assert.equal(code, "AA", event.event);
  }
  const [stay, another] = await all<Encounter>("Encounter");
  assert.ok(stay !== undefined && another === undefined);
  assert.deepEqual(checkResource(stay as unknown as Resource), []);
  return { stay, places: placesOf(stay), messages: await all<LinkMessage>("LinkMessage") };
}

function placesOf({ location }: Encounter) {
  return location?.map(({ location: place, status }) => `${place.display?.split(", ")[1]} ${status}`);
}

const ward9 = { 3: "WARD9^BAY1^BED1^MEADOW", 6: "WARD7^BAY2^BED3^MEADOW" };

test("a transfer completes the place before, with its time, and keeps it", async () => {
  const { stay, places } = await stayAfter({ event: "A01" }, { event: "A02", pv1: ward9 });
  assert.deepEqual(places, ["WARD7 completed", "WARD9 active"]);
  assert.equal(stay.location?.[0]?.period?.end, "2026-11-23T02:00:00+00:00");
  assert.equal(stay.location?.[1]?.period?.start, "2026-11-23T02:00:00+00:00");
  assert.equal(stay.status, "in-progress");
});

test("a second transfer keeps every place before it", async () => {
  const icu = { 3: "ICU^^BED4^MEADOW", 6: "WARD9^BAY1^BED1^MEADOW" };
  const { places } = await stayAfter({ event: "A01" }, { event: "A02", pv1: ward9 }, { event: "A02", pv1: icu });
  assert.deepEqual(places, ["WARD7 completed", "WARD9 completed", "ICU active"]);
});

test("a transfer that is taken back leaves the patient where they were", async () => {
  const { stay, places } = await stayAfter(
    { event: "A01" },
    { event: "A02", pv1: ward9 },
    { event: "A12", pv1: { 6: "WARD9^BAY1^BED1^MEADOW" } },
  );
  assert.deepEqual(places, ["WARD7 active"]);
  assert.equal(stay.location?.[0]?.period?.end, undefined);
});

test("an admission that is taken back is cancelled, not finished and not gone", async () => {
  const { stay } = await stayAfter({ event: "A01" }, { event: "A11" });
  assert.equal(stay.status, "cancelled");
});

test("a discharge that is taken back opens the stay again, without its end and where the patient went", async () => {
  const { stay } = await stayAfter({ event: "A01" }, { event: "A03", pv1: { 36: "01", 37: "HOME" } }, { event: "A13" });
  assert.equal(stay.status, "in-progress");
  assert.equal(stay.period?.end, undefined);
  assert.equal(stay.period?.start, "2026-11-22T21:00:00+00:00");
  assert.equal(stay.hospitalization?.dischargeDisposition, undefined);
  assert.equal(stay.hospitalization?.destination, undefined);
});

test("a discharge that arrives after it was taken back changes nothing", async () => {
  const { stay, messages } = await stayAfter(
    { event: "A01" },
    { event: "A13", recordedAt: "20261125120000+0000" },
    { event: "A03", recordedAt: "20261125100000+0000" },
  );
  assert.equal(stay.status, "in-progress");
  assert.equal(messages.at(-1)?.state, "stale");
});

const statuses = [
  ["A05", "planned"],
  ["A38", "cancelled"],
  ["A21", "onleave"],
  ["A22", "in-progress"],
  ["A06", "in-progress"],
] as const;

for (const [event, status] of statuses) {
  test(`${event} makes a visit ${status}`, async () => {
    const { stay } = await stayAfter({ event: "A05" }, { event });
    assert.equal(stay.status, status);
  });
}

test('`""` in PV1-3 takes the place away', async () => {
  const { stay } = await stayAfter({ event: "A01" }, { event: "A08", pv1: { 3: '""' } });
  assert.equal(stay.location, undefined);
});
