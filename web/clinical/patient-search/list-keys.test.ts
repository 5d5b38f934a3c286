import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { activeAfter, moveForKey, stillPointed } from "./list-keys.ts";

// Source: WAI-ARIA Authoring Practices, Combobox with list autocomplete.
describe("Keys in the list of suggested patients", () => {
  it("goes from the text field to the first row and back round from the last", () => {
    assert.equal(activeAfter("next", -1, 3), 0);
    assert.equal(activeAfter("next", 2, 3), 0);
  });

  it("goes upwards from the text field to the last row", () => {
    assert.equal(activeAfter("previous", -1, 3), 2);
    assert.equal(activeAfter("previous", 0, 3), 2);
  });

  it("stays in the text field when there is nothing to choose from", () => {
    assert.equal(activeAfter("next", -1, 0), -1);
  });

  it("opens nobody else when the list has changed under the reader", () => {
    const pointed = { row: 1, key: "osei-kwame" };
    assert.equal(stillPointed(pointed, ["osei", "osei-kwame"]), 1);
    assert.equal(stillPointed(pointed, ["osei", "osman"]), -1);
    assert.equal(stillPointed(undefined, ["osei"]), -1);
  });

  it("leaves every other key to the text field", () => {
    assert.equal(moveForKey("a"), undefined);
    assert.equal(moveForKey("Escape"), "close");
  });
});
