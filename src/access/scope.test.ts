/** Scopes of tokens. Source: SMART App Launch 2.2 §3.0.2.6 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk, instant } from "#kernel";
import { parseScope, readScopes } from "./scope.ts";

describe("a scope", () => {
  const granted = (text: string) => [...expectOk(parseScope(text))].toSorted();

  it("gives each letter its actions on one type", () => {
    assert.deepEqual(granted("system/Observation.rs"), [
      "Observation.history",
      "Observation.read",
      "Observation.search",
    ]);
    assert.deepEqual(granted("system/Patient.cud"), ["Patient.create", "Patient.delete", "Patient.update"]);
  });

  it("with a star covers every FHIR type, and no account or message", () => {
    const all = expectOk(parseScope("system/*.cruds"));
    assert.equal(all.size, 146 * 6);
    for (const kind of ["User", "Session", "ApiToken", "LinkMessage"]) assert.equal(all.has(`${kind}.read`), false);
  });

  it("of version 1 gives what it stands for in version 2", () => {
    assert.deepEqual(granted("system/Observation.read"), granted("system/Observation.rs"));
    assert.deepEqual(granted("system/Observation.write"), granted("system/Observation.cud"));
    assert.deepEqual(granted("system/*.*"), granted("system/*.cruds"));
  });

  it("with a search gives only what meets it", () => {
    const { permissions, constraints } = expectOk(readScopes("system/Observation.rs?category=laboratory", instant(0)));
    assert.ok(permissions.has("Observation.read"));
    assert.deepEqual(Object.keys(constraints.get("Observation") ?? {}).toSorted(), ["history", "read", "search"]);
    assert.deepEqual(constraints.get("Observation")?.read, {
      is: "all",
      of: [{ is: "key", any: ["category=laboratory"] }],
    });
  });

  it("without a search is not limited by one that has it", () => {
    const text = "system/Observation.r system/Observation.rs?category=laboratory";
    const { constraints } = expectOk(readScopes(text, instant(0)));
    assert.deepEqual(Object.keys(constraints.get("Observation") ?? {}).toSorted(), ["history", "search"]);
  });

  it("with a search that cannot be done is refused with its place", () => {
    const result = readScopes("system/Observation.rs?colour=red", instant(0));
    assert.ok(!result.ok);
    assert.equal(result.problems[0].code, "scope-invalid");
    assert.equal(result.problems[0].where, "system/Observation.rs?colour=red");
  });

  it("of a link lets messages into that link alone", () => {
    assert.deepEqual(granted("link/lab link/lab-2"), ["link/lab", "link/lab-2"]);
  });

  it("adds up with others", () => {
    assert.deepEqual(granted("system/Patient.r  corridor/metrics.see"), ["Patient.read", "metrics.see"]);
  });

  const refused: readonly (readonly [scope: string, code: string, message: RegExp])[] = [
    ["", "scope-invalid", /at least one/],
    ["system/Observation.sr", "scope-invalid", /in this order/],
    ["system/Observation.", "scope-invalid", /in this order/],
    ["system/Observation.reads", "scope-invalid", /in this order/],
    ["system/User.r", "scope-invalid", /User is not a FHIR R4 resource type/],
    ["system/Observatoin.r", "scope-invalid", /Observatoin is not/],
    ["corridor/everything", "scope-invalid", /no permission everything/],
    ["link/", "scope-invalid", /in this order/],
    ["link/*", "scope-invalid", /in this order/],
    ["link/lab.c", "scope-invalid", /in this order/],
    ["patient/Observation.rs", "scope-unsupported", /Only system/],
    ["system/Observation.rs?category=laboratory", "scope-unsupported", /search parameters/],
  ];
  for (const [scope, code, message] of refused) {
    it(`'${scope}' is refused as ${code}`, () => {
      const result = parseScope(scope);
      assert.ok(!result.ok);
      assert.equal(result.problems[0].code, code);
      assert.match(result.problems[0].message, message);
    });
  }

  it("that is wrong spoils the ones beside it", () => {
    const result = parseScope("system/Patient.r nonsense system/Q.r");
    assert.ok(!result.ok);
    assert.deepEqual(
      result.problems.map((problem) => problem.where),
      ["nonsense", "system/Q.r"],
    );
  });
});
