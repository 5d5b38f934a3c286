/** Deny by default, one policy a kind. DESIGN.md, invariant 5. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { resourceTypes } from "#standards/fhir";
import { linkActor, may, workerActor } from "../actor.ts";
import { grantsOf } from "../grants.ts";
import { isPermission } from "../permissions.ts";
import { roleNames, roles } from "../roles/index.ts";
import { policies, type RecordAction, recordActions } from "./index.ts";

describe("the policies", () => {
  const kinds = policies.flatMap((policy) => policy.kinds);

  it("name every R4 resource type exactly once", () => {
    const fhir = policies.filter((policy) => policy.layer === "fhir").flatMap((policy) => policy.kinds);
    assert.deepEqual(fhir.toSorted(), resourceTypes.toSorted());
    assert.equal(new Set(kinds).size, kinds.length);
  });

  it("open the accounts, sessions, tokens and kept searches to nobody", () => {
    const everybody = [...roleNames, "link", "worker"] as const;
    const granted = grantsOf(everybody);
    for (const kind of ["User", "Session", "ApiToken", "SavedSearch"]) {
      for (const action of recordActions) assert.equal(granted.has(`${kind}.${action}`), false, `${kind}.${action}`);
    }
  });

  it("let nobody change or take away an entry of the audit log, or a Provenance", () => {
    const granted = grantsOf([...roleNames, "link", "worker"]);
    for (const kind of ["AuditEvent", "Provenance"]) {
      assert.equal(granted.has(`${kind}.update`) || granted.has(`${kind}.delete`), false, kind);
    }
  });

  it("let no role take away a clinical document", () => {
    const deleted = [...grantsOf(roleNames)].filter((permission) => permission.endsWith(".delete"));
    const removable = policies.filter(({ name }) =>
      ["definitions", "code-maps", "subscriptions", "disclosures", "image-archive", "image-marks"].includes(name),
    );
    assert.deepEqual(
      deleted.toSorted(),
      removable.flatMap((policy) => policy.kinds.map((kind) => `${kind}.delete`)).toSorted(),
    );
  });

  it("close a kind that none of them names", () => {
    assert.equal(
      [...grantsOf(roleNames)].some((permission) => permission.startsWith("Ticket.")),
      false,
    );
  });
});

type Row = readonly [who: string, kind: string, allowed: string, refused: string];

/** Letters: Read, Search, History, Create, Update, Delete. */
const matrix: readonly Row[] = [
  ["doctor", "Patient", "RSHCU", "D"],
  ["doctor", "Observation", "RSHCU", "D"],
  ["doctor", "Binary", "RSHCU", "D"],
  ["doctor", "Condition", "RSHCU", "D"],
  ["doctor", "Provenance", "RSHC", "UD"],
  ["doctor", "AuditEvent", "", "RSHCUD"],
  ["doctor", "LinkMessage", "", "RSHCUD"],
  ["doctor", "ValueSet", "RSH", "CUD"],
  ["nurse", "Observation", "RSHCU", "D"],
  ["nurse", "AllergyIntolerance", "RSHCU", "D"],
  ["administrative-assistant", "Patient", "RSHCU", "D"],
  ["administrative-assistant", "Appointment", "RSHCU", "D"],
  ["administrative-assistant", "Observation", "", "RSHCUD"],
  ["administrative-assistant", "DiagnosticReport", "", "RSHCUD"],
  ["administrative-assistant", "Bundle", "", "RSHCUD"],
  ["pathology-links-manager", "LinkMessage", "RSH", "CUD"],
  ["pathology-links-manager", "RetiredDay", "RSH", "CUD"],
  ["worker", "RetiredDay", "RSHCU", "D"],
  ["pathology-links-manager", "Delivery", "RSHCU", "D"],
  ["pathology-links-manager", "LinkBook", "RSH", "CUD"],
  ["link", "Delivery", "RSHC", "UD"],
  ["worker", "Delivery", "RSHCU", "D"],
  ["system-administrator", "Delivery", "", "RSHCUD"],
  ["pathology-links-manager", "Patient", "RSH", "CUD"],
  ["pathology-links-manager", "ServiceRequest", "RSH", "CUD"],
  ["pathology-links-manager", "DiagnosticReport", "RSH", "CUD"],
  ["pathology-links-manager", "Condition", "", "RSHCUD"],
  ["pacs-administrator", "ImagingStudy", "RSHCU", "D"],
  ["pacs-administrator", "Observation", "", "RSHCUD"],
  ["specialist-manager", "MeasureReport", "RSH", "CUD"],
  ["specialist-manager", "Patient", "", "RSHCUD"],
  ["training-manager", "Practitioner", "RSH", "CUD"],
  ["training-administrator", "Patient", "", "RSHCUD"],
  ["network-manager", "LinkMessage", "", "RSHCUD"],
  ["systems-developer", "StructureDefinition", "RSHCUD", ""],
  ["systems-developer", "Patient", "", "RSHCUD"],
  ["support-technician", "Observation", "", "RSHCUD"],
  ["test-analyst", "Patient", "", "RSHCUD"],
  ["information-governance", "AuditEvent", "RSH", "CUD"],
  ["information-governance", "Patient", "RSH", "CUD"],
  ["information-governance", "Observation", "", "RSHCUD"],
  ["information-analyst", "MeasureReport", "RSHCU", "D"],
  ["information-analyst", "Patient", "", "RSHCUD"],
  ["clinical-coding-and-auditing", "Condition", "RSH", "CUD"],
  ["planning-and-performance-management", "Encounter", "", "RSHCUD"],
  ["librarian", "Patient", "", "RSHCUD"],
  ["library-assistant", "DocumentReference", "", "RSHCUD"],
  ["knowledge-and-library-services-management", "Library", "RSH", "CUD"],
  ["system-administrator", "Practitioner", "RSHCU", "D"],
  ["system-administrator", "Patient", "", "RSHCUD"],
  ["system-administrator", "Observation", "", "RSHCUD"],
  ["system-administrator", "LinkMessage", "", "RSHCUD"],
  ["system-administrator", "AuditEvent", "", "RSHCUD"],
  ["link", "Observation", "RSHCU", "D"],
  ["link", "LinkMessage", "RSHCU", "D"],
  ["link", "AuditEvent", "", "RSHCUD"],
  ["worker", "Observation", "RSH", "CUD"],
  ["worker", "MeasureReport", "RSHCU", "D"],
];

