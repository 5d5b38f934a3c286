import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readWritten } from "./written-resource.ts";

const patient = `{
  "resourceType": "Patient",
  "name": [
    { "family": "OSEI" },
    {
      "given": [
        "Adaeze",
        "A \\" ]"
      ]
    }
  ],
  "deceasedDateTime": "2026",
  "contained": [{ "resourceType": "Organization",
    "name": "Ward"
  }]
}`;

const inXml = `<?xml version="1.0"?>
<Bundle xmlns="http://hl7.org/fhir">
  <entry>
    <resource>
      <Patient>
        <name><family value="OSEI"/></name>
        <name>
          <given value="A"/>
        </name>
      </Patient>
    </resource>
  </entry>
</Bundle>`;

describe("The line of an issue", () => {
  const { lineOf, type, contentType } = readWritten(patient);
  const rows: readonly (readonly [expression: string, line: number])[] = [
    ["Patient", 1],
    ["Patient.name", 4],
    ["Patient.name[1]", 5],
    ["Patient.name[1].given[1]", 8],
    ["Patient.name[1].given[1].extension[0].url", 8],
    ["Patient.deceased", 12],
    ["Patient.deceased.ofType(dateTime)", 12],
    ["Patient.contained[0]/*Organization/o*/.name", 14],
    ["Patient.birthDate", 1],
  ];
  for (const [expression, line] of rows) {
    it(`${expression} of a resource in JSON is ${line}`, () => assert.equal(lineOf(expression), line));
  }

  it("tells which resource is written, and in which form", () => {
    assert.deepEqual([type, contentType], ["Patient", "application/fhir+json"]);
    assert.equal(readWritten(inXml).type, "Bundle");
    assert.equal(readWritten(inXml).contentType, "application/fhir+xml");
  });

  it("is that of the element in XML, whatever holds the resource", () => {
    const xml = readWritten(inXml);
    assert.equal(xml.lineOf("Bundle.entry[0].resource.name[1].given[0]"), 8);
    assert.equal(xml.lineOf("Bundle.entry[0].resource.name[0].family"), 6);
  });

  it("is where the text stops being JSON, whatever the issue", () => {
    assert.equal(readWritten('{\n  "resourceType": "Patient",\n  "active": yes\n}').lineOf("Patient"), 3);
    assert.equal(readWritten('{\n  "resourceType": "Patient"').lineOf(undefined), 2);
  });

  it("is left to the server of what is no XML, under the type that it begins with", () => {
    assert.equal(readWritten("<Patient>\n  <name>\n</Patient>").type, "Patient");
  });

  it("is not known where there is no resource", () => {
    assert.equal(readWritten("<a><b></a>").lineOf("Patient"), undefined);
    assert.equal(readWritten(patient).lineOf(undefined), undefined);
  });
});
