import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { afterSignIn, optionalText, readSearch, writeSearch } from "./search-values.ts";

describe("Where signing in leads", () => {
  it("goes back to the page that asked for it", () => {
    assert.deepEqual(afterSignIn({ back: "/patients/p1/results?trend=2823-3" }), {
      back: "/patients/p1/results?trend=2823-3",
    });
  });

  it("never leaves this address, whatever a link says", () => {
    for (const back of [
      "//evil.example",
      "/\\evil.example",
      "https://evil.example",
      "javascript:alert(1)",
      "/\t/evil.example",
      7,
    ]) {
      assert.deepEqual(afterSignIn({ back }), {});
    }
  });

  it("does not come back to the sign-in page itself", () => {
    assert.deepEqual(afterSignIn({ back: "/sign-in?back=/links" }), {});
  });
});

describe("Values in the address", () => {
  it("are texts, even where they look like numbers, and are written as they are", () => {
    assert.deepEqual(readSearch("?version=2&tab=raw"), { version: "2", tab: "raw" });
    assert.equal(writeSearch({ version: "2", tab: "raw" }), "?version=2&tab=raw");
    assert.equal(writeSearch({ tab: undefined }), "");
  });

  it("are left out when there is nothing in them", () => {
    assert.deepEqual(optionalText("state", ""), {});
    assert.deepEqual(optionalText("state", undefined), {});
    assert.deepEqual(optionalText("state", { a: 1 }), {});
  });
});
