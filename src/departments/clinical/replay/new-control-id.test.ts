/** Another MSH-10 in a message whose other bytes stay. Source: HL7 v2.5.1 §2.15.9.10. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newControlId, withControlId } from "./new-control-id.ts";

const rows: readonly (readonly [says: string, before: string, after: string | undefined])[] = [
  [
    "the tenth field is replaced",
    "MSH|^~\\&|A|B|C|D|2026||ORU^R01|M-1|P|2.4\rPID|1\r",
    "MSH|^~\\&|A|B|C|D|2026||ORU^R01|NEW|P|2.4\rPID|1\r",
  ],
  [
    "whatever the separators are",
    "MSH$%~\\&$A$B$C$D$2026$$ORU%R01$M-1$P$2.4\r",
    "MSH$%~\\&$A$B$C$D$2026$$ORU%R01$NEW$P$2.4\r",
  ],
  [
    "also where it is the last of the segment",
    "MSH|^~\\&|A|B|C|D|2026||ORU^R01|M-1\rPID|1\r",
    "MSH|^~\\&|A|B|C|D|2026||ORU^R01|NEW\rPID|1\r",
  ],
  ["also where it is empty", "MSH|^~\\&|A|B|C|D|2026||ORU^R01||P\r", "MSH|^~\\&|A|B|C|D|2026||ORU^R01|NEW|P\r"],
  ["a header without the field has none to replace", "MSH|^~\\&|A|B\rPID|1|2|3|4|5|6|7|8|9|10|11\r", undefined],
  ["what is no message has no header", "UNB+UNOA:1", undefined],
];

for (const [says, before, after] of rows) {
  test(says, () => {
    const changed = withControlId(Buffer.from(before, "latin1"), "NEW");
    assert.equal(changed && Buffer.from(changed).toString("latin1"), after);
  });
}

test("a message of two bytes a character is left alone", () => {
  assert.equal(withControlId(Buffer.from("MSH|^~\\&|A|B|C|D|2026||ORU^R01|M-1|P", "utf16le"), "NEW"), undefined);
});

test("a new control id fits into 20 characters, and is the same each time", () => {
  assert.match(newControlId("r1", "m1", "gp"), /^R[0-9A-F]{19}$/);
  assert.equal(newControlId("r1", "m1", "gp"), newControlId("r1", "m1", "gp"));
  assert.notEqual(newControlId("r1", "m1", "gp"), newControlId("r2", "m1", "gp"));
});
