import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeliveryView, MessageView } from "#departments/clinical/api";
import { stagesOf } from "./stages.ts";

const message: MessageView = {
  id: "m1",
  arrivedAt: "2026-11-23T09:29:41.000Z",
  link: "lab",
  connection: "lab-1",
  sender: "WINPATH",
  receiver: "CORRIDOR",
  patient: { hospitalNumbers: [] },
  orders: [],
  state: "mapped",
  stateText: "Its resources are in the record",
  reasons: [],
  sizeBytes: 400,
  raw: { lines: [], cut: false, charset: "utf-8", sizeBytes: 400, hash: "0", url: "/raw" },
  segments: [],
  remarks: [],
  resources: [],
  acknowledgement: { code: "AA", sentAt: "2026-11-23T09:29:41.050Z", lines: [] },
  ledger: { mapping: "oru-r01/1", leaves: 3, mapped: 3, unmapped: [] },
  states: [
    {
      state: "held",
      stateText: "Held for a person",
      at: "2026-11-23T09:29:41.020Z",
      reasons: [{ category: "incorrect", code: "identity-conflict", message: "It is somebody else." }],
    },
    { state: "mapped", stateText: "In the record", at: "2026-11-23T10:00:00.000Z", reasons: [] },
  ],
};

const parked: DeliveryView = {
  id: "d1",
  message: "m1",
  link: "lab",
  destination: "gp",
  route: "all",
  lane: "nhs 9990001234",
  state: "parked",
  stateText: "Parked: a person must look at it",
  controlId: "MSG1",
  queuedAt: "2026-11-23T10:00:00.000Z",
  attempts: 7,
  settledAt: "2026-11-23T11:00:00.000Z",
  problem: { category: "incorrect", code: "refused", message: "The destination refused it." },
  sizeBytes: 400,
};

test("a message's way has every state it was in, its answer, and each destination with what became of it there", () => {
  assert.deepEqual(
    stagesOf(message, [parked]).map(({ title, text, tone }) => [title, text, tone]),
    [
      ["Received", "Its last byte came over lab; all 400 bytes are kept.", "good"],
      ["Held at a gate", "It is somebody else.", "warn"],
      ["Through the gates, and in the record", "In the record", "good"],
      ["Mapped", "3 of 3 values mapped by oru-r01/1; 0 resources written.", "good"],
      ["Acknowledged AA", "To the sender.", "good"],
      ["Routed", "To gp (all).", "good"],
      ["Queued for gp", "In order with nhs 9990001234.", "good"],
      ["Parked: a person must look at it: gp after 7 tries", "The destination refused it.", "bad"],
    ],
  );
});

test("a message that nobody answered, and that no route sends on, says both", () => {
  const { acknowledgement: _, ...unanswered } = message;
  const titles = stagesOf(unanswered, []).map(({ title }) => title);
  assert.deepEqual(titles.slice(-2), ["Not answered", "Not sent on"]);
});
