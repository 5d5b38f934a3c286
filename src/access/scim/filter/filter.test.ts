/** Filters of SCIM. RFC 7644 §3.4.2.2, Figure 1 and its examples. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, type JsonObject } from "#kernel";
import { userType } from "../schema/resource-types.ts";
import { compileFilter } from "./matches.ts";
import { parseFilter } from "./parse-filter.ts";

const osei: JsonObject = {
  id: "U1",
  userName: "Ada.Osei",
  externalId: "X-1",
  active: true,
  title: "Registrar",
  name: { familyName: "Osei" },
  meta: { lastModified: "2026-11-23T10:00:00.000Z" },
  emails: [
    { type: "work", value: "ada@ward.example" },
    { type: "home", value: "ada@home.example" },
  ],
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: "Renal" },
};

const holds: readonly string[] = [
  'userName eq "ada.osei"',
  'userName EQ "ADA.OSEI"',
  'externalId eq "X-1"',
  'userName sw "ada" and title pr',
  'userName co "."',
  'emails co "home.example"',
  'emails[type eq "work" and value co "@ward"]',
  'emails.type eq "home"',
  'name.familyName ew "sei"',
  "active eq true",
  'active eq "True"',
  "not (active eq false)",
  'title eq "Consultant" or (title eq "Registrar" and not (nickName pr))',
  'title eq "Registrar" or title eq "x" and title eq "y"',
  'urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada.osei"',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "renal"',
  'meta.lastModified gt "2026-11-23T09:00:00Z"',
  'meta.lastModified le "2026-11-23T10:00:00+00:00"',
  'nickName ne "Ada"',
  "nickName eq null",
  'userName ge "a" and userName lt "b"',
];

const holdsNot: readonly string[] = [
  'externalId eq "x-1"',
  'id eq "u1"',
  'emails[type eq "work" and value co "@home"]',
  "nickName pr",
  'title ne "registrar"',
  "title eq null",
  '(title eq "Registrar" or title eq "x") and title eq "y"',
];

const refused: readonly string[] = [
  "",
  "userName",
  'userName eq "ada',
  "userName eq",
  'userName is "ada"',
  'userName eq "ada" and',
  '(userName eq "ada"',
  'emails[type eq "work"',
  'shoeSize eq "4"',
  'active gt "true"',
  "userName eq 4",
  'meta.created co "2026"',
  'a.b.c eq "1"',
  `${"(".repeat(30)}title pr${")".repeat(30)}`,
];

const compiled = (text: string) => {
  const filter = parseFilter(text);
  return filter.ok ? compileFilter(userType, filter.value) : filter;
};

for (const text of holds) test(`holds: ${text}`, () => assert.equal(expectOk(compiled(text))(osei), true));
for (const text of holdsNot) test(`does not hold: ${text}`, () => assert.equal(expectOk(compiled(text))(osei), false));
for (const text of refused) {
  test(`is refused: ${text.slice(0, 60)}`, () => {
    const result = compiled(text);
    assert.equal(!result.ok && result.problems[0].code, "scim:invalidFilter");
  });
}
