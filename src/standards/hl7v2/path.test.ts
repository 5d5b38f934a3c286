import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { leaves } from "./leaves.ts";
import { parseMessage } from "./message.ts";
import { readPath } from "./path.ts";
import { formatPosition, parsePosition } from "./position.ts";

const message = parseMessage(
  [
    "MSH|^~\\&|LAB",
    "PID|1||9990000018^^^NHS^NH~H1042318^^^MEADOW&2.16&ISO^MR",
    "OBX|1|NM",
    'OBX|2|CE|||27268008^Salmonella^SCT~""||',
    "not a segment",
    "",
  ].join("\r"),
);

describe("Positions", () => {
  it("are read and written alike", () => {
    for (const text of [
      "PID",
      "OBX[3]",
      "OBX[3]-5",
      "OBX[3]-5[2]",
      "OBX[3]-5[2].1",
      "OBX[3]-5[2].1.4",
      "PID-3.4.1",
      "ZZ1-1",
      "?[1]-0[1].1.1",
    ]) {
      const position = parsePosition(text);
      assert.ok(position, text);
      assert.equal(formatPosition(position), text);
    }
  });

  it("are not everything that looks like one", () => {
    for (const text of ["", "pid-3", "PID.3", "PID-3[]", "PID-3[1", "PID-", "PID-3.4.1.2", "PIDX-3"]) {
      assert.equal(parsePosition(text), undefined, text);
    }
  });
});

describe("A path", () => {
  it("leads to a value, numbers left out being 1", () => {
    assert.equal(readPath(message, "PID-3[2].4.1")?.text, "MEADOW");
    assert.equal(readPath(message, "PID-3.1")?.text, "9990000018");
    assert.equal(readPath(message, "OBX[2]-5.2")?.text, "Salmonella");
    assert.equal(readPath(message, { segment: "OBX", occurrence: 2, field: 2 })?.text, "CE");
    assert.equal(readPath(message, "MSH-2")?.raw, "^~\\&");
  });

  it("leads to the whole repetition when it names no component", () => {
    assert.equal(readPath(message, "PID-3")?.raw, "9990000018^^^NHS^NH");
  });

  it("leads nowhere when the segment or repetition is not there, and to an empty value inside them", () => {
    assert.equal(readPath(message, "PV1-3"), undefined);
    assert.equal(readPath(message, "OBX[3]-5"), undefined);
    assert.equal(readPath(message, "PID-3[3]"), undefined);
    assert.equal(readPath(message, "PID"), undefined);
    assert.equal(readPath(message, "nonsense"), undefined);
    assert.equal(readPath(message, "PID-30.2")?.isEmpty, true);
  });
});

describe("Leaves", () => {
  it("are all values that cannot be divided further, each with its own position", () => {
    assert.deepEqual(
      Array.from(leaves(message), ({ where, raw }) => `${where} ${raw}`),
      [
        "MSH[1]-1[1].1.1 |",
        "MSH[1]-2[1].1.1 ^~\\&",
        "MSH[1]-3[1].1.1 LAB",
        "PID[1]-1[1].1.1 1",
        "PID[1]-3[1].1.1 9990000018",
        "PID[1]-3[1].4.1 NHS",
        "PID[1]-3[1].5.1 NH",
        "PID[1]-3[2].1.1 H1042318",
        "PID[1]-3[2].4.1 MEADOW",
        "PID[1]-3[2].4.2 2.16",
        "PID[1]-3[2].4.3 ISO",
        "PID[1]-3[2].5.1 MR",
        "OBX[1]-1[1].1.1 1",
        "OBX[1]-2[1].1.1 NM",
        "OBX[2]-1[1].1.1 2",
        "OBX[2]-2[1].1.1 CE",
        "OBX[2]-5[1].1.1 27268008",
        "OBX[2]-5[1].2.1 Salmonella",
        "OBX[2]-5[1].3.1 SCT",
        'OBX[2]-5[2].1.1 ""',
        "?[1]-0[1].1.1 not a segment",
      ],
    );
  });

  it("are found again by the position they tell", () => {
    for (const leaf of leaves(message)) assert.equal(readPath(message, leaf.where)?.raw, leaf.raw);
  });
});
