/** From the form to the search and back. Source: FHIR R4 §3.1.1.4 (search). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { searchParametersOf } from "#standards/fhir";
import type { TypeCapability } from "../fhir/capability-query.ts";
import { readName, writeName } from "./parameter-name.ts";
import { parametersOf } from "./parameters.ts";
import { draftFrom, queryOf, readAddress, readQuery, writeAddress, writeQuery } from "./query-text.ts";
import { hasAlternatives, readAmount, readCode, splitValue, writeAmount, writeCode } from "./value-text.ts";
import { wayOf } from "./ways.ts";

const capabilities = new Map<string, TypeCapability>(
  ["Observation", "Patient", "Organization"].map((type) => [
    type,
    { type, searchParam: searchParametersOf(type).map(({ code, type: kind }) => ({ name: code, type: kind })) },
  ]),
);

describe("The address of a search", () => {
  it("is read and written so that a person can follow it", () => {
    const pairs = [
      { name: "code", value: "http://loinc.org|2823-3" },
      { name: "subject:Patient.name", value: "o'neill & sons" },
    ];
    const query = writeQuery(pairs);
    assert.equal(query, "code=http://loinc.org|2823-3&subject:Patient.name=o'neill%20%26%20sons");
    assert.deepEqual(readQuery(query), pairs);
  });

  it("may be written with or without host and /fhir, and names a type", () => {
    for (const text of ["/fhir/Patient?name=a", "Patient?name=a", "http://127.0.0.1:8080/fhir/Patient?name=a"])
      assert.deepEqual(readAddress(text), { type: "Patient", query: "name=a" }, text);
    assert.equal(readAddress("name=a"), undefined);
    assert.equal(writeAddress({ type: "Patient", query: "" }), "/fhir/Patient");
  });

  it("keeps order and length of a page apart, and leaves out what is not filled in and where a page begins", () => {
    const draft = draftFrom("status=final&_sort=-date&_count=50&code=&_cursor=x");
    assert.deepEqual([draft.sort, draft.count], ["-date", "50"]);
    assert.equal(queryOf(draft), "status=final&_sort=-date&_count=50");
    assert.equal(queryOf(draftFrom("status=final&_count=20")), "status=final");
  });
});

describe("The parameters of the form", () => {
  it("are those that the server states, with the codes and targets that R4 allows", () => {
    const parameters = new Map(parametersOf(capabilities, "Observation").map((each) => [each.code, each]));
    assert.ok(parameters.get("status")?.codes.includes("corrected"));
    assert.deepEqual(parameters.get("code")?.codes, []);
    assert.deepEqual([...(parameters.get("subject")?.targets ?? [])].toSorted(), [
      "Device",
      "Group",
      "Location",
      "Patient",
    ]);
    assert.deepEqual(parametersOf(capabilities, "Encounter"), []);
  });

  it("are followed along references, and written again as they were", () => {
    for (const name of [
      "code",
      "code:text",
      "subject:Patient.name:exact",
      "subject:Patient.organization:Organization.name",
    ]) {
      const read = readName(capabilities, "Observation", name);
      assert.equal(read === undefined ? undefined : writeName(read), name);
    }
  });

  it("leave to a hand what they have no fields for", () => {
    for (const name of ["_has:Observation:patient:code", "unknown", "status.code", "subject:Encounter.class"])
      assert.equal(readName(capabilities, "Observation", name), undefined, name);
  });
});

describe("How a value is compared", () => {
  const rows = [
    ["date", "", "ge2026-11", "is from", "2026-11"],
    ["date", "", "2026-11", "is within", "2026-11"],
    ["date", "", "eq2026-11", "is within", "2026-11"],
    ["quantity", "", "gt6|http://unitsofmeasure.org|mmol/L", "is more than", "6|http://unitsofmeasure.org|mmol/L"],
    ["string", "", "leonard", "starts with", "leonard"],
    ["token", "not", "final", "is not", "final"],
    ["token", "missing", "true", "is not given", "true"],
    ["reference", "identifier", "a|b", "has the identifier", "a|b"],
  ] as const;
  for (const [type, modifier, value, label, rest] of rows)
    it(`${type}${modifier === "" ? "" : `:${modifier}`} ${value}: ${label}`, () => {
      const read = wayOf(type, modifier, value);
      assert.equal(read.way.label, label);
      assert.equal(read.rest, rest);
    });

  it("with a modifier that the form does not know is shown as it is", () => {
    assert.deepEqual(wayOf("string", "text", "a").way, { label: ":text", modifier: "text", prefix: "" });
  });
});

describe("The value of a condition", () => {
  it("keeps characters that mean something to FHIR escaped", () => {
    assert.equal(writeCode({ system: "http://a|b", code: "c,d" }), "http://a\\|b|c\\,d");
    assert.deepEqual(readCode("http://a\\|b|c\\,d"), { system: "http://a|b", code: "c,d" });
    assert.deepEqual(readCode("2823-3"), { system: "", code: "2823-3" });
    assert.deepEqual(splitValue("a\\,b,c", ","), ["a\\,b", "c"]);
  });

  it("with alternatives is told from one with an escaped comma", () => {
    assert.equal(hasAlternatives("a,b"), true);
    assert.equal(hasAlternatives("a\\,b"), false);
  });

  it("of an amount has a unit only beside a number", () => {
    assert.deepEqual(readAmount("6|http://unitsofmeasure.org|mmol/L"), {
      number: "6",
      system: "http://unitsofmeasure.org",
      code: "mmol/L",
    });
    assert.equal(writeAmount({ number: "6", system: "", code: "" }), "6");
    assert.equal(writeAmount({ number: "", system: "s", code: "mmol/L" }), "");
  });
});
