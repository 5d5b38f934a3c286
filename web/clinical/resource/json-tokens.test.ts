import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { jsonTokens, resourceReference } from "./json-tokens.ts";

const observation = {
  resourceType: "Observation",
  subject: { reference: "Patient/p1", display: "OSEI" },
  valueQuantity: { value: -4.5e3 },
  note: [{ text: 'says "reference": true, {not} a name' }],
  active: null,
};

describe("JSON in colours", () => {
  it("is the same text when its pieces are joined", () => {
    const joined = jsonTokens(observation)
      .map((token) => token.text)
      .join("");
    assert.equal(joined, JSON.stringify(observation, undefined, 2));
  });

  it("knows names from texts, and references to other resources", () => {
    const named = jsonTokens({ subject: { reference: "Patient/p1", display: "OSEI" } })
      .filter((token) => token.is !== "plain")
      .map((token) => [token.is, token.text]);
    assert.deepEqual(named, [
      ["name", '"subject":'],
      ["name", '"reference":'],
      ["reference", '"Patient/p1"'],
      ["name", '"display":'],
      ["text", '"OSEI"'],
    ]);
  });

  it("leads only to resources of this record", () => {
    assert.deepEqual(resourceReference('"Patient/p1/_history/2"'), { kind: "Patient", id: "p1" });
    assert.equal(resourceReference('"https://elsewhere.example/Patient/p1"'), undefined);
    assert.equal(resourceReference('"#contained"'), undefined);
  });
});
