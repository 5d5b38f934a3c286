/** Whom a study is about. Source: IHE RAD TF-1 §3 (SWF.b), §4 (PIR): what cannot be reconciled waits for a person. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decidingForLink } from "#access";
import { expectOk, instant, ok } from "#kernel";
import { fhirKinds, type Position } from "#record";
import { DataSet, type MadeFrom, makeElement, tagNamed } from "#standards/dicom";
import { anActor, contextOf } from "../../../../../test/handler-context.ts";
import { freshArchive, imageBytes, send } from "../../../../../test/image-archive.ts";
import { archivePolicyDefinition } from "../keeping/archive-policy.ts";
import { editStudy } from "../keeping/edit-study.ts";
import { fetchStudyHistory } from "../keeping/fetch-study-history.ts";
import { hideObjects } from "../keeping/hide-objects.ts";
import { imageDecisionDefinition } from "../keeping/image-decision.ts";
import { imageEditDefinition } from "../keeping/image-edit.ts";
import { dicomNodeDefinition } from "../nodes/dicom-node.ts";
import { studyMarkDefinition } from "../retention/study-mark.ts";
import { fileStudy, imagingStudyId } from "./file-study.ts";
import { followMoves, retryUnmatched } from "./follow-record.ts";

const archive = await freshArchive([
  ...fhirKinds,
  imageEditDefinition,
  imageDecisionDefinition,
  archivePolicyDefinition,
  dicomNodeDefinition,
  studyMarkDefinition,
]);
const { images, kept } = archive;
const context = {
  ...contextOf(kept, decidingForLink(anActor("pacs-administrator"))),
  images: { ...images, keeping: ok(images) },
};

async function keep(kind: string, id: string, body: object): Promise<void> {
  expectOk(
    await kept.record.transact({
      operations: [{ action: "update", kind, id, body: { resourceType: kind, ...body } }],
    }),
  );
}

async function patient(id: string, number: string, [family, birthDate]: readonly [string, string]): Promise<void> {
  const identifier = [{ system: "urn:corridor:authority:TRUST", value: number }];
  await keep("Patient", id, { identifier, name: [{ family }], birthDate });
}

async function order(id: string, accession: string, patientId: string): Promise<void> {
  await keep("ServiceRequest", id, {
    status: "active",
    intent: "order",
    identifier: [{ system: "urn:corridor:authority:RIS", value: accession }],
    subject: { reference: `Patient/${patientId}` },
  });
}

interface Sent {
  readonly study: string;
  readonly number?: number;
  readonly id: string;
  readonly name?: string;
  readonly born?: string;
  readonly accession?: string;
}

async function sent({ study, number = 1, id, name = "Okafor^Ada", born = "19800102", accession = "" }: Sent) {
  const bytes = imageBytes({
    SOPClassUID: ["1.2.840.10008.5.1.4.1.1.2"],
    SOPInstanceUID: [`${study}.1.${number}`],
    StudyInstanceUID: [study],
    SeriesInstanceUID: [`${study}.1`],
    StudyDate: ["20260302"],
    StudyTime: ["101500.5"],
    PatientName: [name],
    PatientID: [id],
    PatientBirthDate: [born],
    AccessionNumber: accession === "" ? [] : [accession],
    StudyDescription: ["CT Thorax"],
    Modality: ["CT"],
    SeriesNumber: [1],
    InstanceNumber: [number],
  });
  expectOk(await send(images, bytes));
  expectOk(await fileStudy(context, study));
}

async function factsOf(study: string) {
  const match = [{ path: [tagNamed("StudyInstanceUID") as number], test: { is: "one-of", values: [study] } }] as const;
  return expectOk(await images.find({ level: "study", match, limit: 1 })).rows[0]?.study;
}

const needs = { look: kept.record, images };
const always = { quietAt: instant(Number.MAX_SAFE_INTEGER), dueAt: instant(Number.MAX_SAFE_INTEGER) };

async function fileWaiting(): Promise<readonly string[]> {
  const taken = await images.changed.take(100, always);
  for (const { study } of taken) expectOk(await fileStudy(context, study));
  await images.changed.finish(taken);
  return taken.map(({ study }) => study);
}

async function documentOf(study: string) {
  const read = await kept.record.read("ImagingStudy", imagingStudyId(study));
  return read.ok ? JSON.parse(read.value.body) : undefined;
}

describe("A study is filed", () => {
  it("under the patient whose number it carries, with its order, its series and its objects", async () => {
    await patient("p1", "H1", ["Okafor", "1980-01-02"]);
    await order("o1", "ACC1", "p1");
    await sent({ study: "1.1", id: "H1", accession: "ACC1" });
    const document = await documentOf("1.1");
    assert.deepEqual(
      [document.subject.reference, document.basedOn[0].reference, document.started, document.description],
      ["Patient/p1", "ServiceRequest/o1", "2026-03-02T10:15:00+00:00", "CT Thorax"],
    );
    assert.deepEqual(document.series[0].instance[0].uid, "1.1.1.1");
    assert.deepEqual(await factsOf("1.1"), { state: "matched", patient: "p1", document: imagingStudyId("1.1") });
  });

  it("again when more of it comes, as a new version of the same document", async () => {
    await sent({ study: "1.1", number: 2, id: "H1", accession: "ACC1" });
    assert.equal((await documentOf("1.1")).numberOfInstances, 2);
  });

  it("where a merge of patients has moved its document", async () => {
    await patient("p2", "H2", ["Okafor", "1980-01-02"]);
    await fileWaiting();
    const document = await documentOf("1.1");
    await keep("ImagingStudy", imagingStudyId("1.1"), { ...document, subject: { reference: "Patient/p2" } });
    expectOk(await followMoves(needs, 0 as Position));
    assert.deepEqual(await fileWaiting(), ["1.1"]);
    assert.equal((await factsOf("1.1"))?.patient, "p2");
    assert.equal((await documentOf("1.1")).subject.reference, "Patient/p2");
  });

  it("by its order where nobody has the number, but name and date of birth agree", async () => {
    await patient("p3", "H3", ["Müller", "1970-05-06"]);
    await order("o3", "ACC3", "p3");
    await sent({ study: "1.3", id: "UNKNOWN", name: "MUELLER^X", born: "19700506", accession: "ACC3" });
    assert.equal((await factsOf("1.3"))?.state, "unmatched");
    await sent({ study: "1.4", id: "UNKNOWN", name: "MULLER^X", born: "19700506", accession: "ACC3" });
    assert.equal((await factsOf("1.4"))?.patient, "p3");
  });

  it("under nobody when nobody fits, without a document, until the patient is registered", async () => {
    await sent({ study: "1.5", id: "NOBODY" });
    assert.deepEqual([await factsOf("1.5"), await documentOf("1.5")], [{ state: "unmatched" }, undefined]);
    await patient("p5", "NOBODY", ["Okafor", "1980-01-02"]);
    expectOk(await retryUnmatched(needs, undefined));
    await fileWaiting();
    assert.equal((await factsOf("1.5"))?.patient, "p5");
  });

  const conflicts: readonly (readonly [string, Sent, string])[] = [
    [
      "the number is of somebody with another name and date of birth",
      { study: "2.1", id: "H3", name: "Smith^A", born: "19010101" },
      "identity-differs",
    ],
    ["the order is for somebody else", { study: "2.2", id: "H2", accession: "ACC3" }, "order-differs"],
  ];
  for (const [when, study, why] of conflicts) {
    it(`under nobody when ${when}, until somebody decides`, async () => {
      await sent(study);
      assert.deepEqual(await factsOf(study.study), { state: "conflicting", conflict: why });
      expectOk(await images.relate(study.study, { state: "matched", patient: "p1" }));
      expectOk(await fileStudy(context, study.study));
      assert.equal((await documentOf(study.study)).subject.reference, "Patient/p1");
    });
  }

  it("as cancelled when nothing of it is shown any more", async () => {
    await sent({ study: "3.1", id: "H1" });
    expectOk(await images.hide({ instance: "3.1.1.1" }, "113001"));
    expectOk(await fileStudy(context, "3.1"));
    assert.equal((await documentOf("3.1")).status, "cancelled");
    expectOk(await images.hide({ instance: "3.1.1.1" }, undefined));
    expectOk(await fileStudy(context, "3.1"));
    assert.equal((await documentOf("3.1")).status, "available");
  });
});

describe("What is shown of a study", () => {
  const edit = (attributes: Readonly<Record<string, string | null>>) =>
    editStudy(context, { study: "4.1", attributes, reason: "The wrong patient was chosen at the scanner" });

  it("is what a person decided, without a change of the object, and whom it is about is decided anew", async () => {
    await patient("p41", "H41", ["Osei", "1957-03-14"]);
    await patient("p42", "H42", ["Brandt", "1991-07-30"]);
    await sent({ study: "4.1", id: "H41", name: "Osei^Adaeze", born: "19570314" });
    assert.equal((await factsOf("4.1"))?.patient, "p41");
    const before = expectOk(await images.instances({ address: { study: "4.1" }, withMetadata: false, limit: 1 }));
    expectOk(await edit({ PatientID: "H42", PatientName: "Brandt^Zoë", PatientBirthDate: "19910730" }));
    await fileWaiting();
    assert.equal((await factsOf("4.1"))?.patient, "p42");
    assert.equal((await documentOf("4.1")).subject.reference, "Patient/p42");
    const after = expectOk(await images.instances({ address: { study: "4.1" }, withMetadata: false, limit: 1 }));
    assert.equal(after.instances[0]?.blob, before.instances[0]?.blob);
    assert.match(after.instances[0]?.edits[0] ?? "", /Brandt\^Zoë/);
  });

  it("is what was received again, when that is decided", async () => {
    expectOk(await edit({ PatientID: null, PatientName: null, PatientBirthDate: null }));
    await fileWaiting();
    assert.equal((await documentOf("4.1")).subject.reference, "Patient/p41");
  });

  it("is about nobody any more when the id is nobody's: its document is no longer in force", async () => {
    expectOk(await edit({ PatientID: "NO-SUCH" }));
    await fileWaiting();
    assert.deepEqual([(await factsOf("4.1"))?.state, (await documentOf("4.1")).status], ["unmatched", "cancelled"]);
  });

  it("is not changed by what cannot be a value, which is named", async () => {
    const refused = await edit({ PatientBirthDate: "1980-01-01", Rows: "3" });
    assert.deepEqual(refused.ok ? [] : refused.problems.map(({ code, where }) => `${code} ${where ?? ""}`.trim()), [
      "attribute-invalid (0010,0030)",
      "attribute-not-editable",
    ]);
  });

  it("leaves out what a rejection note names, and the note", async () => {
    await sent({ study: "5.1", number: 2, id: "H41", name: "Osei^Adaeze", born: "19570314" });
    await noteOn("5.1", "113001");
    const { instances } = expectOk(
      await images.instances({ address: { study: "5.1" }, withMetadata: false, limit: 9 }),
    );
    assert.deepEqual(
      instances.map(({ instance }) => instance),
      ["5.1.1.2"],
    );
    assert.equal((await documentOf("5.1")).numberOfInstances, 1);
  });

  it("has again what a note hid, once a person shows it, and the note is not carried out a second time", async () => {
    expectOk(await hideObjects(context, { study: "5.1", reason: "The images are good" }));
    await fileWaiting();
    assert.equal((await documentOf("5.1")).numberOfInstances, 3);
    const { events } = expectOk(await fetchStudyHistory(context, "5.1"));
    assert.deepEqual(
      events.map(({ is, by, part }) => `${is} by ${by}: ${part}`),
      [
        "restored by PACS Administrator: 2 objects",
        "hidden by CT1: 1 object",
        "moved by Corridor: ",
        "received by CT1: ",
      ],
    );
  });

  it("tells each correction with what stood there before", async () => {
    const { events } = expectOk(await fetchStudyHistory(context, "4.1"));
    const corrections = events.filter(({ is }) => is === "corrected").map(({ changes }) => changes);
    assert.deepEqual(corrections.at(-1), [
      { what: "PatientID", before: "H41", after: "H42" },
      { what: "PatientName", before: "Osei^Adaeze", after: "Brandt^Zoë" },
      { what: "PatientBirthDate", before: "19570314", after: "19910730" },
    ]);
    assert.deepEqual(corrections[0], [{ what: "PatientID", before: "H41", after: "NO-SUCH" }]);
  });

  it("is not changed by the notes of a node that may not reject, nor for reasons that the archive does not hide for", async () => {
    await keep("DicomNode", "ct-1", { aeTitle: "CT1", host: "ct", port: 104, mayReject: false });
    await noteOn("5.2", "113001");
    assert.equal((await documentOf("5.2")).numberOfInstances, 2);
    await keep("DicomNode", "ct-1", { aeTitle: "CT1", host: "ct", port: 104 });
    await keep("ImagePolicy", "archive", { duplicates: "keep-both", hideFor: ["113037"] });
    await noteOn("5.3", "113001");
    assert.equal((await documentOf("5.3")).numberOfInstances, 2);
    await noteOn("5.4", "113037");
    assert.equal((await documentOf("5.4"))?.status, "cancelled");
  });
});

/** Sends the first object of a study, and a note that rejects it. */
async function noteOn(study: string, reason: string): Promise<void> {
  await sent({ study, id: "H41", name: "Osei^Adaeze", born: "19570314" });
  const code = item({ CodeValue: [reason], CodingSchemeDesignator: ["DCM"], CodeMeaning: ["Rejected"] });
  const object = item({
    ReferencedSOPClassUID: ["1.2.840.10008.5.1.4.1.1.2"],
    ReferencedSOPInstanceUID: [`${study}.1.1`],
  });
  const series = item({ SeriesInstanceUID: [`${study}.1`], ReferencedSOPSequence: [object] });
  const evidence = item({ StudyInstanceUID: [study], ReferencedSeriesSequence: [series] });
  const bytes = imageBytes({
    SOPClassUID: ["1.2.840.10008.5.1.4.1.1.88.59"],
    SOPInstanceUID: [`${study}.9.1`],
    StudyInstanceUID: [study],
    SeriesInstanceUID: [`${study}.9`],
    PatientID: ["H41"],
    Modality: ["KO"],
    ConceptNameCodeSequence: [code],
    CurrentRequestedProcedureEvidenceSequence: [evidence],
  });
  expectOk(await send(images, bytes));
  await fileWaiting();
}

function item(values: Readonly<Record<string, MadeFrom>>): DataSet {
  const elements = Object.entries(values).map(([keyword, given]) => makeElement(keyword, given));
  return new DataSet(elements.filter((element) => element !== undefined).sort((a, b) => a.tag - b.tag));
}
