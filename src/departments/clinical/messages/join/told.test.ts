/** What rows make, in the record. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { aLaboratory } from "../../../../../test/laboratory.ts";

function booking(controlId: string, sentAt: string, reason: string): string {
  return [
    `MSH|^~\\&|BOOK|MEADOW|CORRIDOR|MEADOW|${sentAt}||SIU^S12^SIU_S12|${controlId}|P|2.5.1`,
    `SCH|P5|F5|||||${reason}|NORMAL^Normal|30|min|^^30^20240320093000^20240320100000|||||C9^Ahmed^Nadia||||||||Booked`,
    "PID|1||H1^^^MEADOW^MR||OSEI^AMA||19500101|F",
    "RGS|1",
    "AIL|1||CLINIC2^^^MEADOW",
    "GT1|1||Osei^Kofi",
  ].join("\r");
}

test("a booking is recorded, changed by a later one, and left by an earlier one that comes late", async () => {
  const { send, all, versions } = await aLaboratory();
  assert.equal((await send(booking("S1", "20240314120000+0000", "ROUTINE^Routine"))).code, "AA");
  const [appointment, other] = await all<{ id: string; extension?: unknown }>("Appointment");
  assert.equal(other, undefined);
  assert.equal((await send(booking("S2", "20240314130000+0000", "URGENT^Urgent"))).code, "AA");
  assert.equal((await send(booking("S3", "20240314123000+0000", "LATE^Late"))).code, "AA");
  assert.equal((await versions("Appointment", appointment?.id ?? "")).length, 2);
  const [newest] = await all("Appointment");
  assert.match(JSON.stringify(newest), /Urgent/);
});

test("a segment kept by itself is there once, however often it is told", async () => {
  const { send, all } = await aLaboratory();
  await send(booking("S1", "20240314120000+0000", "ROUTINE^Routine"));
  await send(booking("S2", "20240314130000+0000", "URGENT^Urgent"));
  const kept = await all<{ code: { coding: readonly { code: string }[] }; id: string }>("Basic");
  const guarantors = kept.filter(({ code }) => code.coding[0]?.code === "GT1");
  assert.equal(new Set(guarantors.map(({ id }) => id)).size, 1);
});
