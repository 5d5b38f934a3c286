import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { chosenMembers } from "./members.ts";

describe("Members of a JSON object", () => {
  const values = {
    "00080005": { vr: "CS", Value: ["ISO_IR 192"] },
    "00081030": { vr: "LO", Value: ['quoted " \\" {[', "ends with \\"] },
    "00081140": { vr: "SQ", Value: [{ "00081150": { vr: "UI" } }, { "00081155": { vr: "UI", Value: ["}"] } }] },
    "00200013": { vr: "IS" },
  };
  const text = JSON.stringify(values).slice(1, -1);

  it("are chosen by their keys, as they are written", () => {
    for (const key of Object.keys(values))
      assert.deepEqual(JSON.parse(`{${chosenMembers(text, (one) => one === key)}}`), { [key]: values[key as never] });
    assert.equal(
      chosenMembers(text, () => true),
      text,
    );
  });

  it("are none where none is wanted, or there is none", () => {
    assert.equal(
      chosenMembers(text, () => false),
      "",
    );
    assert.equal(
      chosenMembers("", () => true),
      "",
    );
  });
});
