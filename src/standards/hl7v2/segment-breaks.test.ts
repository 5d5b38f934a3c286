import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseMessage } from "./message.ts";
import { missingSegmentBreaks } from "./segment-breaks.ts";

function suspicions(...lines: readonly string[]): string[] {
  const message = parseMessage(["MSH|^~\\&|LAB", ...lines, ""].join("\r"));
  return missingSegmentBreaks(message).map(({ message: text, where }) => `${where}: ${text}`);
}

describe("A missing line end", () => {
  it("is suspected where the name of a segment ends a field and its first field follows", () => {
    assert.deepEqual(suspicions("GT1|1||Osei^Adaeze||Walmart^LORC|NW|P-1|F-1", "OBR|1|P-1"), [
      "GT1[1]-5: The line end before ORC seems to be missing.",
    ]);
    assert.deepEqual(suspicions("OBX|1|NM|K||4.1||||||FOBX|2|NM|NA||138"), [
      "OBX[1]-11: The line end before OBX seems to be missing.",
    ]);
    assert.deepEqual(suspicions("PID|1||9990000018PV1|1|I"), [
      "PID[1]-3: The line end before PV1 seems to be missing.",
    ]);
  });

  it("is a suspicion and no more, because a text may look the same", () => {
    assert.deepEqual(suspicions("NTE|1||see OBX|1"), ["NTE[1]-3: The line end before OBX seems to be missing."]);
  });

  it("is not suspected where no segment could begin", () => {
    assert.deepEqual(suspicions("ERR||OBX^1^5|101", "ZZZ|ORC|x", "OBX|1|ST|^ORC|NW", "PID|1||1^^^FORCE|A1"), []);
  });
});
