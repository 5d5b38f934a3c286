import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { rolesDocument, rolesMatrix } from "./roles-matrix.ts";

it("docs/roles.md says what the code says", () => {
  const printed = readFileSync(rolesDocument, "utf8");
  assert.equal(printed, rolesMatrix(), "docs/roles.md is out of date: run node tools/roles-matrix.ts");
});
