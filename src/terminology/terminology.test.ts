import assert from "node:assert/strict";
import test from "node:test";
import { expectOk, limits } from "#kernel";
import { openTestTerminology, wardSet, wardSystem, wardUrl } from "../../test/terminology.ts";

const { terminology, store } = await openTestTerminology();
const { check, search } = terminology;

test("what FHIR brings is checked without waiting", () => {
  const genders = "http://hl7.org/fhir/ValueSet/administrative-gender|4.0.1";
  assert.equal(check.isMember(genders, { code: "male" }), true);
  assert.equal(check.isMember(genders, { system: "http://hl7.org/fhir/administrative-gender", code: "man" }), false);
  assert.equal(check.isMember(genders, { system: wardUrl, code: "male" }), false);
  assert.equal(check.displayOf("http://hl7.org/fhir/administrative-gender", "male"), "Male");
  assert.equal(check.isCode("http://unitsofmeasure.org", "mg/dL"), true);
  assert.equal(check.isMember("http://hl7.org/fhir/ValueSet/ucum-bodyweight", { code: "kg" }), true);
});

test("what only a database knows, or nobody, is not decided", () => {
  assert.equal(check.isMember("http://hl7.org/fhir/ValueSet/condition-code", { code: "73211009" }), undefined);
  assert.equal(check.isMember("http://elsewhere.example/vs", { code: "1" }), undefined);
  assert.equal(check.isCode("http://snomed.info/sct", "73211009"), undefined);
  assert.equal(check.knowsSystem("http://snomed.info/sct"), false);
});

test("a code that a value set names needs no code system", () => {
  const named = "http://hl7.org/fhir/ValueSet/device-statement-status";
  assert.equal(check.isMember(named, { code: "no-such-status" }), false);
});

test("a definition takes effect when it is written, and again when it is changed or deleted", async () => {
  const url = "http://hospital.example/vs/open";
  assert.equal(check.isMember(url, { code: "east" }), undefined);
  await store(wardSystem, wardSet("open", { include: [{ system: wardUrl }] }));
  assert.equal(check.isMember(url, { system: wardUrl, code: "east" }), true);
  await store(wardSet("open", { include: [{ system: wardUrl, concept: [{ code: "west" }] }] }));
  assert.equal(check.isMember(url, { system: wardUrl, code: "east" }), false);
  assert.equal(check.displayOf(wardUrl, "west"), "West Ward");
});

test("a value set and what is above or below a code are lists to search by", async () => {
  await store(wardSystem);
  const members = expectOk(await search.expandForSearch("http://hl7.org/fhir/ValueSet/administrative-gender"));
  assert.deepEqual(
    members.map(({ code }) => code),
    ["male", "female", "other", "unknown"],
  );
  assert.deepEqual(expectOk(await search.descendants(wardUrl, "surgical")), ["surgical", "east", "theatre"]);
  assert.deepEqual(expectOk(await search.ancestors(wardUrl, "east")), ["all", "surgical", "east"]);
});

test("a list too long to search by is refused", async () => {
  const concept = Array.from({ length: limits.searchCodesMax + 1 }, (_, number) => ({ code: `c${number}` }));
  await store({ ...wardSystem, id: "many", url: "http://hospital.example/many", concept });
  await store(wardSet("many", { include: [{ system: "http://hospital.example/many" }] }));
  const refused = await search.expandForSearch("http://hospital.example/vs/many");
  assert.equal(!refused.ok && refused.problems[0].code, "too-costly");
});
