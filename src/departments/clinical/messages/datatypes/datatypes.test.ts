/** Data types of HL7 v2 as elements of FHIR. Source: HL7 v2-to-FHIR, data type maps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseMessage } from "#standards/hl7v2";
import { type FieldReader, SegmentReader } from "../message-reader.ts";
import { originOf } from "../origin.ts";
import { codeableConcept } from "./cwe.ts";
import { extendedIdentifier } from "./cx.ts";
import { location } from "./pl.ts";
import { address } from "./xad.ts";
import { practitioner, practitionerInNdl } from "./xcn.ts";
import { organization } from "./xon.ts";
import { personName } from "./xpn.ts";
import { contactPoint } from "./xtn.ts";

const origin = originOf({
  application: "PATHLAB",
  facility: "MEADOWLAB",
  sentAt: "20261123093000+0000",
  offsetMinutesAt: () => 0,
});

/** One field with this text in it. */
function field(text: string): FieldReader {
  const { segments } = parseMessage(`MSH|^~\\&|PATHLAB\rZZZ|${text}\r`);
  const [, segment] = segments;
  assert.ok(segment !== undefined);
  const read = new SegmentReader(segment, origin).field(1);
  assert.ok(read !== undefined);
  return read;
}

const v2 = "http://terminology.hl7.org/CodeSystem";

test("CWE: two codings, the second the laboratory's own, and the original text", () => {
  assert.deepEqual(codeableConcept(field("2823-3^Potassium^LN^K^Potassium^99LAB^2.73^^Serum K")), {
    coding: [
      { system: "http://loinc.org", version: "2.73", code: "2823-3", display: "Potassium" },
      { system: "urn:corridor:codes:PATHLAB%7CMEADOWLAB:local", code: "K", display: "Potassium" },
    ],
    text: "Serum K",
  });
});

test("CWE: a code of a v2 table gets its FHIR meaning in front of it", () => {
  assert.deepEqual(codeableConcept(field("A"), "MaritalStatus")?.coding, [
    { system: `${v2}/v3-MaritalStatus`, code: "L", display: "Legally Separated" },
    { system: `${v2}/v2-0002`, code: "A" },
  ]);
  assert.deepEqual(codeableConcept(field("H^High^HL70078"), "InterpretationCodes")?.coding, [
    { system: `${v2}/v3-ObservationInterpretation`, code: "H", display: "High" },
  ]);
  assert.deepEqual(codeableConcept(field("**^Very high^L"), "InterpretationCodes")?.coding, [
    { system: "urn:corridor:codes:PATHLAB%7CMEADOWLAB:local", code: "**", display: "Very high" },
  ]);
});

test("CWE: text without a code is text", () => {
  assert.deepEqual(codeableConcept(field("^Potassium")), { text: "Potassium" });
});

test("CX: the system is that of the authority, as OID where it has one", () => {
  assert.equal(extendedIdentifier(field("1^^^MEADOW^MR"))?.system, "urn:corridor:authority:MEADOW");
  assert.equal(extendedIdentifier(field("1^^^St Mary's^MR"))?.system, "urn:corridor:authority:St%20Mary%27s");
  assert.equal(extendedIdentifier(field("1^^^X&2.16.840.1.113883.19&ISO^MR"))?.system, "urn:oid:2.16.840.1.113883.19");
  assert.equal(extendedIdentifier(field("1"), "urn:default")?.system, "urn:default");
  assert.equal(extendedIdentifier(field("^^^MEADOW")), undefined);
});

test("XPN: name, prefix, use and the parts of a family name", () => {
  assert.deepEqual(personName(field("van Beethoven&van&Beethoven^Ludwig^A^III^Dr^PhD^L")), {
    use: "official",
    family: "van Beethoven",
    given: ["Ludwig", "A"],
    prefix: ["Dr"],
    suffix: ["III", "PhD"],
    _family: {
      extension: [
        { url: "http://hl7.org/fhir/StructureDefinition/humanname-own-prefix", valueString: "van" },
        { url: "http://hl7.org/fhir/StructureDefinition/humanname-own-name", valueString: "Beethoven" },
      ],
    },
  });
});

test("XAD: lines, town, county and postcode", () => {
  assert.deepEqual(address(field("12 Tannery Lane^Flat 2^Meadowbank^^ZZ99 3AA^GBR^H^^Meadowshire")), {
    use: "home",
    line: ["12 Tannery Lane", "Flat 2"],
    city: "Meadowbank",
    district: "Meadowshire",
    postalCode: "ZZ99 3AA",
    country: "GBR",
  });
});

test("XTN: a number, a number in parts, a mobile telephone, electronic mail", () => {
  assert.deepEqual(contactPoint(field("01632 960101"), "home"), {
    system: "phone",
    value: "01632 960101",
    use: "home",
  });
  assert.equal(contactPoint(field("^PRN^PH^^44^1632^960101^5"))?.value, "+44 1632 960101 X5");
  assert.deepEqual(contactPoint(field("07700 900101^^CP"), "home"), {
    system: "phone",
    value: "07700 900101",
    use: "mobile",
  });
  assert.deepEqual(contactPoint(field("^NET^Internet^a.osei@example.org")), {
    system: "email",
    value: "a.osei@example.org",
  });
  assert.equal(contactPoint(field("^PRN^PH")), undefined);
});

test("XCN: who it is by number and name", () => {
  assert.deepEqual(practitioner(field("C4471^Lindqvist^Ingrid^^^Dr^^^MEADOW")), {
    type: "Practitioner",
    identifier: { system: "urn:corridor:authority:MEADOW", value: "C4471" },
    display: "Dr Ingrid Lindqvist",
  });
  assert.equal(practitionerInNdl(field("C5120&Banerjee&Rohan&&&Dr^20261123"))?.display, "Dr Rohan Banerjee");
  assert.equal(practitionerInNdl(field("C5120^Banerjee^Rohan^^^Dr"))?.display, "Dr Rohan Banerjee");
});

test("XON and PL: an organisation and a place by name and number", () => {
  assert.deepEqual(organization(field("Meadowbank Pathology^^^^^NHS^^^^RZZ01")), {
    type: "Organization",
    identifier: { system: "urn:corridor:authority:NHS", value: "RZZ01" },
    display: "Meadowbank Pathology",
  });
  assert.deepEqual(location(field("WARD7^BAY2^BED3^MEADOW")), {
    type: "Location",
    identifier: { system: "urn:corridor:authority:MEADOW:location", value: "WARD7/BAY2/BED3" },
    display: "MEADOW, WARD7, BAY2, BED3",
  });
});

test("what is no time, no code of its table, or blank is not counted as carried over", () => {
  const { segments } = parseMessage("MSH|^~\\&|PATHLAB\rZZZ|  |never|x\r");
  const reader = new SegmentReader(segments[1] as never, origin);
  assert.equal(reader.text(1), undefined);
  assert.deepEqual(
    reader.uncarried().map(({ where }) => where),
    ["ZZZ[1]-1[1].1.1", "ZZZ[1]-2[1].1.1", "ZZZ[1]-3[1].1.1"],
  );
  assert.equal(reader.text(3), "x");
  assert.equal(reader.uncarried().length, 2);
});
