import assert from "node:assert/strict";
import test from "node:test";
import { jsonLog } from "./log.ts";

function aLog(level: "info" | "debug" = "info") {
  const lines: string[] = [];
  return {
    log: jsonLog(level, { write: (line) => lines.push(line) }),
    lines: () => lines.map((line) => JSON.parse(line)),
    written: () => lines.join(""),
  };
}

test("an event is a line of JSON with its level, time, name and fields", () => {
  const { log, lines } = aLog();
  log.info("message-received", { link: "lab", bytes: 2048 });
  const [{ time, ...line }] = lines();
  assert.deepEqual(line, { level: "info", event: "message-received", link: "lab", bytes: 2048 });
  assert.match(time, /^\d{4}-\d\d-\d\dT.*Z$/);
});

test("what comes from outside stays inside its line, whatever it holds", () => {
  const { log, written } = aLog();
  log.info("message-received", { link: 'lab"}\r\n{"event":"forged"\u2028' });
  assert.equal(
    written()
      .trimEnd()
      .split(/[\r\n]/).length,
    1,
  );
  assert.equal(JSON.parse(written()).event, "message-received");
});

test("events below the level are left out", () => {
  const { log, lines } = aLog();
  log.debug("detail");
  log.warn("trouble");
  assert.deepEqual(
    lines().map((line) => line.event),
    ["trouble"],
  );
});

test("of an error only name, message, code and stack are written, not what a driver attached to it", () => {
  const { log, lines } = aLog();
  const error = Object.assign(new TypeError("no such column"), {
    code: "42703",
    parameters: ["Osei"],
    query: "select 'Osei'",
  });
  log.error("query-failed", { error });
  log.error("message-failed", { error: new Error("the message could not be recorded", { cause: error }) });
  assert.deepEqual(Object.keys(lines()[0].error), ["name", "message", "code", "stack"]);
  assert.equal(lines()[1].error.cause.code, "42703");
  assert.ok(!JSON.stringify(lines()).includes("Osei"));
});
