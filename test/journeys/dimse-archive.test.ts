/** Corridor as other DICOM nodes see it: what they store they find, fetch and have committed. Source: PS3.4 Annexes B, C, J. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { expectOk } from "#kernel";
import { type DataSet, makeElement, transferSyntaxOf, writeDataSet } from "#standards/dicom";
import { type Association, type DimseService, sopClasses, success, wellKnownInstances } from "#standards/dimse";
import { anInstance, ctStorage, dataSetOf, explicitLittleUid, keeping, tryAssociation } from "../doors/dimse.ts";
import { anArchive, whenKnown } from "../doors/dimse-archive.ts";
import { until } from "../doors/http.ts";

const mr = "1.2.840.10008.5.1.4.1.1.4";

interface Study {
  readonly number: number;
  readonly name: string;
  readonly date: string;
  readonly modality?: string;
  readonly sopClass?: string;
}

const studies: readonly Study[] = [
  { number: 1, name: "Müller^Anna", date: "20261101" },
  { number: 2, name: "Yamada^Tarou=山田^太郎", date: "20261110", modality: "MR", sopClass: mr },
  { number: 3, name: "OSEI^ABENA", date: "20261120" },
];

function objectOf({ number, name, date, modality = "CT", sopClass = ctStorage }: Study, at: number): DataSet {
  return dataSetOf({
    SpecificCharacterSet: "ISO_IR 192",
    SOPClassUID: sopClass,
    SOPInstanceUID: `1.2.3.${number}.1.${at}`,
    StudyDate: date,
    AccessionNumber: `ACC-${number}`,
    Modality: modality,
    PatientName: name,
    PatientID: `MRN-${number}`,
    StudyInstanceUID: `1.2.3.${number}`,
    SeriesInstanceUID: `1.2.3.${number}.1`,
    InstanceNumber: `${at}`,
  });
}

const { studyRootFind, studyRootGet, studyRootMove, storageCommitmentPush } = sopClasses;

describe("the archive", () => {
  let archive: Awaited<ReturnType<typeof anArchive>>;
  let association: Association;
  const brought: Parameters<typeof keeping>[0] = [];
  const reports: DataSet[] = [];
  const { store } = keeping(brought);
  const services: readonly DimseService<undefined>[] = [
    { sopClasses: "storage", ...(store && { store: (request) => store(request as never) }) },
    {
      sopClasses: [storageCommitmentPush],
      async normalized(request) {
        if ("dataSet" in request && request.dataSet !== undefined) reports.push(request.dataSet);
        return { status: success };
      },
    },
  ];
  const storage = { transferSyntaxes: [explicitLittleUid], role: "both" } as const;
  const contexts = [
    ...[studyRootFind, studyRootGet, studyRootMove, storageCommitmentPush].map((sopClass) => ({ sopClass })),
    { sopClass: ctStorage, ...storage },
    { sopClass: mr, ...storage },
  ];

  before(async () => {
    const all = { mayStore: true, mayFind: true, mayRetrieve: true };
    archive = await anArchive([
      { aeTitle: "WARD3", ...all },
      { aeTitle: "MODALITY", mayStore: true },
    ]);
    association = await whenKnown(() => tryAssociation({ port: archive.port, contexts, services, windowWanted: 4 }));
    const stored = studies.flatMap((study) => [1, 2].map((at) => objectOf(study, at)));
    const outcomes = await Promise.all(
      stored.map((object) => {
        const bytes = writeDataSet(object, transferSyntaxOf(explicitLittleUid));
        const sopClass = object.text("SOPClassUID") ?? "";
        return association.store({ ...anInstance(object.text("SOPInstanceUID") ?? "", bytes), sopClass });
      }),
    );
    for (const outcome of outcomes) assert.deepEqual(outcome, { is: "answered", status: success });
  });

  after(async () => {
    await association?.release();
    await archive.stop();
  });

  async function found(keys: Readonly<Record<string, string>>, wanted: string, QueryRetrieveLevel = "STUDY") {
    const identifier = dataSetOf({ QueryRetrieveLevel, [wanted]: "", ...keys });
    const values: string[] = [];
    for await (const answer of association.find({ sopClass: studyRootFind, identifier })) {
      if (answer.is === "match") values.push(answer.identifier.texts(wanted).join("\\"));
      else if (answer.is === "end" && answer.status.code !== 0) values.push(answer.status.code.toString(16));
    }
    return values.sort().join(" ");
  }

  const rows: readonly (readonly [string, Readonly<Record<string, string>>, string, string])[] = [
    ["a single value", { AccessionNumber: "ACC-1" }, "StudyInstanceUID", "1.2.3.1"],
    ["a list of UIDs", { StudyInstanceUID: "1.2.3.1\\1.2.3.3" }, "AccessionNumber", "ACC-1 ACC-3"],
    ["a wildcard with an umlaut", { PatientName: "Müller*" }, "PatientID", "MRN-1"],
    ["a wildcard in kanji", { PatientName: "山田*" }, "PatientID", "MRN-2"],
    ["a name in other letters", { PatientName: "osei^abena" }, "PatientID", "MRN-3"],
    ["a range", { StudyDate: "20261105-20261130" }, "PatientID", "MRN-2 MRN-3"],
    ["modalities of a study", { ModalitiesInStudy: "MR" }, "NumberOfStudyRelatedInstances", "2"],
    ["nothing, which everything meets", {}, "PatientID", "MRN-1 MRN-2 MRN-3"],
    ["what is not there", { PatientID: "MRN-9" }, "PatientID", ""],
    ["a UID that is none", { StudyInstanceUID: "abc" }, "PatientID", "a900"],
  ];
  for (const [what, keys, wanted, expected] of rows) {
    it(`finds studies by ${what}`, async () => assert.equal(await found(keys, wanted), expected));
  }

  it("finds series and images, by keys of the levels above too", async () => {
    assert.equal(await found({ PatientID: "MRN-2" }, "Modality", "SERIES"), "MR");
    assert.equal(await found({ StudyInstanceUID: "1.2.3.3" }, "InstanceNumber", "IMAGE"), "1 2");
    assert.equal(await found({}, "PatientID", "NOWHERE"), "a900");
  });

  it("gives back what was stored, byte for byte", async () => {
    const identifier = dataSetOf({ QueryRetrieveLevel: "IMAGE", SOPInstanceUID: "1.2.3.1.1.2" });
    const end = expectOk(await association.get({ sopClass: studyRootGet, identifier }));
    assert.deepEqual([end.status.code, end.subOperations.completed], [0, 1]);
    const [first] = studies;
    const expected = first && writeDataSet(objectOf(first, 2), transferSyntaxOf(explicitLittleUid));
    assert.deepEqual(Buffer.from(brought[0]?.bytes ?? []), Buffer.from(expected ?? []));
  });

  it("does not send to a node that nobody knows", async () => {
    const identifier = dataSetOf({ QueryRetrieveLevel: "STUDY", StudyInstanceUID: "1.2.3.1" });
    const moved = expectOk(await association.move({ sopClass: studyRootMove, identifier, destination: "NOBODY" }));
    assert.equal(moved.status.code, 0xa801);
  });

  it("commits to what it keeps, and says which it does not", async () => {
    const items = ["1.2.3.1.1.1", "1.2.3.9"].map((uid) =>
      dataSetOf({ ReferencedSOPClassUID: ctStorage, ReferencedSOPInstanceUID: uid }),
    );
    const sequence = makeElement("ReferencedSOPSequence", items);
    assert.ok(sequence);
    const asked = await association.normalized({
      operation: "N-ACTION",
      sopClass: storageCommitmentPush,
      sopInstance: wellKnownInstances.storageCommitmentPush,
      actionType: 1,
      dataSet: dataSetOf({ TransactionUID: "1.2.77" }).with(sequence),
    });
    assert.deepEqual(asked.is === "answered" && asked.reply.status, success);
    await until(() => reports.length > 0);
    const uids = (keyword: string) => reports[0]?.items(keyword).map((item) => item.text("ReferencedSOPInstanceUID"));
    assert.deepEqual([uids("ReferencedSOPSequence"), uids("FailedSOPSequence")], [["1.2.3.1.1.1"], ["1.2.3.9"]]);
    assert.deepEqual(reports[0]?.items("FailedSOPSequence")[0]?.numbers("FailureReason"), [0x0112]);
  });

  it("lets nobody search who may not, and nobody in who is not known", async () => {
    const modality = expectOk(await tryAssociation({ port: archive.port, callingAe: "MODALITY", contexts }));
    const identifier = dataSetOf({ QueryRetrieveLevel: "STUDY", PatientID: "" });
    for await (const answer of modality.find({ sopClass: studyRootFind, identifier }))
      assert.equal(answer.is === "end" && answer.status.code, 0x0124);
    await modality.release();
    const stranger = await tryAssociation({ port: archive.port, callingAe: "STRANGER", contexts });
    assert.match(stranger.ok ? "" : stranger.problems[0].message, /calling AE title not recognised/);
  });
});
