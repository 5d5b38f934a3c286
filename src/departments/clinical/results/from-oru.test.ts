/** Results as resources. Source: HL7 v2-to-FHIR, ORU_R01; docs/conformance/v2-to-fhir.md for what it leaves open. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkResource } from "#standards/fhir";
import { anOruR01, creatinine, type Obx, type OruR01, potassium } from "../../../../test/builders/index.ts";
import { mapText } from "../../../../test/mapping.ts";

function observed(obx: Obx, oru: OruR01 = {}) {
  const [observation] = mapText(anOruR01({ ...oru, obx: [obx] })).of("Observation");
  assert.ok(observation !== undefined);
  return observation;
}

test("an OBR becomes a report with its order, its specimen and its results", () => {
  const { of, plan } = mapText(anOruR01());
  const [report] = of("DiagnosticReport");
  const [order] = of("ServiceRequest");
  assert.equal(report?.status, "final");
  assert.equal(report?.code.coding?.[0]?.code, "UE");
  assert.deepEqual(
    report?.identifier?.map(({ type, value }) => [type?.coding?.[0]?.code, value]),
    [
      ["PLAC", "ICE-70021"],
      ["FILL", "26U004417"],
    ],
  );
  assert.equal(report?.issued, "2026-11-23T09:25:00+00:00");
  assert.equal(report?.effectiveDateTime, "2026-11-23T08:15:00+00:00");
  assert.equal(report?.result?.length, 3);
  assert.equal(order?.status, "completed", "its results are final");
  assert.equal(order?.requester?.display, "Dr Ingrid Lindqvist");
  assert.equal(of("Specimen")[0]?.type?.coding?.[0]?.code, "BLD");
  const idOf = (type: string) => plan.find(({ resource }) => resource.resourceType === type)?.id;
  assert.deepEqual(report?.basedOn, [{ reference: `ServiceRequest/${idOf("ServiceRequest")}` }]);
  assert.deepEqual(report?.specimen, [{ reference: `Specimen/${idOf("Specimen")}` }]);
});

test("everything that is made is sound FHIR", () => {
  const rich = anOruR01({
    version: "2.5.1",
    spm: { 2: "SP1&ICE^SP1-1&PATHLAB", 4: "BLD^Blood^HL70487", 17: "20261123081500+0000" },
    notes: ["Haemolysed"],
    obx: [
      { ...potassium, notes: ["Result may be", "  falsely high"] },
      { ...creatinine, status: "X", value: "" },
      { type: "CE", test: "RUBIGG^Rubella IgG^L", value: "DET^Detected^L", fields: { 17: "EIA^Enzyme immunoassay^L" } },
      { type: "SN", test: "TITRE^Titre^L", value: "^1^:^128" },
      { type: "ED", test: "PDF^Report^L", value: "^AP^PDF^Base64^JVBERi0xLjQKJcOkw7zDtsOfCg==" },
    ],
  });
  const { plan, patient } = mapText(rich);
  const problems = [patient, ...plan.map(({ resource }) => resource)].flatMap(checkResource);
  assert.deepEqual(problems, []);
});

test("a number keeps its unit, its range with limits, and its flag", () => {
  const observation = observed(potassium);
  assert.deepEqual(observation.valueQuantity, {
    value: 4.1,
    unit: "mmol/L",
    system: "http://unitsofmeasure.org",
    code: "mmol/L",
  });
  const unit = { unit: "mmol/L", system: "http://unitsofmeasure.org", code: "mmol/L" };
  assert.deepEqual(observation.referenceRange, [
    { low: { value: 3.5, ...unit }, high: { value: 5.3, ...unit }, text: "3.5 - 5.3" },
  ]);
  assert.deepEqual(observation.interpretation?.[0]?.coding?.[0]?.code, "N");
  assert.deepEqual(
    observation.code.coding?.map(({ system, code }) => [system, code]),
    [
      ["http://loinc.org", "2823-3"],
      ["urn:corridor:codes:PATHLAB%7CMEADOWLAB:local", "K"],
    ],
  );
});

test("a unit is UCUM only when the sender says so or it can mean nothing else", () => {
  const unitOf = (units: string) => observed({ ...potassium, units }).valueQuantity;
  assert.equal(unitOf("x10^9/L")?.code, "10*9/L", "sent with its ^ not escaped");
  assert.equal(unitOf("10*3/uL^thousand per microlitre^UCUM")?.code, "10*3/uL");
  assert.equal(unitOf("units")?.code, undefined);
  assert.equal(unitOf("units")?.unit, "units");
});

test("the digits that were measured are not lost", () => {
  const quantity = observed({ ...potassium, value: "4.10" }).valueQuantity;
  assert.equal(quantity?.value, 4.1);
  assert.deepEqual(quantity?._value, {
    extension: [{ url: "http://hl7.org/fhir/StructureDefinition/quantity-precision", valueInteger: 2 }],
  });
});

test("a number with a comparator, and one sent as text, are numbers; other text stays text", () => {
  assert.deepEqual([observed({ ...potassium, value: "<0.5" }).valueQuantity?.comparator], ["<"]);
  assert.equal(observed({ ...potassium, type: "ST" }).valueQuantity?.value, 4.1);
  assert.equal(observed({ ...potassium, value: "haemolysed" }).valueString, "haemolysed");
  assert.equal(observed({ ...potassium, type: "SN", value: ">^100" }).valueQuantity?.comparator, ">");
  assert.equal(observed({ ...potassium, type: "SN", value: "^1^:^128" }).valueRatio?.denominator?.value, 128);
  assert.equal(observed({ ...potassium, type: "SN", value: "^2^+", units: "" }).valueString, "2 +");
});

test("lines of one text, each in its OBX, are one text in its layout", () => {
  const lines = ["HISTOLOGY REPORT", "", "  Macroscopic:   one skin ellipse 12 x 6 mm", "  Microscopic:   naevus"];
  const obx = lines.map((value): Obx => ({ type: "TX", test: "HIST^Histology^L", value }));
  const observations = mapText(anOruR01({ obx })).of("Observation");
  assert.deepEqual(
    observations.map(({ valueString }) => valueString),
    [lines.join("\n")],
  );
});

test("lines that OBX-4 counts are one text too, and repetitions are lines", () => {
  const obx = ["first", "second", "third"].map(
    (value, at): Obx => ({ type: "FT", test: "RPT^Report^L", value, subId: String(at + 1) }),
  );
  assert.equal(mapText(anOruR01({ obx })).of("Observation")[0]?.valueString, "first\nsecond\nthird");
  assert.equal(
    observed({ type: "FT", test: "RPT^Report^L", value: "one~ two~~four" }).valueString,
    "one\n two\n\nfour",
  );
});

test("lines may be counted in the last part of OBX-4", () => {
  const obx = ["1.1", "1.2", "1.3"].map((subId): Obx => ({ type: "TX", test: "RPT^Report^L", value: subId, subId }));
  assert.equal(mapText(anOruR01({ obx })).of("Observation")[0]?.valueString, "1.1\n1.2\n1.3");
});

test('`""` as a value takes the value away, and counts as carried over', () => {
  const { of, ledger } = mapText(anOruR01({ obx: [{ ...potassium, value: '""', status: "C" }] }));
  assert.equal(of("Observation")[0]?.valueQuantity, undefined);
  assert.ok(ledger.some((entry) => entry.where === "OBX[1]-5[1].1.1" && "element" in entry));
});

test("another test, or a number between, ends a text", () => {
  const text = (test: string, value: string): Obx => ({ type: "TX", test, value });
  const obx = [text("A^A^L", "1"), text("B^B^L", "2"), text("A^A^L", "3"), text("A^A^L", "4")];
  const values = mapText(anOruR01({ obx }))
    .of("Observation")
    .map(({ valueString }) => valueString);
  assert.deepEqual(values, ["1", "2", "3\n4"]);
});

test("an organism has the sensitivities of its isolate as members", () => {
  const organism = (value: string, subId: string): Obx => ({ type: "CE", test: "ORG^Organism^L", value, subId });
  const sensitivity = (test: string, flag: string, subId: string): Obx => ({
    type: "CE",
    test,
    value: `${flag}^^L`,
    subId,
    flag,
  });
  const obx = [
    organism("ECOLI^Escherichia coli^L", "1"),
    sensitivity("AMOX^Amoxicillin^L", "R", "1"),
    sensitivity("TRIM^Trimethoprim^L", "S", "1"),
    organism("PROT^Proteus mirabilis^L", "2"),
    sensitivity("AMOX^Amoxicillin^L", "S", "2"),
  ];
  const { plan } = mapText(anOruR01({ obx, section: "MB" }));
  const observations = plan.filter(({ resource }) => resource.resourceType === "Observation");
  const members = observations.map(({ resource }) =>
    "hasMember" in resource ? resource.hasMember?.length : undefined,
  );
  assert.deepEqual(members, [2, undefined, undefined, 1, undefined]);
  assert.equal(new Set(observations.map(({ id }) => id)).size, 5, "amoxicillin of each isolate is a result of its own");
});

test("two organisms told as text are two results, also when all organisms come before all sensitivities", () => {
  const text = (test: string, value: string, subId: string): Obx => ({ type: "TX", test, value, subId });
  const obx = [
    text("ORG^Organism^L", "Escherichia coli", "1"),
    text("ORG^Organism^L", "Proteus mirabilis", "2"),
    { type: "NM", test: "AMOXMIC^Amoxicillin MIC^L", value: "16", units: "mg/L", subId: "1" },
    text("AMOX^Amoxicillin^L", "Resistant", "1"),
    text("AMOX^Amoxicillin^L", "Sensitive", "2"),
  ];
  const observations = mapText(anOruR01({ obx, section: "MB" })).of("Observation");
  assert.deepEqual(
    observations.map(({ valueString, hasMember }) => [valueString, hasMember?.length]),
    [
      ["Escherichia coli", 2],
      ["Proteus mirabilis", 1],
      [undefined, undefined],
      ["Resistant", undefined],
      ["Sensitive", undefined],
    ],
  );
});

test("sensitivities in a report of their own belong to the organism that OBR-26 names", () => {
  const culture = {
    test: "CULT^Culture^L",
    obx: [{ type: "CE", test: "ORG^Organism^L", subId: "1", value: "ECOLI^Escherichia coli^L" }],
  };
  const sensitivities = {
    test: "SENS^Sensitivities^L",
    obr: { 26: "ORG&Organism&L^1^Escherichia coli", 29: "ICE-70021^26U004417" },
    obx: [{ type: "ST", test: "AMOX^Amoxicillin^L", value: "R" }],
  };
  const { of } = mapText(anOruR01({ reports: [culture, sensitivities] }));
  const [organism] = of("Observation");
  assert.equal(organism?.hasMember?.length, 1);
});

const pdf = "JVBERi0xLjQKJcOkw7zDtsOfCjIgMCBvYmoK";

test("a PDF is a document of its own, whatever OBX-2 calls it", () => {
  for (const type of ["ED", "CE", "ST", "TX", "RP", "NM", "FT", ""]) {
    const value = type === "ED" ? `^AP^PDF^Base64^${pdf}` : type === "CE" ? `PDF^^^^${pdf}` : pdf;
    const { of, plan } = mapText(anOruR01({ obx: [potassium, { type, test: "PDFRPT^Full report^L", value }] }));
    const [binary] = of("Binary");
    const [document] = of("DocumentReference");
    const [report] = of("DiagnosticReport");
    const binaryId = plan.find(({ resource }) => resource.resourceType === "Binary")?.id;
    assert.deepEqual([binary?.contentType, binary?.data], ["application/pdf", pdf], type);
    assert.equal(document?.content[0]?.attachment.url, `Binary/${binaryId}`);
    assert.deepEqual(report?.presentedForm, [
      { contentType: "application/pdf", url: `Binary/${binaryId}`, size: 27, title: "Full report" },
    ]);
    assert.equal(of("Observation").length, 1, "it is no result");
  }
});

test("a PDF that came in several lines of text is put together", () => {
  const parts = [pdf.slice(0, 16), pdf.slice(16)];
  const obx = parts.map((value): Obx => ({ type: "TX", test: "PDFRPT^Full report^L", value }));
  assert.equal(mapText(anOruR01({ obx })).of("Binary")[0]?.data, pdf);
});

test("comments on a result are its note, comments on the report its conclusion", () => {
  const oru = anOruR01({ notes: ["Please repeat", "  in one week"], obx: [{ ...potassium, notes: ["Haemolysed"] }] });
  const { of } = mapText(oru);
  assert.deepEqual(of("Observation")[0]?.note, [{ text: "Haemolysed" }]);
  assert.equal(of("DiagnosticReport")[0]?.conclusion, "Please repeat\n  in one week");
});

test("OBX behind a specimen are not lost, and two orders are not mixed up", () => {
  const specimenFirst = anOruR01({ version: "2.5.1", spm: { 2: "SP1", 4: "BLD" } }).replace(
    /(\rOBX.*)(\rSPM[^\r]*)/s,
    "$2$1",
  );
  assert.equal(mapText(specimenFirst).of("Observation").length, 3);
  const reports = [
    { filler: "26U1", placer: "P1", test: "UE^Urea and electrolytes^L", obx: [potassium] },
    { filler: "26U1", placer: "P1", test: "CRE^Creatinine^L", obx: [creatinine] },
  ];
  const { of } = mapText(anOruR01({ reports }));
  assert.equal(of("DiagnosticReport").length, 2);
  assert.equal(of("ServiceRequest").length, 2, "one requisition with two tests is two orders");
  assert.deepEqual(
    of("DiagnosticReport").map(({ result }) => result?.length),
    [1, 1],
  );
});

test("the same result has the same id in every version, another test or number has another", () => {
  const idOf = (oru: OruR01) =>
    mapText(anOruR01({ obx: [potassium], ...oru })).plan.find(({ where }) => where === "OBX[1]")?.id;
  const first = idOf({});
  assert.equal(idOf({ controlId: "M-9", status: "C", sentAt: "20261124093000+0000" }), first);
  assert.notEqual(idOf({ filler: "26U999" }), first);
  assert.notEqual(idOf({ application: "OTHERLAB" }), first);
  assert.notEqual(idOf({ obx: [creatinine] }), first);
});

test("the same test twice in one report is two results", () => {
  const { plan } = mapText(anOruR01({ obx: [potassium, { ...potassium, value: "4.2" }] }));
  const ids = plan.filter(({ resource }) => resource.resourceType === "Observation").map(({ id }) => id);
  assert.equal(new Set(ids).size, 2);
});

test("versions 2.3 to 2.5.1 give the same results", () => {
  const values = ["2.3", "2.3.1", "2.4", "2.5", "2.5.1"].map((version) =>
    mapText(anOruR01({ version }))
      .of("Observation")
      .map(({ valueQuantity }) => valueQuantity?.value),
  );
  for (const value of values) assert.deepEqual(value, [138, 4.1, 131]);
});

test("a summer's wall clock without an offset is an hour ahead of Greenwich", () => {
  const oru = anOruR01({ sentAt: "20260701093000", collectedAt: "20260701081500", reportedAt: "20260701092500" });
  assert.equal(mapText(oru).of("DiagnosticReport")[0]?.effectiveDateTime, "2026-07-01T08:15:00+01:00");
});

test("an OBX that names no test is listed, not invented", () => {
  const { of, ledger } = mapText(anOruR01({ obx: [{ ...potassium, test: "" }] }));
  assert.deepEqual(of("Observation"), []);
  const value = ledger.find(({ where }) => where === "OBX[1]-5[1].1.1");
  assert.deepEqual(value, { where: "OBX[1]-5[1].1.1", value: "4.1", reason: "no-observation-code" });
});

test("every value of a result is mapped to an element or listed with a reason", () => {
  const { ledger } = mapText(anOruR01({ obx: [potassium] }));
  const entryOf = (where: string) => ledger.find((entry) => entry.where === where);
  assert.deepEqual(entryOf("OBX[1]-5[1].1.1"), {
    where: "OBX[1]-5[1].1.1",
    value: "4.1",
    element: "Observation.value",
  });
  assert.deepEqual(
    ledger.filter((entry) => "reason" in entry).map(({ where }) => where),
    ["MSH[1]-1[1].1.1", "MSH[1]-2[1].1.1", "MSH[1]-11[1].1.1", "PID[1]-1[1].1.1", "OBR[1]-1[1].1.1", "OBX[1]-1[1].1.1"],
  );
});
