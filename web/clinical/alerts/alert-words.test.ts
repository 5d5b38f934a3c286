import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleOf, lastedText } from "./alert-words.ts";

const since = "2026-11-23T07:25:00.000Z";

test("an alert says how long it has lasted, or lasted", () => {
  assert.equal(lastedText({ since }, Date.parse("2026-11-23T09:30:00.000Z")), "2 h 5 min so far");
  assert.equal(lastedText({ since, until: "2026-11-23T08:05:00.000Z" }, 0), "lasted 40 min");
});

test("what an alert names is a message, a delivery, or a resource", () => {
  assert.deepEqual(exampleOf("LinkMessage/m-1"), { is: "message", id: "m-1" });
  assert.deepEqual(exampleOf("Delivery/d-1"), { is: "delivery", id: "d-1" });
  assert.deepEqual(exampleOf("ServiceRequest/s-1"), { is: "resource", kind: "ServiceRequest", id: "s-1" });
});
