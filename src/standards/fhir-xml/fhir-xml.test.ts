// Source: FHIR R4 §2.6.1 (XML), §2.6.2 (JSON), §2.4 (Narrative).
import assert from "node:assert/strict";
import test from "node:test";
import { expectOk, type Json, type JsonObject, type Result, writtenNumbersOf } from "#kernel";
import { readFhirXml } from "./read.ts";
import { writeFhirXml } from "./write.ts";

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

function patientXml(inside: string): string {
  return `${declaration}<Patient xmlns="http://hl7.org/fhir">${inside}</Patient>`;
}

interface Pair {
  readonly title: string;
  readonly xml: string;
  readonly json: JsonObject;
}

const pairs: readonly Pair[] = [
  {
    title: "a primitive is an attribute in XML and a member in JSON",
    xml: '<active value="true"/><birthDate value="1950-01-02"/>',
    json: { active: true, birthDate: "1950-01-02" },
  },
  {
    title: "id and extensions of a primitive stand beside it in JSON",
    xml: '<birthDate id="b" value="1950"><extension url="http://x"><valueCode value="y"/></extension></birthDate>',
    json: { birthDate: "1950", _birthDate: { id: "b", extension: [{ url: "http://x", valueCode: "y" }] } },
  },
  {
    title: "a primitive may have an extension alone",
    xml: '<birthDate><extension url="http://x"><valueCode value="y"/></extension></birthDate>',
    json: { _birthDate: { extension: [{ url: "http://x", valueCode: "y" }] } },
  },
  {
    title: "repeated primitives and what stands beside them are padded with null",
    xml: '<name><given value="Abena"/><given id="g"/><given id="h" value="Ama"/></name>',
    json: { name: [{ given: ["Abena", null, "Ama"], _given: [null, { id: "g" }, { id: "h" }] }] },
  },
  {
    title: "repeated primitives that have extensions alone have no values in JSON",
    xml: '<name><given id="g"/></name>',
    json: { name: [{ _given: [{ id: "g" }] }] },
  },
  {
    title: "the id of a resource is an element, that of an element an attribute",
    xml: '<id value="osei"/><name id="n"><family value="Osei"/></name>',
    json: { id: "osei", name: [{ id: "n", family: "Osei" }] },
  },
  {
    title: "the type of a choice is part of the name",
    xml: '<deceasedDateTime value="2020-01-01"/><multipleBirthInteger value="2"/>',
    json: { deceasedDateTime: "2020-01-01", multipleBirthInteger: 2 },
  },
  {
    title: "contained resources stand in an element of their type",
    xml: '<contained><Organization><id value="o"/></Organization></contained><managingOrganization><reference value="#o"/></managingOrganization>',
    json: { contained: [{ resourceType: "Organization", id: "o" }], managingOrganization: { reference: "#o" } },
  },
  {
    title: "the narrative is the text that stood there",
    xml: '<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml" lang=\'en\'>1 &lt; 2 &#160;<br /><!-- c -->\n</div></text>',
    json: {
      text: {
        status: "generated",
        div: "<div xmlns=\"http://www.w3.org/1999/xhtml\" lang='en'>1 &lt; 2 &#160;<br /><!-- c -->\n</div>",
      },
    },
  },
  {
    title: "carriage returns of a narrative are not lost",
    xml: '<text><div xmlns="http://www.w3.org/1999/xhtml">a&#xD;\nb</div></text>',
    json: { text: { div: '<div xmlns="http://www.w3.org/1999/xhtml">a\r\nb</div>' } },
  },
  {
    title: "line ends, tabs, quotes and signs of markup survive in an attribute",
    xml: '<name><text value="a&#xA;b&#x9;c&#xD;&lt;&amp;&gt;&quot;\'é"/></name>',
    json: { name: [{ text: "a\nb\tc\r<&>\"'é" }] },
  },
];

for (const { title, xml, json } of pairs) {
  test(title, () => {
    const resource = { resourceType: "Patient", ...json };
    assert.deepEqual(expectOk(readFhirXml(patientXml(xml))), resource);
    assert.equal(expectOk(writeFhirXml(resource)), patientXml(xml));
  });
}

test("numbers keep how they were written, both ways", () => {
  const xml = `${declaration}<Observation xmlns="http://hl7.org/fhir"><valueQuantity><value value="1.00"/></valueQuantity></Observation>`;
  const resource = expectOk(readFhirXml(xml));
  const quantity = resource.valueQuantity as JsonObject;
  assert.equal(quantity.value, 1);
  assert.deepEqual(writtenNumbersOf(quantity), { value: "1.00" });
  assert.deepEqual(writtenNumbersOf(resource), {});
  assert.equal(expectOk(writeFhirXml(resource)), xml);
});

test("a number that was changed since is written as it is now", () => {
  const read = expectOk(readFhirXml(patientXml('<multipleBirthInteger value="1e1"/>')));
  const changed = { ...read, multipleBirthInteger: 3 };
  assert.equal(expectOk(writeFhirXml(changed)), patientXml('<multipleBirthInteger value="3"/>'));
});

