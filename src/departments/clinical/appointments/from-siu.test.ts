/** Appointments: HL7 v2.5.1 §10.4, as FHIR R4 Appointment. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Appointment } from "#standards/fhir";
import { checkResource } from "#standards/fhir";
import { aLaboratory } from "../../../../test/laboratory.ts";

interface Booking {
  readonly event: string;
  readonly sentAt: string;
  readonly start?: string;
  readonly slots?: readonly string[];
  readonly filler?: string;
  readonly reason?: string;
}

function aBooking({
  event,
  sentAt,
  start = "20261201093000",
  slots = clinic,
  filler = "",
  reason = "FU^Follow-up",
}: Booking): string {
  return [
    `MSH|^~\\&|PAS|MEADOW|CORRIDOR|MEADOW|${sentAt}+0000||SIU^${event}^SIU_S12|${event}-${sentAt}|P|2.5.1`,
    `SCH|P5|F5||||UNWELL^Patient unwell|${reason}|OPD^Outpatient|30|min|^^^${start}|||||C9^Ahmed^Nadia|||||||||${filler}`,
    "NTE|1||Bring your tablets",
    "PID|1||H1^^^MEADOW^MR||OSEI^AMA||19500101|F",
    ...slots,
  ].join("\r");
}

const clinic = [
  "RGS|1",
  "AIS|1|A|391000179108^Diabetes clinic^SCT",
  "AIL|1|A|CLINIC2^^^MEADOW|||20261201093000|||30|min||Booked",
  "AIP|1|A|C7^Lindqvist^Ingrid|CONS^Consultant||20261201093000|||30|min||Booked",
];

async function aDiary() {
  const { send, all, versions } = await aLaboratory();
  const now = async () => {
    const found = await all<Appointment & { readonly id: string }>("Appointment");
    assert.equal(found.length, 1);
    const [only] = found as [Appointment & { readonly id: string }];
    assert.deepEqual(checkResource(only), []);
    return only;
  };
  return { send: (booking: Booking) => send(aBooking(booking)), now, versions };
}

test("an appointment is booked with who takes part, moved, and its patient does not come", async () => {
  const { send, now } = await aDiary();
  assert.equal((await send({ event: "S12", sentAt: "20261120090000" })).code, "AA");
  const booked = await now();
  assert.deepEqual(
    [booked.status, booked.start, booked.end, booked.minutesDuration, booked.comment],
    ["booked", "2026-12-01T09:30:00+00:00", "2026-12-01T10:00:00.000Z", 30, "Bring your tablets"],
  );
  assert.deepEqual(
    booked.participant.map(({ actor, status }) => [actor?.display ?? actor?.reference?.split("/")[0], status]),
    [
      ["Patient", "accepted"],
      ["MEADOW, CLINIC2", "accepted"],
      ["Ingrid Lindqvist", "accepted"],
      ["Nadia Ahmed", "accepted"],
    ],
  );
  await send({ event: "S13", sentAt: "20261121090000", start: "20261208093000" });
  assert.equal((await now()).start, "2026-12-08T09:30:00+00:00");
  await send({ event: "S26", sentAt: "20261208110000", start: "20261208093000", slots: [] });
  const missed = await now();
  assert.equal(missed.status, "noshow");
  assert.equal(missed.participant.length, 4, "those who are not told again still take part");
});

test("what is cancelled says why, and an event sent before it that comes late changes nothing", async () => {
  const { send, now, versions } = await aDiary();
  await send({ event: "S12", sentAt: "20261120090000" });
  await send({ event: "S15", sentAt: "20261122090000", slots: [], filler: "Cancelled" });
  await send({ event: "S14", sentAt: "20261121090000" });
  const { id, status, cancelationReason } = await now();
  assert.deepEqual([status, cancelationReason?.coding?.[0]?.code], ["cancelled", "UNWELL"]);
  assert.equal((await versions("Appointment", id)).length, 2);
});

test("a change that says no status leaves it as it is, and empties what it says is gone; a deletion marks it as an error", async () => {
  const { send, now } = await aDiary();
  await send({ event: "S12", sentAt: "20261120090000", filler: "Pending" });
  await send({ event: "S14", sentAt: "20261121090000" });
  assert.equal((await now()).status, "pending");
  await send({ event: "S14", sentAt: "20261121100000", reason: '""' });
  const { reasonCode } = await now();
  assert.equal(JSON.stringify(reasonCode).includes("Follow-up"), false);
  await send({ event: "S17", sentAt: "20261122090000" });
  assert.equal((await now()).status, "entered-in-error");
});
