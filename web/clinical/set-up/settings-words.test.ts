import assert from "node:assert/strict";
import { test } from "node:test";
import {
  acknowledgeText,
  batchText,
  conditionText,
  contractLines,
  intakeText,
  retryText,
  watchText,
} from "./settings-words.ts";

test("a listener says its port, TLS and bound", () => {
  assert.equal(intakeText({ by: "mllp", port: 2575, allow: [] }), "MLLP on port 2575");
  const tls = { certificate: "/c", key: "/k", clientAuthority: "/a" };
  assert.equal(
    intakeText({ by: "mllp", host: "10.0.0.5", port: 2575, tls, allow: [], connectionsMax: 16 }),
    "MLLP on 10.0.0.5:2575, TLS with certificates of clients, at most 16 connections",
  );
});

test("a folder says its files and how often it is looked at", () => {
  assert.equal(
    intakeText({ by: "folder", path: "/in", pattern: "*.hl7", everySeconds: 90 }),
    "Files *.hl7 of the folder /in, every 90 s",
  );
});

test("an acknowledgement says what it waits for", () => {
  assert.equal(
    acknowledgeText({ mode: "enhanced", after: { delivered: ["gp"], waitSeconds: 30 }, sequence: true }),
    "Enhanced mode, when it is delivered to gp, waiting at most 30 s; sequence numbers are kept (MSH-13)",
  );
});

test("a contract has a line for what it restricts, and none for what it leaves open", () => {
  const open = { applications: [], facilities: [], types: [], versions: [], processing: [], nhsNumberRequired: false };
  assert.deepEqual(contractLines(open), []);
  assert.deepEqual(contractLines({ ...open, versions: ["2.4"], nhsNumberRequired: true }), [
    "Versions of HL7: 2.4",
    "An NHS number is needed",
  ]);
});

test("a condition reads as a sentence, with what it leaves out", () => {
  assert.equal(conditionText({}), "every message");
  assert.equal(
    conditionText({ types: ["ORU"], fields: { "OBR-24": ["MB", "HM"] }, not: { senders: ["TEST"] } }),
    "type ORU and OBR-24 MB or HM and not (sender TEST)",
  );
});

test("tries end with a person, and a batch says when it goes", () => {
  assert.equal(
    retryText({ steps: [{ afterSeconds: 600, times: 6 }], refused: "park" }),
    "6 times every 10 min, then a person is told; a refusal parks the message at once",
  );
  assert.equal(batchText({ messagesMax: 16, waitSeconds: 60 }), "16 messages a file; fewer after 1 min");
});

test("what is watched for is named, or that nothing is", () => {
  assert.equal(watchText(false), "nothing");
  assert.equal(watchText({ silence: false, resultWithinHours: {}, sequence: false, unordered: false }), "nothing");
  assert.equal(
    watchText({ silence: true, resultWithinHours: { K: 2 }, sequence: false, unordered: true }),
    "silence, orders without results (K within 2 hours), results without orders are counted",
  );
});