describe("who may do what", () => {
  const actions = new Map<string, RecordAction>(recordActions.map((action) => [action[0]!.toUpperCase(), action]));
  for (const [who, kind, allowed, refused] of matrix) {
    it(`${who} and ${kind}: ${allowed || "nothing"}`, () => {
      assert.equal(allowed.length + refused.length, actions.size, "the row says something of every action");
      const actor = who === "link" ? linkActor("lab") : who === "worker" ? workerActor("w") : undefined;
      const granted = actor?.permissions ?? grantsOf([who as (typeof roleNames)[number]]);
      const can = (letter: string) => granted.has(`${kind}.${actions.get(letter)}`);
      assert.deepEqual(
        [...allowed].filter((letter) => !can(letter)),
        [],
        "refused, but should be allowed",
      );
      assert.deepEqual([...refused].filter(can), [], "allowed, but should be refused");
    });
  }
});

describe("the roles", () => {
  it("are the seventeen of the five departments, two that care for patients, and one that keeps the accounts", () => {
    assert.equal(roleNames.length, 20);
    for (const name of roleNames) {
      const { purpose, home, permissions } = roles[name];
      assert.match(purpose, /^[A-Z].*\.$/, name);
      assert.match(home, /^\//, name);
      for (const permission of permissions) assert.ok(isPermission(permission), `${name}: ${permission}`);
    }
  });

  it("add up when a person has several", () => {
    const actor = { ...linkActor("x"), permissions: grantsOf(["librarian", "nurse"]) };
    assert.equal(may(actor, "Observation", "read"), true);
    assert.ok(grantsOf(["librarian", "information-governance"]).has("audit.read"));
  });
});
