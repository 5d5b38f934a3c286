/**
 * Patches of SCIM as they are really sent. RFC 7644 §3.5.2; Microsoft Entra ID, "Develop a SCIM endpoint", and its known
 * deviations; Okta, "Build a SCIM provisioning integration".
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json, JsonObject } from "#kernel";
import { groupType, userType } from "../schema/resource-types.ts";
import { applyPatch } from "./apply-patch.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const core = "urn:ietf:params:scim:schemas:core:2.0:User";

const osei: JsonObject = {
  userName: "ada.osei",
  active: true,
  name: { givenName: "Ada", familyName: "Osei" },
  emails: [{ value: "ada@ward.example", type: "work", primary: true }],
};
const ward: JsonObject = { displayName: "Ward 7", members: [{ value: "u1" }, { value: "u2" }, { value: "u3" }] };

const patched = (resource: JsonObject, operations: readonly Json[]) =>
  applyPatch(resource === ward ? groupType : userType, resource, { Operations: operations });

interface Vector {
  readonly from: JsonObject;
  readonly does: string;
  readonly operations: readonly Json[];
  /** What is different after it; null for what is gone. */
  readonly changes: JsonObject;
}

const vectors: readonly Vector[] = [
  {
    from: osei,
    does: "Entra: a capital in the operation, and false as a text",
    operations: [{ op: "Replace", path: "active", value: "False" }],
    changes: { active: false },
  },
  {
    from: osei,
    does: "Entra: true as a text, inside a value without a path",
    operations: [{ op: "Add", value: { active: "True" } }],
    changes: { active: true },
  },
  {
    from: osei,
    does: "Okta: a value without a path",
    operations: [{ op: "replace", value: { active: false } }],
    changes: { active: false },
  },
  {
    from: osei,
    does: "Entra: keys with dots, and with the URN of an extension",
    operations: [
      {
        op: "Replace",
        value: {
          "name.familyName": "Osei-Bonsu",
          [`${enterprise}:department`]: "Renal",
          displayName: "Ada Osei-Bonsu",
        },
      },
    ],
    changes: {
      name: { givenName: "Ada", familyName: "Osei-Bonsu" },
      displayName: "Ada Osei-Bonsu",
      [enterprise]: { department: "Renal" },
    },
  },
  {
    from: osei,
    does: "Entra: a key with a value filter in it",
    operations: [{ op: "Add", value: { 'emails[type eq "work"].value': "ada.osei@ward.example" } }],
    changes: { emails: [{ value: "ada.osei@ward.example", type: "work", primary: true }] },
  },
  {
    from: osei,
    does: "Entra: a path with a value filter that picks",
    operations: [{ op: "Replace", path: 'emails[type eq "work"].value', value: "a.osei@ward.example" }],
    changes: { emails: [{ value: "a.osei@ward.example", type: "work", primary: true }] },
  },
  {
    from: osei,
    does: "Entra: a path with a value filter that picks nothing yet",
    operations: [{ op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "07700 900123" }],
    changes: { phoneNumbers: [{ type: "mobile", value: "07700 900123" }] },
  },
  {
    from: osei,
    does: "Entra: the same by a replacement",
    operations: [{ op: "Replace", path: 'addresses[type eq "work"].formatted', value: "Level 4" }],
    changes: { addresses: [{ type: "work", formatted: "Level 4" }] },
  },
  {
    from: osei,
    does: "Entra: a role under a filter on primary as a text",
    operations: [{ op: "Add", path: 'roles[primary eq "True"].value', value: "Doctors" }],
    changes: { roles: [{ primary: true, value: "Doctors" }] },
  },
  {
    from: osei,
    does: "Entra: the manager as a bare id",
    operations: [{ op: "Add", path: `${enterprise}:manager`, value: "u9" }],
    changes: { [enterprise]: { manager: { value: "u9" } } },
  },
  {
    from: osei,
    does: "Entra, older: a text as a list of one value",
    operations: [{ op: "Replace", path: "displayName", value: [{ $ref: null, value: "Dr Osei" }] }],
    changes: { displayName: "Dr Osei" },
  },
  {
    from: osei,
    does: "an extension as an object",
    operations: [{ op: "add", value: { [enterprise]: { employeeNumber: 4711, "manager.value": "u9" } } }],
    changes: { [enterprise]: { employeeNumber: "4711", manager: { value: "u9" } } },
  },
  {
    from: osei,
    does: "an extension named as the path",
    operations: [{ op: "replace", path: enterprise, value: { division: "Medicine" } }],
    changes: { [enterprise]: { division: "Medicine" } },
  },
  {
    from: osei,
    does: "names without capitals, and the URN of the schema itself",
    operations: [{ op: "replace", path: `${core}:NAME.GIVENNAME`, value: "Adwoa" }],
    changes: { name: { givenName: "Adwoa", familyName: "Osei" } },
  },
  {
    from: osei,
    does: "parts of a name that are not named stay",
    operations: [{ op: "replace", path: "name", value: { familyName: "Boateng" } }],
    changes: { name: { givenName: "Ada", familyName: "Boateng" } },
  },
  {
    from: osei,
    does: "a second address of mail; of two primaries the new one stays",
    operations: [{ op: "add", path: "emails", value: [{ value: "home@example.org", type: "home", primary: true }] }],
    changes: {
      emails: [
        { value: "ada@ward.example", type: "work", primary: false },
        { value: "home@example.org", type: "home", primary: true },
      ],
    },
  },
  {
    from: osei,
    does: "what is there already is not added twice",
    operations: [{ op: "add", path: "emails", value: [{ value: "ada@ward.example", type: "work" }] }],
    changes: {},
  },
  {
    from: osei,
    does: "all addresses of mail replaced",
    operations: [{ op: "replace", path: "emails", value: [{ value: "new@ward.example" }] }],
    changes: { emails: [{ value: "new@ward.example" }] },
  },
  {
    from: osei,
    does: "the one value that a filter picks, removed",
    operations: [{ op: "remove", path: 'emails[value ew "ward.example" and type eq "work"]' }],
    changes: { emails: null },
  },
  {
    from: osei,
    does: "a part of a name removed",
    operations: [{ op: "remove", path: "name.givenName" }],
    changes: { name: { familyName: "Osei" } },
  },
  {
    from: osei,
    does: "null takes away",
    operations: [{ op: "replace", path: "name", value: null }],
    changes: { name: null },
  },
  {
    from: osei,
    does: "steps follow one another",
    operations: [
      { op: "add", path: "title", value: "Registrar" },
      { op: "remove", path: "title" },
    ],
    changes: {},
  },
  {
    from: osei,
    does: "attributes that no schema knows are passed over without a path, and so is what only Corridor sets",
    operations: [{ op: "replace", value: { password: "secret", shoeSize: 4, id: "u1", groups: [{ value: "g" }] } }],
    changes: {},
  },
  {
    from: ward,
    does: "Entra: one member removed by a value beside the path, and nobody else",
    operations: [{ op: "Remove", path: "members", value: [{ value: "u2" }] }],
    changes: { members: [{ value: "u1" }, { value: "u3" }] },
  },
  {
    from: ward,
    does: "Entra: the same with what it knows besides",
    operations: [{ op: "Remove", path: "members", value: [{ $ref: null, value: "u2", display: "Kelly" }] }],
    changes: { members: [{ value: "u1" }, { value: "u3" }] },
  },
  {
    from: ward,
    does: "a removal that names nobody removes nobody",
    operations: [{ op: "Remove", path: "members", value: [] }],
    changes: {},
  },
  {
    from: ward,
    does: "a removal of somebody who is not in it removes nobody",
    operations: [{ op: "Remove", path: "members", value: [{ value: "u8" }] }],
    changes: {},
  },
  {
    from: ward,
    does: "Okta, RFC 7644: one member removed by a filter",
    operations: [{ op: "remove", path: 'members[value eq "u2"]' }],
    changes: { members: [{ value: "u1" }, { value: "u3" }] },
  },
  {
    from: ward,
    does: "RFC 7644: all members, where no value is given",
    operations: [{ op: "remove", path: "members" }],
    changes: { members: null },
  },
  {
    from: ward,
    does: "Entra: members added, one of them there already",
    operations: [{ op: "Add", path: "members", value: [{ $ref: null, value: "u4" }, { value: "u1" }] }],
    changes: { members: [{ value: "u1" }, { value: "u2" }, { value: "u3" }, { value: "u4" }] },
  },
  {
    from: ward,
    does: "a member added as an object, without a list",
    operations: [{ op: "add", path: "members", value: { value: "u4" } }],
    changes: { members: [{ value: "u1" }, { value: "u2" }, { value: "u3" }, { value: "u4" }] },
  },
  {
    from: ward,
    does: "Okta: a new name, with the id beside it",
    operations: [{ op: "replace", value: { id: "g1", displayName: "Ward 8" } }],
    changes: { displayName: "Ward 8" },
  },
  {
    from: ward,
    does: "Okta: members replaced",
    operations: [{ op: "replace", path: "members", value: [{ value: "u9", display: "ada.osei" }] }],
    changes: { members: [{ value: "u9" }] },
  },
];

