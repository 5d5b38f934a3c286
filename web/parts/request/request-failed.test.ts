import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isSessionEnded, problemFromReply, RequestFailed } from "./request-failed.ts";

describe("What a page says when the server refuses", () => {
  // Source: RFC 9457 §3.
  it("is the server's own sentence", () => {
    const body = { title: "Conflict", status: 409, detail: "The user name is taken.", code: "username-taken" };
    assert.deepEqual(problemFromReply(409, body), {
      category: "conflict",
      code: "username-taken",
      message: "The user name is taken.",
    });
  });

  // Source: FHIR R4 OperationOutcome.
  it("is the sentence of an OperationOutcome, and not its code, where FHIR answers", () => {
    const issue = [{ code: "not-found", details: { text: "not-found" }, diagnostics: "No such Patient." }];
    const body = { resourceType: "OperationOutcome", issue };
    assert.equal(problemFromReply(404, body).message, "No such Patient.");
  });

  it("is a sentence of its own where the answer holds none", () => {
    assert.equal(
      problemFromReply(503, undefined).message,
      "Corridor does not answer. Check the network, then try again.",
    );
    assert.equal(problemFromReply(418, "teapot").category, "fault");
  });

  it("knows the end of a session from other refusals", () => {
    assert.equal(isSessionEnded(new RequestFailed(problemFromReply(401, {}), 401)), true);
    assert.equal(isSessionEnded(new RequestFailed(problemFromReply(403, {}), 403)), false);
    assert.equal(isSessionEnded(new Error("401")), false);
  });
});
