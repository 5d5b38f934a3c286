/** FHIR orders and results as HL7 v2, by the rows of the guide run backwards. Source: HL7 v2.5.1 chapters 4 and 7. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, type Result } from "#kernel";
import { parseMessage } from "#standards/hl7v2";
import { compileRows } from "../compile.ts";
import { mapMessage } from "../map-message.ts";
import { officialRows } from "../official-rows.ts";
import { backwardMaps } from "./message-writer.ts";
import type { FhirResource } from "./resource-set.ts";
import { type WrittenMessage, writeMessageOf } from "./write-message.ts";

const maps = compileRows(officialRows);
const backward = backwardMaps(maps);
const names = {
  codingSystemName: (uri: string) => ({ "http://loinc.org": "LN", "http://snomed.info/sct": "SCT" })[uri],
  authority: (system: string) => (system === "urn:a:MEADOW" ? { namespace: "MEADOW" } : undefined),
};

const patient: FhirResource = {
  resourceType: "Patient",
  id: "osei",
  identifier: [
    { system: "urn:a:MEADOW", value: "H123" },
    { system: "https://fhir.nhs.uk/Id/nhs-number", value: "9434765919" },
  ],
  name: [{ use: "official", family: "Osei", given: ["Ama", "Grace"], prefix: ["Mrs"] }],
  gender: "female",
  birthDate: "1950-01-01",
  address: [{ line: ["1 Elm Row", "Flat 2|B"], city: "Meadow", postalCode: "ME1 1AA" }],
};
const doctor: FhirResource = {
  resourceType: "Practitioner",
  id: "lind",
  identifier: [{ value: "C123" }],
  name: [{ family: "Lindqvist", given: ["Eva"], prefix: ["Dr"] }],
};
const order: FhirResource = {
  resourceType: "ServiceRequest",
  id: "o1",
  status: "active",
  intent: "order",
  priority: "stat",
  identifier: [{ type: { coding: [{ code: "PLAC" }] }, value: "ORD-1" }],
  code: { coding: [{ system: "http://snomed.info/sct", code: "26604007", display: "Full blood count" }] },
  subject: { reference: "Patient/osei" },
  requester: { reference: "Practitioner/lind" },
  authoredOn: "2026-11-23T09:00:00Z",
  note: [{ text: "Tired & pale" }],
};

const head = {
  controlId: "C1",
  at: "2026-11-23T09:30:00Z",
  version: "2.5.1",
  sendingApplication: "CORRIDOR",
  processing: "P",
} as const;

function ordered(about: FhirResource, before?: FhirResource): Result<WrittenMessage> {
  const known = new Map(before === undefined ? [] : [["ServiceRequest/o1", before]]);
  const resources = [patient, doctor, about];
  return writeMessageOf({ type: "OML^O21", head, about: [about], resources, before: known, backward, names });
}

function reported(report: FhirResource, ...others: readonly FhirResource[]): string {
  const resources = [patient, order, report, ...others];
  const given = { type: "ORU^R01", head, about: [report], resources, backward, names } as const;
  return expectOk(writeMessageOf(given)).text;
}

const line = (text: string, name: string) => text.split("\r").filter((each) => each.startsWith(name));
const control = (written: Result<WrittenMessage>) => parseMessage(expectOk(written).text).segments[2]?.fieldText(1);

test("an order is written with its patient, requester, timing and notes, and what would divide values is escaped", () => {
  assert.deepEqual(expectOk(ordered(order)).text.split("\r"), [
    "MSH|^~\\&|CORRIDOR||||20261123093000+0000||OML^O21^OML_O21|C1|P|2.5.1||||||UNICODE UTF-8",
    "PID|1||9434765919^^^&https://fhir.nhs.uk/Id/nhs-number&URI^NH~H123^^^MEADOW||Osei^Ama^Grace^^Mrs^^L||19500101|F|||1 Elm Row^Flat 2\\F\\B^Meadow^^ME1 1AA",
    "ORC|NW|ORD-1|||||||20261123090000+0000|||C123^Lindqvist^Eva^^^Dr",
    "TQ1|1||||||||S",
    "OBR|1|ORD-1||26604007^Full blood count^SCT|S|||||||||||C123^Lindqvist^Eva^^^Dr",
    "NTE|1||Tired \\T\\ pale",
    "",
  ]);
});

test("the order control code follows from what has changed since the version before", () => {
  const with_ = (status: string) => ({ ...order, status });
  const cases = [
    [with_("active"), undefined, "NW"],
    [with_("active"), with_("draft"), "NW"],
    [with_("active"), with_("active"), "XO"],
    [with_("on-hold"), undefined, "NW"],
    [with_("on-hold"), with_("active"), "HD"],
    [with_("active"), with_("on-hold"), "RL"],
    [with_("revoked"), with_("active"), "CA"],
    [with_("entered-in-error"), with_("active"), "CA"],
    [with_("completed"), with_("active"), "SC"],
  ] as const;
  for (const [now, before, code] of cases) assert.equal(control(ordered(now, before)), code);
});

test("what cannot be written says why: no patient, no code, a plan", () => {
  const problem = (about: FhirResource) => {
    const written = ordered(about);
    return written.ok ? "written" : written.problems[0].code;
  };
  assert.equal(problem({ ...order, subject: { reference: "Patient/gone" } }), "patient-missing");
  assert.equal(problem({ ...order, code: {} }), "code-missing");
  assert.equal(problem({ ...order, intent: "plan" }), "order-not-placed");
});

test("results keep their type, unit, range and status; a report's document and text go with it", () => {
  const result = (id: string, more: object): FhirResource => ({
    resourceType: "Observation",
    id,
    status: "final",
    code: { coding: [{ system: "http://loinc.org", code: id }] },
    ...more,
  });
  const results = [
    result("K", {
      valueQuantity: { value: 6.1, unit: "mmol/L" },
      referenceRange: [{ low: { value: 3.5 }, high: { value: 5.3 } }],
      interpretation: [
        { coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", code: "H" }] },
      ],
    }),
    result("D", { valueQuantity: { value: 0.5, comparator: "<", unit: "mg/L" }, status: "corrected" }),
    result("T", { valueString: "one\ntwo" }),
    result("B", {
      component: [
        { code: { text: "Systolic" }, valueQuantity: { value: 120 } },
        { code: { text: "Diastolic" }, valueInteger: 80 },
      ],
    }),
  ];
  const text = reported(
    {
      resourceType: "DiagnosticReport",
      id: "r1",
      status: "amended",
      subject: { reference: "Patient/osei" },
      basedOn: [{ reference: "ServiceRequest/o1" }],
      code: { text: "Electrolytes" },
      conclusion: "Repeat.",
      result: results.map(({ id }) => ({ reference: `Observation/${String(id)}` })),
      presentedForm: [{ contentType: "application/pdf", data: "JVBERi0=", title: "Report" }],
    },
    ...results,
  );
  assert.deepEqual(line(text, "OBX"), [
    "OBX|1|NM|K^^LN||6.1|mmol/L|3.5-5.3|H^^HL70078|||F",
    "OBX|2|SN|D^^LN||<^0.5|mg/L|||||C",
    "OBX|3|FT|T^^LN||one\\.br\\two||||||F",
    "OBX|4|NM|^Systolic|1|120||||||F",
    "OBX|5|NM|^Diastolic|2|80||||||F",
    "OBX|6|ED|PDF^Report||^application^pdf^Base64^JVBERi0=||||||F",
  ]);
  assert.deepEqual(line(text, "NTE"), ["NTE|1||Repeat."]);
  assert.match(line(text, "OBR")[0] ?? "", /^OBR\|1\|ORD-1\|\|\^Electrolytes\|.*\|C(\||$)/);
  assert.match(line(text, "ORC")[0] ?? "", /^ORC\|RE\|ORD-1/);
});

test("what was written is read again as the same patient and order", () => {
  const conversion = {
    offsetMinutesAt: () => 0,
    codingSystem: (name: string) => name,
    now: head.at,
    messageBase64: "",
  };
  const { resources } = mapMessage(parseMessage(expectOk(ordered(order)).text), { maps, conversion, settings: {} });
  const find = (type: string) => resources.find(({ resourceType }) => resourceType === type);
  const read = find("Patient");
  assert.deepEqual([read?.name, read?.birthDate, read?.gender], [patient.name, patient.birthDate, patient.gender]);
  const again = find("ServiceRequest");
  assert.deepEqual([again?.status, again?.intent, again?.priority], ["active", "order", "stat"]);
});