for (const { from, does, operations, changes } of vectors) {
  test(does, () => {
    const result = patched(from, operations);
    assert.ok(result.ok, result.ok ? "" : result.problems[0].message);
    const expected = Object.fromEntries(Object.entries({ ...from, ...changes }).filter(([, value]) => value !== null));
    assert.deepEqual(result.value, expected);
  });
}

const refusals: readonly (readonly [string, JsonObject, Json, string])[] = [
  ["an operation that there is not", osei, { op: "move", path: "title" }, "invalidSyntax"],
  ["a removal without a path", osei, { op: "remove" }, "noTarget"],
  ["a path that is none", osei, { op: "add", path: "emails[type eq", value: "x" }, "invalidPath"],
  ["a path to what there is not", osei, { op: "add", path: "shoeSize", value: "4" }, "invalidPath"],
  ["a path to what only Corridor sets", osei, { op: "replace", path: "id", value: "u2" }, "mutability"],
  ["the groups of a user", osei, { op: "add", path: "groups", value: [{ value: "g1" }] }, "mutability"],
  ["a boolean that is none", osei, { op: "replace", path: "active", value: "maybe" }, "invalidValue"],
  ["no user name any more", osei, { op: "remove", path: "userName" }, "invalidValue"],
  ["a member without a name in a removal", ward, { op: "remove", path: "members", value: [{}] }, "invalidValue"],
  ["no value", osei, { op: "replace", path: "title" }, "invalidValue"],
];

for (const [what, resource, operation, scimType] of refusals) {
  test(`refused with ${scimType}: ${what}`, () => {
    const result = patched(resource, [operation]);
    assert.equal(!result.ok && result.problems[0].code, `scim:${scimType}`);
  });
}

test("a patch that fails at its second step changes nothing", () => {
  const before = structuredClone(ward);
  patched(ward, [
    { op: "remove", path: "members" },
    { op: "add", path: "nothing", value: 1 },
  ]);
  assert.deepEqual(ward, before);
});
