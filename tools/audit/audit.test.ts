/** What we depend on may be passed on under Apache-2.0. SPDX 2.3, annex D (licence expressions). */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { licenceVerdict } from "./licences.ts";
import { installedPackages } from "./packages.ts";
import { auditReport } from "./report.ts";

const rows = [
  ["MIT", "allowed"],
  ["(MIT OR GPL-3.0)", "allowed"],
  ["Apache-2.0 AND MIT", "allowed"],
  ["MPL-2.0", "copyleft"],
  ["MIT AND LGPL-3.0-or-later", "copyleft"],
  ["GPL-3.0", "not-allowed"],
  ["MIT AND AGPL-3.0-only", "not-allowed"],
  ["UNLICENSED", "missing"],
  [undefined, "missing"],
] as const;
for (const [licence, verdict] of rows) {
  test(`a package under ${licence ?? "no licence"} is ${verdict}`, () =>
    assert.equal(licenceVerdict(licence), verdict));
}

test("a package that says nothing, or nothing that is allowed, is a fault with its name", () => {
  const aPackage = { version: "1.0.0", isForDevelopment: false, hasInstallScript: true, ageDays: 900 };
  const packages = [
    { ...aPackage, name: "silent", licence: undefined },
    { ...aPackage, name: "fine", licence: "ISC" },
  ];
  const { lines, faults } = auditReport(packages, new Set(["fine"]));
  assert.deepEqual(faults, ["  silent 1.0.0: says nothing"]);
  assert.ok(lines.includes("  fine 1.0.0: permitted") && lines.includes("  silent 1.0.0: not run"));
  assert.ok(lines.includes("  fine 1.0.0: 900 days"));
});

test("every package that is installed has a licence that is allowed", () => {
  const packages = installedPackages(join(import.meta.dirname, "../.."), 0);
  assert.ok(packages.length > 100);
  assert.deepEqual(auditReport(packages, new Set()).faults, []);
});
