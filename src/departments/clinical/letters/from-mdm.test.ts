/** Letters and other documents. Source: HL7 v2.5.1 §9.6 (MDM). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkResource, type DocumentReference } from "#standards/fhir";
import { anMsh, anObx, anXcn, aPid, type Fields, message, type Obx, segment } from "../../../../test/builders/index.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";
import { mapText } from "../../../../test/mapping.ts";
import { drLindqvist, mrsOsei } from "../../../../test/ward/index.ts";

interface Letter {
  readonly event?: string;
  readonly controlId?: string;
  readonly txa?: Fields;
  readonly obx?: readonly Obx[];
}

const lines: readonly Obx[] = ["Dear Dr Patel,", "", "   Thank you for referring Mrs Osei."].map((value) => ({
  type: "TX",
  test: "LETTER^Clinic letter^L",
  value,
}));

function aLetter({ event = "T02", controlId = "D-1", txa = {}, obx = lines }: Letter = {}): string {
  return message(
    anMsh(`MDM^${event}`, { controlId, application: "LETTERS", facility: "MEADOW" }),
    segment("EVN", { 1: event, 2: "20261123090000+0000" }),
    aPid(mrsOsei),
    segment("PV1", { 1: "1", 2: "O", 19: "V7^^^MEADOW^VN" }),
    segment("TXA", {
      1: "1",
      2: "CL^Clinic letter^L",
      4: "20261122",
      6: "20261123083000+0000",
      9: anXcn(drLindqvist),
      12: "DOC-1",
      17: "AU",
      19: "AV",
      25: "Cardiology clinic letter",
      ...txa,
    }),
    ...obx.map((each, at) => anObx(each, at + 1)),
  );
}

test("a letter is a document with its author, its number and its text in its layout", () => {
  const { of, plan } = mapText(aLetter());
  const [letter] = of("DocumentReference");
  const [binary] = of("Binary");
  assert.deepEqual(
    [letter?.status, letter?.docStatus, letter?.description],
    ["current", "final", "Cardiology clinic letter"],
  );
  assert.equal(letter?.masterIdentifier?.value, "DOC-1");
  assert.equal(letter?.author?.[0]?.display, "Dr Ingrid Lindqvist");
  assert.equal(letter?.date, "2026-11-23T08:30:00+00:00");
  assert.equal(letter?.context?.encounter?.length, 1);
  const text = Buffer.from(binary?.data ?? "", "base64").toString();
  assert.equal(text, "Dear Dr Patel,\n\n   Thank you for referring Mrs Osei.");
  assert.deepEqual(
    plan.flatMap(({ resource }) => checkResource(resource)),
    [],
  );
});

test("a PDF in it is the document, whatever OBX-2 says", () => {
  const pdf = "JVBERi0xLjQKJcOkw7zDtsOfCjIgMCBvYmoK";
  for (const type of ["ED", "ST"]) {
    const value = type === "ED" ? `^AP^PDF^Base64^${pdf}` : pdf;
    const { of } = mapText(aLetter({ obx: [{ type, test: "LETTER^Clinic letter^L", value }] }));
    assert.equal(of("Binary")[0]?.data, pdf, type);
    assert.deepEqual(of("DocumentReference")[0]?.content[0]?.attachment.contentType, "application/pdf");
    assert.equal(of("Observation").length, 0);
  }
});

test("every value of a letter is carried over or listed", () => {
  const { ledger } = mapText(aLetter());
  const left = ledger.filter((entry) => "reason" in entry && entry.reason !== "administrative");
  assert.deepEqual(left, []);
});

async function after(...letters: readonly Letter[]) {
  const { send, all } = await aLaboratory();
  for (const [at, letter] of letters.entries()) {
    assert.equal((await send(aLetter({ controlId: `D-${at}`, ...letter }), { link: "letters" })).code, "AA");
  }
  const documents = await all<DocumentReference & { id: string }>("DocumentReference");
  const numberOf = ({ masterIdentifier }: DocumentReference) => masterIdentifier?.value ?? "";
  return documents.toSorted((a, b) => numberOf(a).localeCompare(numberOf(b)));
}

test("an edit is a version of the same document, and an older one changes nothing", async () => {
  const edited = { event: "T08", txa: { 8: "20261123100000+0000", 25: "Corrected letter" } };
  const [letter, another] = await after({}, edited, {});
  assert.equal(another, undefined);
  assert.equal(letter?.description, "Corrected letter");
});

test("a replacement supersedes the document before, and an addendum appends to it", async () => {
  const [first, second] = await after(
    {},
    { event: "T10", txa: { 12: "DOC-2", 13: "DOC-1", 6: "20261123100000+0000" } },
  );
  assert.deepEqual([first?.status, second?.status], ["superseded", "current"]);
  const target = { reference: `DocumentReference/${first?.id}`, identifier: { value: "DOC-1" } };
  assert.deepEqual(second?.relatesTo, [{ code: "replaces", target }]);
  const [parent, addendum] = await after({}, { event: "T06", txa: { 12: "DOC-3", 13: "DOC-1" } });
  assert.deepEqual([parent?.status, addendum?.relatesTo?.[0]?.code], ["current", "appends"]);
});

test("a document that is withdrawn was in error and keeps its content; of one that is not known nothing is made", async () => {
  const [letter] = await after({}, { event: "T11", txa: { 6: "20261123110000+0000" }, obx: [] });
  assert.equal(letter?.status, "entered-in-error");
  assert.ok(letter?.content[0]?.attachment.url?.startsWith("Binary/"));
  assert.deepEqual(await after({ event: "T11", obx: [] }), []);
});
