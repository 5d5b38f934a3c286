/** Source: PS3.7 §6.3, §9.3, §10.3, Annex E, Annex C. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { busy, fault, forbidden, problemCategories } from "#kernel";
import { readCommand, writeCommand } from "./command.ts";
import { type CommandName, type CommandValues, commandFields, requiredFields } from "./command-fields.ts";
import { type AnsweredOperation, statusOf } from "./problem-status.ts";
import { statusKind } from "./status.ts";

const echo = Buffer.from(
  `00000000 04000000 38000000
   00000200 12000000 ${Buffer.from("1.2.840.10008.1.1\0").toString("hex")}
   00000001 02000000 3000
   00001001 02000000 0700
   00000008 02000000 0101`.replace(/\s/g, ""),
  "hex",
);

test("C-ECHO-RQ has the bytes of PS3.7 Table 9.3-12", () => {
  const command = {
    name: "C-ECHO-RQ",
    hasDataSet: false,
    affectedSopClass: "1.2.840.10008.1.1",
    messageId: 7,
  } as const;
  assert.equal(Buffer.from(writeCommand(command)).toString("hex"), echo.toString("hex"));
  const { command: read, problems } = readCommand(echo);
  assert.deepEqual(problems, []);
  assert.deepEqual([read?.name, read?.messageId, read?.hasDataSet], ["C-ECHO-RQ", 7, false]);
});

const everything: CommandValues = {
  affectedSopClass: "1.2.3",
  requestedSopClass: "1.2.34",
  messageId: 65_535,
  respondedTo: 2,
  moveDestination: "WS1",
  priority: 1,
  status: 0xa700,
  offending: [0x0010_0020, 0x7fe0_0010],
  comment: "No room",
  errorId: 4,
  affectedSopInstance: "1.2.3.4",
  requestedSopInstance: "1.2.3.45",
  eventType: 2,
  attributes: [0x0008_0018],
  actionType: 1,
  remaining: 1,
  completed: 2,
  failed: 3,
  warning: 4,
  moveOriginator: "CT7",
  moveOriginatorMessageId: 9,
};

for (const name of Object.keys(commandFields) as CommandName[]) {
  test(`${name} is read as it was written, and without one of its fields it is a problem`, () => {
    const { command, problems } = readCommand(writeCommand({ ...everything, name, hasDataSet: true }));
    assert.deepEqual(problems, []);
    const { commandField, dataSetType, ...values } = command ?? {};
    assert.deepEqual(values, { ...everything, name, hasDataSet: true });
    const [first = "messageId"] = requiredFields[name];
    const { [first]: _, ...rest } = everything;
    const without = readCommand(writeCommand({ ...rest, name, hasDataSet: true }));
    assert.match(without.problems[0]?.where ?? "", /^\(0000,[0-9A-F]{4}\)$/);
  });
}

test("what is no command set is a problem, whatever its bytes", () => {
  assert.equal(readCommand(new Uint8Array(5)).problems[0]?.code, "dimse-command-invalid");
  assert.equal(readCommand(new Uint8Array(0)).problems[0]?.code, "dimse-command-unknown");
  for (let at = 0; at < echo.length; at += 1) {
    for (const value of [0, 0x7f, 0xff]) {
      const changed = Uint8Array.from(echo);
      changed[at] = value;
      readCommand(changed);
      readCommand(changed.subarray(0, at));
    }
  }
});

test("every problem has a status of failure in every operation, and a bug says nothing of itself", () => {
  const operations: readonly AnsweredOperation[] = ["C-ECHO", "C-STORE", "C-FIND", "C-MOVE", "C-GET", "N"];
  for (const operation of operations) {
    for (const category of problemCategories) {
      const { code } = statusOf({ category, code: "x", message: "m" }, operation);
      assert.equal(statusKind(code), "failure", `${operation} ${category}`);
    }
  }
  assert.equal(statusOf(busy("x", "Too many."), "C-STORE").code, 0xa700);
  assert.equal(statusOf(forbidden("x", "No."), "C-MOVE").code, 0x0124);
  assert.doesNotMatch(statusOf(fault("x", "undefined is not a function"), "N").comment ?? "", /undefined/);
});
