import assert from "node:assert/strict";
import { it } from "node:test";
import { retentionRuleBody } from "#departments/clinical/api";
import { keptLines, retentionSentence } from "./retention-words.ts";

it("A rule of how long studies are kept is read out with whatever keeps a study longer", () => {
  const named = () => "VAULT";
  const plain = retentionRuleBody.parse({ years: 8, withRecord: false, keepsUnreported: false });
  assert.equal(retentionSentence(plain, named), "A study is kept for 8 years after the study.");
  const full = { years: 1, from: "last-contact", modalities: ["CT", "MR"], childUntilAge: 25, secondArchive: "vault" };
  assert.equal(
    retentionSentence(retentionRuleBody.parse(full), named),
    "A study of CT or MR is kept for 1 year after the patient's last contact, a child's at least to the age of 25." +
      " It stays as long as the health record is still to be kept, nobody has reported on it, or VAULT does not commit to it.",
  );
  assert.deepEqual(keptLines({ held: 1, "not-yet": 20 }), [
    "20 studies: its time is not over",
    "1 study: information governance holds it",
  ]);
});