test("elements are written in the order of the definition", () => {
  const resource = { birthDate: "1950", resourceType: "Patient", _active: { id: "a" }, id: "osei", active: true };
  assert.equal(
    expectOk(writeFhirXml(resource)),
    patientXml('<id value="osei"/><active id="a" value="true"/><birthDate value="1950"/>'),
  );
});

test("XML may be indented", () => {
  const resource = { resourceType: "Patient", name: [{ family: "Osei" }] };
  const lines = [
    '<Patient xmlns="http://hl7.org/fhir">',
    "  <name>",
    '    <family value="Osei"/>',
    "  </name>",
    "</Patient>",
  ];
  assert.equal(expectOk(writeFhirXml(resource, { indent: 2 })), [declaration, ...lines].join("\n"));
});

test("a prefix may stand for the namespace of FHIR", () => {
  const xml =
    '<f:Patient xmlns:f="http://hl7.org/fhir" xmlns="http://www.w3.org/1999/xhtml"><f:text><div>x</div></f:text></f:Patient>';
  assert.deepEqual(expectOk(readFhirXml(xml)), {
    resourceType: "Patient",
    text: { div: '<div xmlns="http://www.w3.org/1999/xhtml">x</div>' },
  });
});

test("hints for schema validators are passed over", () => {
  const hint =
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://hl7.org/fhir patient.xsd"';
  assert.deepEqual(expectOk(readFhirXml(`<Patient xmlns="http://hl7.org/fhir" ${hint}/>`)), {
    resourceType: "Patient",
  });
});

/** Code and place of each problem. */
function flaws(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.problems.map(({ code, where }) => `${code} ${where ?? ""}`.trim());
}

const refused = [
  ["<Patient/>", "unknown-resource-type Resource"],
  ['<Patients xmlns="http://hl7.org/fhir"/>', "unknown-resource-type Resource"],
  [patientXml("<contained><Foo/></contained>"), "unknown-resource-type Patient.contained[0]"],
  [patientXml("<contained/>"), "one-resource-expected Patient.contained[0]"],
  [patientXml("<contained><Patient/><Patient/></contained>"), "one-resource-expected Patient.contained[0]"],
  [patientXml('<nickname value="x"/>'), "unknown-element Patient.nickname"],
  [patientXml('<name><givn value="x"/></name>'), "unknown-element Patient.name[0].givn"],
  [patientXml('<birthDate xmlns="x" value="1950"/>'), "unknown-element Patient.birthDate"],
  [patientXml('<id id="x" url="y" value="z"/>'), "unknown-attribute Patient.id"],
  [patientXml('<name value="x"/>'), "unknown-attribute Patient.name[0]"],
  [patientXml("<name>Osei</name>"), "text-not-allowed Patient.name[0]"],
  [patientXml('<active value="true"/><active value="true"/>'), "element-repeated Patient.active"],
  [patientXml('<name id="a"/><active value="true"/><name id="b"/>'), "element-scattered Patient.name"],
  [patientXml("<birthDate/>"), "empty-value Patient.birthDate"],
  [patientXml('<active value="1"/>'), "wrong-format Patient.active"],
  [patientXml('<multipleBirthInteger value="01"/>'), "wrong-format Patient.multipleBirth.ofType(integer)"],
  [patientXml('<multipleBirthInteger value="1e999"/>'), "wrong-format Patient.multipleBirth.ofType(integer)"],
  [patientXml("<text><div>x</div></text>"), "narrative-not-xhtml Patient.text.div"],
  [patientXml('<text><p xmlns="http://www.w3.org/1999/xhtml"/></text>'), "unknown-element Patient.text.p"],
] as const;

for (const [xml, flaw] of refused) {
  test(`${flaw}: ${xml.replace(declaration, "")}`, () => assert.deepEqual(flaws(readFhirXml(xml)), [flaw]));
}

test("the sentence of a problem names line and column", () => {
  const read = readFhirXml(patientXml('\n  <nickname value="x"/>'));
  assert.equal(read.ok || read.problems[0].message, "FHIR R4 has no element of this name here, at line 2 column 3.");
});

const unwritable: readonly (readonly [Json, string])[] = [
  [{ resourceType: "Patients" }, "unknown-resource-type Resource"],
  [{ resourceType: "Patient", nickname: "x" }, "unknown-element Patient"],
  [{ resourceType: "Patient", name: {} }, "wrong-json-type Patient.name"],
  [{ resourceType: "Patient", name: ["x"] }, "wrong-json-type Patient.name[0]"],
  [{ resourceType: "Patient", birthDate: {} }, "wrong-json-type Patient.birthDate"],
  [{ resourceType: "Patient", contained: ["x"] }, "unknown-resource-type Patient.contained[0]"],
  [{ resourceType: "Patient", id: "\u0000" }, "character-not-in-xml Patient.id"],
  [{ resourceType: "Patient", text: { div: "<div>&nbsp;</div>" } }, "narrative-not-xhtml Patient.text.div"],
  [{ resourceType: "Patient", text: { div: "<div/><div/>" } }, "narrative-not-xhtml Patient.text.div"],
];

for (const [json, flaw] of unwritable) {
  test(`${flaw}: ${JSON.stringify(json)} cannot be written`, () => {
    assert.deepEqual(flaws(writeFhirXml(json as JsonObject)), [flaw]);
  });
}
