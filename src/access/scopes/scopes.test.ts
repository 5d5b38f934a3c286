/** What scopes mean, what is left of them, and what people read of them. SMART App Launch 2.2 §3.0.2. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk, instant } from "#kernel";
import { narrowedScopes } from "./narrowed-scopes.ts";
import { parseResourceScope } from "./resource-scope.ts";
import { grantsOfScopes, type ScopesTold } from "./scope-grants.ts";
import { scopeSentence } from "./scope-words.ts";

const scopes = (text: string) => text.split(" ").map((each) => expectOk(parseResourceScope(each)));
const granted = (text: string, told: Partial<ScopesTold> = {}) =>
  expectOk(grantsOfScopes({ scopes: scopes(text), now: instant(0), ...told }));

describe("Scopes that are asked for, within those that are allowed", () => {
  const rows: readonly (readonly [asked: string, allowed: string, left: string])[] = [
    ["patient/Observation.rs", "patient/*.cruds", "patient/Observation.rs"],
    ["patient/*.read", "patient/*.rs", "patient/*.read"],
    ["patient/*.cruds", "patient/Observation.rs", "patient/Observation.rs"],
    [
      "patient/Observation.rs",
      "patient/Observation.rs?category=laboratory",
      "patient/Observation.rs?category=laboratory",
    ],
    ["patient/Observation.rs?code=1", "patient/Observation.r?category=a", "patient/Observation.r?code=1&category=a"],
    ["user/Patient.rs", "patient/Patient.rs", ""],
    ["patient/Patient.cud", "patient/Patient.rs", ""],
    ["patient/*.rs", "patient/Patient.r patient/Condition.s", "patient/Patient.r patient/Condition.s"],
  ];
  for (const [asked, allowed, left] of rows) {
    it(`${asked} within ${allowed} is ${left || "nothing"}`, () => {
      const found = narrowedScopes(scopes(asked), scopes(allowed));
      assert.equal(found.map(({ text }) => text).join(" "), left);
    });
  }
});

describe("A scope for one patient", () => {
  it("gives nothing without a patient", () => {
    assert.equal(granted("patient/*.cruds").permissions.size, 0);
  });

  it("gives what is about the patient, and what belongs to nobody to be read", () => {
    const { permissions, constraints } = granted("patient/*.cruds", { patient: "osei" });
    assert.deepEqual(constraints.get("Patient")?.read, { is: "all", of: [{ is: "id", any: ["osei"] }] });
    const results = constraints.get("Observation")?.search;
    assert.match(JSON.stringify(results), /Patient\/osei/);
    assert.deepEqual([...permissions].filter((permission) => permission.startsWith("Practitioner.")).toSorted(), [
      "Practitioner.read",
      "Practitioner.search",
    ]);
    for (const closed of ["Patient.create", "Patient.delete", "AuditEvent.read", "Subscription.read", "User.read"]) {
      assert.equal(permissions.has(closed), false, closed);
    }
  });

  it("has every kind that it gives limited to the patient, those apart that belong to nobody", () => {
    const { permissions, constraints } = granted("patient/*.cruds", { patient: "osei" });
    const free = new Set(
      [...permissions].map((each) => each.split(".")[0] ?? "").filter((kind) => !constraints.has(kind)),
    );
    assert.deepEqual([...free].toSorted(), [
      "Binary",
      "HealthcareService",
      "Location",
      "Medication",
      "Organization",
      "Practitioner",
      "PractitionerRole",
      "Substance",
    ]);
  });
});

describe("Scopes of an application that acts for a person", () => {
  it("give nothing that the person may not do", () => {
    const { permissions } = granted("user/*.cruds", { held: new Set(["Observation.read", "users.manage"]) });
    assert.deepEqual([...permissions], ["Observation.read"]);
  });

  it("are alternatives where several are for one type", () => {
    const text = "user/Observation.r?category=laboratory user/Observation.r?category=vital-signs";
    const clause = granted(text).constraints.get("Observation")?.read;
    assert.equal(clause?.is, "any");
  });
});

describe("A scope in plain words", () => {
  const rows: readonly (readonly [scope: string, sentence: string])[] = [
    ["patient/Observation.rs?category=laboratory", "Read laboratory results of the chosen patient"],
    [
      "patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory",
      "Read laboratory results of the chosen patient",
    ],
    ["user/Condition.cu", "Add and change problems and diagnoses of every patient you may see"],
    ["system/*.cruds", "Read, add, change and delete everything in the record of all patients"],
    ["patient/Basic.r", "Read Basic resources of the chosen patient"],
  ];
  for (const [scope, sentence] of rows) {
    it(`${scope}: ${sentence}`, () => {
      assert.equal(scopeSentence(expectOk(parseResourceScope(scope))), sentence);
    });
  }
});
