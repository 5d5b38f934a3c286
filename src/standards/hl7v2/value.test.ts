// HL7 v2.5.1 §2.5.3 (fields), §2.8.4 (a receiver's view of unexpected components).
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseMessage } from "./message.ts";
import type { Segment } from "./segment.ts";

function segment(raw: string): Segment {
  const [, found] = parseMessage(`MSH|^~\\&|LAB\r${raw}\r`).segments;
  assert.ok(found);
  return found;
}

describe("A segment", () => {
  const pid = segment("PID|1||9990000018^^^NHS^NH~H1042318^^^MEADOW&2.16.840&ISO^MR||Osei^Adaeze|");

  it("numbers its fields from 1", () => {
    assert.equal(pid.field(1).text, "1");
    assert.equal(pid.field(5).component(2).text, "Adaeze");
    assert.equal(pid.fieldCount, 6);
  });

  it("gives an empty value for a field that is not there", () => {
    assert.equal(pid.field(99).isEmpty, true);
    assert.equal(pid.field(99).component(3).subcomponent(2).text, "");
    assert.deepEqual(pid.repetitions(99), []);
    assert.equal(pid.field(-1).text, "");
  });

  it("gives all repetitions of a field, or only the first", () => {
    assert.deepEqual(
      pid.repetitions(3).map((value) => value.component(5).text),
      ["NH", "MR"],
    );
    assert.equal(pid.field(3).component(1).text, "9990000018");
    assert.equal(pid.fieldText(3), "9990000018^^^NHS^NH~H1042318^^^MEADOW&2.16.840&ISO^MR");
  });

  it("keeps the place of an empty repetition", () => {
    const repetitions = segment("PID|1||~b~").repetitions(3);
    assert.deepEqual(
      repetitions.map(({ raw, where }) => [raw, where]),
      [
        ["", "PID[1]-3[1]"],
        ["b", "PID[1]-3[2]"],
        ["", "PID[1]-3[3]"],
      ],
    );
  });

  it("of a header has the delimiters as fields 1 and 2, undivided", () => {
    const [msh] = parseMessage("MSH|^~\\&|PATHLAB^2.16^ISO\r").segments;
    assert.equal(msh?.field(1).raw, "|");
    assert.equal(msh?.field(2).raw, "^~\\&");
    assert.equal(msh?.repetitions(2).length, 1);
    assert.equal(msh?.field(2).component(1).raw, "^~\\&");
    assert.equal(msh?.field(3).component(2).text, "2.16");
    assert.equal(msh?.field(2).isEmpty, false);
  });

  it("with a name and nothing else has no fields", () => {
    assert.equal(segment("EVN").fieldCount, 0);
    assert.equal(segment("EVN").field(1).isEmpty, true);
  });
});

describe("A value", () => {
  it("knows where it stands, at every level", () => {
    const value = segment("OBX|1|CE|||a&b^c").field(5);
    assert.equal(value.where, "OBX[1]-5[1]");
    assert.equal(value.component(2).where, "OBX[1]-5[1].2");
    assert.equal(value.component(1).subcomponent(2).where, "OBX[1]-5[1].1.2");
  });

  it("that is simple is its own first component and subcomponent", () => {
    const value = segment("PID|1|simple").field(2);
    assert.equal(value.component(1).text, "simple");
    assert.equal(value.component(1).subcomponent(1).text, "simple");
    assert.equal(value.subcomponent(1).text, "simple");
    assert.equal(value.component(2).isEmpty, true);
    assert.equal(value.subcomponent(1).component(1).text, "simple");
    assert.equal(value.subcomponent(1).subcomponent(2).isEmpty, true);
  });

  it("of several components has a text of them all, for a sender that forgot to escape", () => {
    assert.equal(segment("OBX|1|ST|||R^L \\T\\ more").field(5).text, "R^L & more");
  });

  it('is null when it is "", which is neither empty nor valued and has no text', () => {
    const { isNull, isEmpty, isValued, text, raw } = segment('PID|1||""').field(3);
    assert.deepEqual(
      { isNull, isEmpty, isValued, text, raw },
      { isNull: true, isEmpty: false, isValued: false, text: "", raw: '""' },
    );
  });

  it("is empty when there is nothing but separators in it", () => {
    assert.equal(segment("PID|1||^^&^").field(3).isEmpty, true);
    assert.equal(segment("PID|1||^^&x^").field(3).isEmpty, false);
    assert.equal(segment("PID|1||").field(3).isValued, false);
  });

  it("gives its parts one level down", () => {
    const value = segment("PID|1||a^b&c").field(3);
    assert.deepEqual(
      value.parts.map(({ raw }) => raw),
      ["a", "b&c"],
    );
    assert.deepEqual(
      value.component(2).parts.map(({ raw, where }) => [raw, where]),
      [
        ["b", "PID[1]-3[1].2.1"],
        ["c", "PID[1]-3[1].2.2"],
      ],
    );
    assert.deepEqual(value.subcomponent(1).parts, []);
  });

  it("tells of its escapes that could not be decoded, with its position", () => {
    const [problem] = segment("NTE|1||C:\\temp").field(3).problems;
    assert.deepEqual([problem?.code, problem?.where], ["escape-unknown", "NTE[1]-3[1]"]);
  });
});
