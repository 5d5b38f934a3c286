import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { expectOk, type Json, type JsonObject } from "#kernel";
import { checkResource, isPrimitiveType, jsonKey, type Resource, resourceTypes, shapeOf } from "#standards/fhir";
import { aProject, deidentified, theRules } from "../../../test/builders/deidentifying.ts";
import { examplesFolder } from "../../../test/conformance/fhir-examples.ts";
import { compileRuleSet } from "./deidentifier.ts";
import { Plans } from "./plan.ts";
import { RuleCounts } from "./walking.ts";

// 45 CFR 164.514(b)(2); HL7 FHIR R4 data-absent-reason.

const mrsOsei = {
  resourceType: "Patient",
  id: "osei",
  identifier: [{ system: "https://hospital.example/mrn", value: "MRN 7745512" }, { value: "943 476 5919" }],
  name: [{ family: "Osei", given: ["Ama"] }],
  gender: "female",
  birthDate: "1930-04-17",
  address: [{ line: ["14 Larkspur Lane"], city: "Wellow", postalCode: "SW1A 2AA", country: "GB" }],
  contact: [{ name: { text: "Kofi Osei" }, gender: "male" }],
};

const at = (value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined =>
  path.reduce<Json | undefined>((here, step) => (here as Record<string | number, Json> | undefined)?.[step], value);

const result = (effective: string, more: JsonObject = {}): JsonObject => ({
  resourceType: "Observation",
  status: "final",
  code: { coding: [{ system: "http://loinc.org", code: "2345-7", display: "Glucose" }], text: "sugar of Ama" },
  subject: { reference: "Patient/osei", display: "Ama Osei" },
  effectiveDateTime: effective,
  ...more,
});

test("for Safe Harbor a patient is a sex, a country, a postcode area and the year that those over 89 share", () => {
  const left = deidentified(mrsOsei, theRules("safe-harbor"));
  assert.equal(left.gender, "female");
  assert.equal(left.birthDate, "1936");
  assert.deepEqual(left.address, [{ postalCode: "SW", country: "GB" }]);
  assert.deepEqual(left.contact, [{ gender: "male" }]);
  assert.equal(left.name, undefined);
});

test("for teaching people have names that nobody has, and their dates keep their intervals", () => {
  const keyed = aProject({ knowing: [mrsOsei] });
  const [admitted, discharged] = ["2026-03-02T23:30:00Z", "2026-03-09T08:00:00Z"].map((time) =>
    String(deidentified(result(time), theRules("teaching"), keyed).effectiveDateTime),
  );
  assert.equal(
    Date.parse(discharged ?? "") - Date.parse(admitted ?? ""),
    Date.parse("2026-03-09T08:00:00Z") - Date.parse("2026-03-02T23:30:00Z"),
  );
  assert.notEqual(admitted?.slice(0, 10), "2026-03-02");
  assert.match(String(at(deidentified(mrsOsei, theRules("teaching"), keyed), "name", 0, "family")), /^ZZZ[A-Z]/);
});

test("an identifier becomes a marked pseudonym in a system of its own, the same however it is spelt", () => {
  const left = deidentified(mrsOsei, theRules("teaching"));
  const other = deidentified({ ...mrsOsei, identifier: [{ value: "9434765919" }] }, theRules("teaching"));
  assert.match(String(at(left, "identifier", 1, "value")), /^PSEUDO-[0-9A-F]{20}$/);
  assert.equal(at(left, "identifier", 1, "value"), at(other, "identifier", 0, "value"));
  assert.equal(at(left, "identifier", 1, "system"), "https://pseudonym.invalid/identifier");
});

test("whatever points at a resource still does: relative, absolute, by UUID, by identifier, contained, in a Bundle", () => {
  const bundle = {
    resourceType: "Bundle",
    type: "transaction",
    link: [{ relation: "self", url: "https://ehr.example/fhir/Patient?name=Osei" }],
    entry: [
      {
        fullUrl: "https://ehr.example/fhir/Patient/osei",
        resource: mrsOsei,
        request: { method: "PUT", url: "Patient/osei" },
      },
      {
        resource: result("2026-03-02", { subject: { reference: "https://ehr.example/fhir/Patient/osei/_history/3" } }),
      },
      {
        resource: result("2026-03-02", {
          contained: [{ resourceType: "Patient", id: "in" }],
          subject: { reference: "#in" },
        }),
      },
      {
        resource: result("2026-03-02", {
          subject: { reference: "Patient?identifier=https://hospital.example/mrn|MRN 7745512" },
        }),
      },
    ],
  };
  const left = deidentified(bundle, theRules("teaching"));
  const id = at(left, "entry", 0, "resource", "id");
  assert.equal(at(left, "entry", 0, "fullUrl"), `https://pseudonym.invalid/fhir/Patient/${id}`);
  assert.equal(at(left, "entry", 0, "request", "url"), `Patient/${id}`);
  assert.equal(at(left, "entry", 1, "resource", "subject", "reference"), `Patient/${id}`);
  assert.equal(
    at(left, "entry", 2, "resource", "subject", "reference"),
    `#${at(left, "entry", 2, "resource", "contained", 0, "id")}`,
  );
  const searched = String(at(left, "entry", 3, "resource", "subject", "reference"));
  assert.equal(
    searched,
    `Patient?identifier=https://pseudonym.invalid/identifier|${at(left, "entry", 0, "resource", "identifier", 0, "value")}`,
  );
  assert.ok(!JSON.stringify(left.link ?? "").includes("Osei"));
});

test("two projects share no pseudonym, no id and no shift", () => {
  const [one, other] = ["teaching-2026", "research-7"].map((key) =>
    deidentified(mrsOsei, theRules("teaching"), aProject({ key })),
  );
  assert.notEqual(one?.id, other?.id);
  assert.notEqual(at(one, "identifier", 0, "value"), at(other, "identifier", 0, "value"));
  const shifts = ["teaching-2026", "research-7"].map((key) => aProject({ key }).shiftDays("9434765919"));
  assert.notEqual(shifts[0], shifts[1]);
});

test("texts stay only where they were reviewed, codes only where their system is published", () => {
  const own = { system: "https://osei.example/codes", code: "ama", display: "Ama" };
  const given = result("2026-03-02", { category: [{ coding: [own] }] });
  const left = deidentified(given, theRules("teaching"), aProject({ reviewed: ["Glucose"] }));
  assert.deepEqual(left.code, { coding: [{ system: "http://loinc.org", code: "2345-7", display: "Glucose" }] });
  assert.match(String(at(left, "category", 0, "coding", 0, "code")), /^PSEUDO-/);
});

test("an extension goes unless it is listed, and a listed one may have the dates in its text moved", () => {
  const url = "https://example.org/last-seen";
  const extension = [
    { url, valueString: "seen 02/03/2026 and 20260309" },
    { url: "https://example.org/other", valueString: "Ama" },
  ];
  const base = theRules("teaching");
  const rules = theRules("teaching", {
    extensions: [...base.extensions, url],
    rules: [...base.rules, { path: "Extension.value.ofType(string)", method: "dateShift" }],
  });
  const keyed = aProject();
  const left = deidentified({ ...mrsOsei, extension }, rules, keyed);
  const shifted = new Date(Date.parse("2026-03-02") + keyed.shiftDays("9434765919") * 86_400_000)
    .toISOString()
    .slice(0, 10);
  const [year, month, day] = shifted.split("-");
  assert.equal((left.extension as readonly Json[]).length, 1);
  assert.ok(String(at(left, "extension", 0, "valueString")).startsWith(`seen ${day}/${month}/${year} and `));
  assert.ok(!JSON.stringify(left).includes("20260309"));
});

test("a rule with conditions wins over one of names, and one of a longer path over a shorter", () => {
  const rules = theRules("teaching", {
    rules: [
      ...theRules("teaching").rules,
      { path: "Observation.where(code.coding.code = '2345-7').value.ofType(Quantity)", method: "redact" },
      { path: "Patient.contact.gender", method: "redact" },
      { path: "Observation.component.value.value", method: "perturb", spread: 0.1 },
    ],
  });
  assert.equal(deidentified(result("2026-03-02", { valueQuantity: { value: 5 } }), rules).valueQuantity, undefined);
  assert.equal(at(deidentified(mrsOsei, rules), "contact", 0, "gender"), undefined);
  const component = [{ code: { text: "x" }, valueQuantity: { value: 100 } }];
  const moved = Number(
    at(deidentified(result("2026-03-02", { component }), rules), "component", 0, "valueQuantity", "value"),
  );
  assert.ok(moved >= 90 && moved <= 110 && moved !== 100, `${moved}`);
});

test("an age over 89 is 90, as an Age and as an observation", () => {
  const age = { value: 94, unit: "a", system: "http://unitsofmeasure.org", code: "a" };
  const observed = result("2026-03-02", {
    code: { coding: [{ system: "http://loinc.org", code: "30525-0" }] },
    valueQuantity: age,
  });
  assert.equal(at(deidentified(observed, theRules("teaching")), "valueQuantity", "value"), 90);
  const condition = { resourceType: "Condition", subject: { reference: "Patient/osei" }, onsetAge: age };
  assert.equal(at(deidentified(condition, theRules("safe-harbor")), "onsetAge", "value"), 90);
});

test("what is required and removed says so: official examples stay as R4 wants them", {
  skip: existsSync(examplesFolder) ? false : "npm package hl7.fhir.r4.examples is not installed",
}, () => {
  const compiled = expectOk(compileRuleSet(theRules("teaching")));
  const files = readdirSync(examplesFolder).filter((file) => /^[A-Z].*\.json$/.test(file));
  const keyed = aProject();
  for (const file of files.filter((_, index) => index % 60 === 0)) {
    const resource = JSON.parse(readFileSync(join(examplesFolder, file), "utf8")) as JsonObject;
    const left = expectOk(compiled.resource(resource, keyed, new RuleCounts()));
    const before = problemsOf(resource);
    assert.deepEqual(
      problemsOf(left).filter(({ code }) => !before.some((problem) => problem.code === code)),
      [],
      file,
    );
  }
});

function problemsOf(resource: JsonObject): readonly { readonly code: string }[] {
  const checked = checkResource(resource as Resource & JsonObject) as unknown;
  if (Array.isArray(checked)) return checked;
  return (checked as { readonly problems?: readonly { readonly code: string }[] }).problems ?? [];
}

test("every element of every type of R4 has a rule: none is removed for want of one", () => {
  const rules = theRules("safe-harbor");
  const plans = new Plans(rules);
  rules.rules.forEach((rule, index) => void plans.add(rule, index));
  const missing = new Set<string>();
  const seen = new Set<string>();
  const visit = (shapeName: string): void => {
    if (seen.has(shapeName)) return;
    seen.add(shapeName);
    const plan = plans.planOf(shapeName);
    for (const element of shapeOf(shapeName)?.elements ?? [])
      for (const { name } of element.types) {
        if (plan?.members.get(jsonKey(element, name))?.label === "no rule") missing.add(name);
        if (!isPrimitiveType(name)) visit(name);
      }
  };
  resourceTypes.forEach(visit);
  assert.deepEqual([...missing], []);
});

test("a rule that cannot be understood is told with its path", () => {
  const rules = theRules("teaching", { rules: [{ path: "Patient.where(", method: "redact" }] });
  const compiled = compileRuleSet(rules);
  assert.equal(compiled.ok, false);
  assert.equal(compiled.ok ? "" : compiled.problems[0].where, "Patient.where(");
});
