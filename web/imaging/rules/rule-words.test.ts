import assert from "node:assert/strict";
import { it } from "node:test";
import { imageRouteBody } from "#departments/clinical/api";
import { ruleSentence } from "./rule-words.ts";

it("A rule is read out as one sentence, with what it asks for and what it does not", () => {
  assert.equal(
    ruleSentence(imageRouteBody.parse({ to: ["archive-2"] })),
    "When a study has come, whatever it is: to archive-2.",
  );
  const asking = { modalities: ["CT", "MR"], hours: { from: "18:00", to: "07:30" }, priors: { count: 2 } };
  assert.equal(
    ruleSentence(imageRouteBody.parse({ ...asking, to: ["night", "stroke"] })),
    "When a study has come, of CT or MR, between 18:00 and 07:30: to night and stroke, with up to 2 earlier studies of the same modality.",
  );
});
