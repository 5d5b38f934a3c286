/** The contract of the archive of images: nothing is lost, nothing is doubled, and everything is found. PS3.4 Annex B and C. */
import assert from "node:assert/strict";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { type AttributeMatch, type DuplicatePolicy, eraseStudy, type ImageLevel, type MatchTest } from "#imaging";
import { expectOk, instant, limits, type Result } from "#kernel";
import { type BlobHash, blobOf } from "#record";
import { explicitLittle, type MadeFrom, tagNamed } from "#standards/dicom";
import { freshArchive, imageBytes, send } from "../image-archive.ts";
import { note } from "./note.ts";

let duplicates: DuplicatePolicy = "keep-both";
const archive = await freshArchive([note, { ...note, kind: "ImagingStudy" }], { duplicates: async () => duplicates });
const { images } = archive;
const always = { quietAt: instant(Number.MAX_SAFE_INTEGER), dueAt: instant(Number.MAX_SAFE_INTEGER) };

function slice(study: string, series: string, number: number, more: Readonly<Record<string, MadeFrom>> = {}) {
  return imageBytes({
    SOPClassUID: ["1.2.840.10008.5.1.4.1.1.2"],
    SOPInstanceUID: [`${study}.${series}.${number}`],
    StudyInstanceUID: [study],
    SeriesInstanceUID: [`${study}.${series}`],
    StudyDate: ["20260302"],
    StudyTime: ["101500"],
    PatientName: ["Müller^Jürgen"],
    PatientID: ["P1"],
    AccessionNumber: [`A${study}`],
    StudyDescription: ["CT Thorax"],
    Modality: ["CT"],
    SeriesNumber: [Number(series)],
    InstanceNumber: [number],
    Rows: [4],
    Columns: [4],
    BitsAllocated: [16],
    PixelRepresentation: [0],
    PixelData: new Uint8Array(32).fill(number),
    ...more,
  });
}

function asks(keyword: string, test: MatchTest): AttributeMatch {
  return { path: [tagNamed(keyword) as number], test };
}

async function found(level: ImageLevel, ...match: readonly AttributeMatch[]) {
  return expectOk(await images.find({ level, match, limit: 100 })).rows;
}

describe("An object that is received", () => {
  it("is found, and is given back as it came, behind a file's beginning", async () => {
    const bytes = slice("1.1", "1", 1);
    const received = expectOk(await send(images, bytes, { pieceBytes: 100 }));
    assert.deepEqual([received.instance, received.is], ["1.1.1.1", "new"]);
    const [kept] = expectOk(
      await images.instances({ address: { instance: "1.1.1.1" }, withMetadata: true, limit: 10 }),
    ).instances;
    assert.ok(kept);
    assert.equal(kept.transferSyntax, explicitLittle.uid);
    const blob = expectOk(await images.open(kept.blob));
    const whole = await blob.read(0, blob.sizeBytes);
    await blob.close();
    assert.deepEqual(Buffer.from(whole.subarray(kept.dataSetAt)), Buffer.from(bytes));
    assert.equal(Buffer.from(whole.subarray(128, 132)).toString(), "DICM");
    assert.equal(JSON.parse(`{${kept.metadata}}`)["7FE00010"].BulkDataURI, "bulk/7FE00010");
    assert.deepEqual(Buffer.from(whole.subarray(kept.pixelsAt ?? 0, (kept.pixelsAt ?? 0) + 4)).readUInt16LE(0), 0x7fe0);
  });

  it("counts once, however often it is sent, and whether as a data set or as a file", async () => {
    await send(images, slice("1.2", "1", 1));
    assert.equal(expectOk(await send(images, slice("1.2", "1", 1))).is, "known");
    const [kept] = expectOk(
      await images.instances({ address: { study: "1.2" }, withMetadata: false, limit: 10 }),
    ).instances;
    const blob = expectOk(await images.open(kept?.blob as never));
    const file = Buffer.from(await blob.read(0, blob.sizeBytes));
    await blob.close();
    file.write("other preamble", 0);
    assert.equal(expectOk(await send(images, file, { arrival: { wire: { is: "file" } } })).is, "known");
    const [row] = await found("study", asks("StudyInstanceUID", { is: "one-of", values: ["1.2"] }));
    assert.equal(JSON.parse(row?.json ?? "{}")["00201208"].Value[0], 1);
  });

  it("is refused and kept aside when another object has its UID, or its series belongs elsewhere", async () => {
    await send(images, slice("1.3", "1", 1));
    const other = await send(images, slice("1.3", "1", 1, { Rows: [8] }));
    assert.equal(other.ok ? "" : other.problems[0].code, "instance-differs");
    const elsewhere = await send(images, slice("1.4", "1", 1, { SeriesInstanceUID: ["1.3.1"] }));
    assert.equal(elsewhere.ok ? "" : elsewhere.problems[0].code, "series-elsewhere");
    const twins = expectOk(await images.twins());
    assert.deepEqual(
      twins.map(({ why }) => why),
      ["series-elsewhere", "instance-differs"],
    );
    for (const { twin } of twins) expectOk(await images.dropTwin(twin));
    assert.equal(expectOk(await images.twins()).length, 0);
  });

  it("is refused without a UID, by the attribute's name, and leaves nothing behind", async () => {
    const refused = await send(images, slice("1.5", "1", 1, { StudyInstanceUID: [] }));
    assert.deepEqual(refused.ok ? [] : [refused.problems[0].code, refused.problems[0].where], [
      "uid-missing",
      "(0020,000D)",
    ]);
    assert.deepEqual(await readdir(join(archive.folder, "aside")), []);
  });

  it("of another patient makes its study a conflict", async () => {
    await send(images, slice("1.6", "1", 1));
    await send(images, slice("1.6", "1", 2, { PatientID: ["P2"] }));
    const [row] = await found("study", asks("StudyInstanceUID", { is: "one-of", values: ["1.6"] }));
    assert.deepEqual([row?.study?.state, row?.study?.conflict], ["conflicting", "patients-differ"]);
  });
});

describe("Studies, series and objects", async () => {
  await send(
    images,
    slice("2.1", "1", 1, { PatientName: ["Yamada^Tarou=山田^太郎=やまだ^たろう"], PatientID: ["JP"] }),
  );
  await send(
    images,
    slice("2.1", "2", 1, {
      PatientName: ["Yamada^Tarou=山田^太郎=やまだ^たろう"],
      PatientID: ["JP"],
      Modality: ["PR"],
    }),
  );
  await send(images, slice("2.2", "1", 1, { PatientName: ["Smith^Anne"], PatientID: ["EN"], StudyDate: ["20250101"] }));
  const studies: readonly (readonly [string, MatchTest, readonly string[]])[] = [
    ["PatientName", { is: "wildcard", pattern: "山田*" }, ["2.1"]],
    ["PatientName", { is: "wildcard", pattern: "YAMADA^T*" }, ["2.1"]],
    ["PatientName", { is: "one-of", values: ["Smith^Anne"] }, ["2.2"]],
    ["PatientName", { is: "wildcard", pattern: "Sm?th*" }, ["2.2"]],
    ["StudyDate", { is: "range", to: "20251231" }, ["2.2"]],
    ["PatientID", { is: "one-of", values: ["JP", "EN"] }, ["2.1", "2.2"]],
    ["ModalitiesInStudy", { is: "one-of", values: ["PR"] }, ["2.1"]],
    ["Modality", { is: "one-of", values: ["PR"] }, ["2.1"]],
    ["SOPInstanceUID", { is: "one-of", values: ["2.2.1.1"] }, ["2.2"]],
    ["PatientComments", { is: "one-of", values: ["nothing"] }, []],
  ];
  for (const [keyword, test, expected] of studies) {
    it(`are found by ${keyword} ${JSON.stringify(test)}`, async () => {
      const rows = await found("study", asks(keyword, test));
      assert.deepEqual(rows.map(({ uids }) => uids.study).sort(), expected);
    });
  }

  it("are found by the beginnings of the words of a name, in any order, when asked fuzzily", async () => {
    const { rows } = expectOk(
      await images.find({
        level: "study",
        match: [asks("PatientName", { is: "one-of", values: ["ann smi"] })],
        isFuzzy: true,
        limit: 10,
      }),
    );
    assert.deepEqual(
      rows.map(({ uids }) => uids.study),
      ["2.2"],
    );
  });

  it("come in pages that neither repeat nor miss", async () => {
    const seen: (string | undefined)[] = [];
    for (let after: readonly (string | number)[] | undefined; ; ) {
      const page = expectOk(
        await images.find({ level: "instance", match: [], limit: 2, ...(after === undefined ? {} : { after }) }),
      );
      seen.push(...page.rows.map(({ uids }) => uids.instance));
      after = page.next;
      if (after === undefined) break;
    }
    assert.equal(seen.length, new Set(seen).size);
    assert.equal(seen.length, expectOk(await images.count({ level: "instance", match: [], limit: 1 })));
  });

  for (const match of [
    [],
    [asks("Modality", { is: "one-of", values: ["CT"] })],
    [asks("InstanceNumber", { is: "one-of", values: ["1"] })],
  ])
    it(`come from any place of the list, of ${match.length === 0 ? "all" : "some"} objects`, async () => {
      const objects = async (limit: number, skip: number) =>
        expectOk(await images.find({ level: "instance", match, limit, skip })).rows.map(({ uids }) => uids.instance);
      const all = await objects(100, 0);
      for (const skip of all.keys()) assert.deepEqual(await objects(3, skip), all.slice(skip, skip + 3));
      assert.deepEqual(await objects(3, all.length), []);
    });

  it("of one day come latest first, whatever the order in which they came", async () => {
    for (const [study, time] of [
      ["9.1", "080000"],
      ["9.2", "173000"],
      ["9.3", "120000"],
    ] as const)
      expectOk(await send(images, slice(study, "1", 1, { StudyTime: [time], StudyDate: ["20260909"] })));
    const day = asks("StudyDate", { is: "one-of", values: ["20260909"] });
    const first = expectOk(await images.find({ level: "study", match: [day], limit: 1 }));
    assert.ok(first.next);
    const rest = expectOk(await images.find({ level: "study", match: [day], limit: 2, after: first.next }));
    assert.deepEqual(
      [...first.rows, ...rest.rows].map(({ uids }) => uids.study),
      ["9.2", "9.3", "9.1"],
    );
  });

  it("of a patient are counted at the patient's level", async () => {
    const [row] = await found("patient", asks("PatientID", { is: "one-of", values: ["JP"] }));
    const json = JSON.parse(row?.json ?? "{}");
    assert.deepEqual(
      ["00201200", "00201202", "00201204"].map((key) => json[key].Value[0]),
      [1, 2, 2],
    );
  });

  it("that are edited are shown and found as edited, and as received again", async () => {
    const attributes = '"00100010":{"vr":"PN","Value":[{"Alphabetic":"Jones^Anne"}]}';
    const study = {
      issuer: "",
      patientId: "EN2",
      names: [{ isWord: false, text: "jones^anne" }],
      birthDate: "",
      sex: "",
      accession: "",
      date: "20250101",
      time: "",
      studyId: "",
      description: "",
      referring: "",
    };
    expectOk(await images.overlay({ study: "2.2" }, { attributes, study }));
    const [row] = await found("study", asks("PatientName", { is: "wildcard", pattern: "jones*" }));
    assert.match(row?.json ?? "", /Jones\^Anne/);
    const [kept] = expectOk(
      await images.instances({ address: { study: "2.2" }, withMetadata: false, limit: 1 }),
    ).instances;
    assert.deepEqual(kept?.edits, [`{${attributes}}`]);
    expectOk(await images.overlay({ study: "2.2" }, undefined));
    const [before] = await found("study", asks("StudyInstanceUID", { is: "one-of", values: ["2.2"] }));
    assert.match(before?.json ?? "", /Smith\^Anne/);
  });

  it("of a study that is erased are gone with their bytes, with all that it was found by, and no other", async () => {
    const { imageErasure, database } = archive.kept.store;
    for (const study of ["2.71", "2.72"]) expectOk(await send(images, slice(study, "1", 1)));
    await images.relate("2.71", { state: "matched", patient: "osei", document: "s71" });
    const [erased, ...more] = await imageErasure.studiesOf({ patients: ["Patient/osei"], documents: [] });
    assert.deepEqual([erased?.length, more], [64, []]);
    assert.deepEqual(await imageErasure.studiesOf({ patients: [], documents: ["s71"] }), [erased]);
    const { blobs } = await imageErasure.contentOf(erased ?? "");
    for (const _again of [1, 2])
      expectOk(await eraseStudy({ index: imageErasure, blobs: archive.blobs }, erased ?? ""));
    assert.deepEqual([blobs.length, await archive.blobs.open(blobs[0] as BlobHash)], [1, undefined]);
    const asked = asks("StudyInstanceUID", { is: "one-of", values: ["2.71", "2.72"] });
    assert.equal((await found("study", asked)).length, 1);
    const left =
      await database`select from image_name n where not exists (select from image_study s where s.study = n.study)`;
    assert.equal(left.length, 0);
  });

  it("that are removed are gone with their bytes", async () => {
    await send(images, slice("2.3", "1", 1));
    const [kept] = expectOk(
      await images.instances({ address: { study: "2.3" }, withMetadata: false, limit: 1 }),
    ).instances;
    expectOk(await images.remove({ study: "2.3" }));
    assert.equal((await images.open(kept?.blob as never)).ok, false);
    assert.equal((await found("study", asks("StudyInstanceUID", { is: "one-of", values: ["2.3"] }))).length, 0);
  });

  it("that changed are told to one worker at a time, and again when it never finished", async () => {
    for (;;) {
      const some = await images.changed.take(100, always);
      if (some.length === 0) break;
      await images.changed.finish(some);
    }
    await send(images, slice("2.4", "1", 1));
    const taken = await images.changed.take(10, always);
    await send(images, slice("2.4", "1", 2));
    assert.deepEqual(
      (await images.changed.take(10, always)).map(({ study }) => study),
      ["2.4"],
    );
    await images.changed.finish(taken);
    assert.deepEqual(await images.changed.take(10, always), []);
  });
});

describe("Another object under a UID that is there", () => {
  const policies: readonly (readonly [DuplicatePolicy, string, number, number])[] = [
    ["keep-first", "known", 4, 0],
    ["refuse", "instance-differs", 4, 0],
    ["keep-newest", "new", 8, 1],
  ];
  for (const [policy, answer, rows, aside] of policies) {
    it(`by the policy ${policy} is answered ${answer}, and ${rows} rows are shown`, async () => {
      const study = `6.${policies.findIndex(([each]) => each === policy)}`;
      await send(images, slice(study, "1", 1));
      duplicates = policy;
      const answered = await send(images, slice(study, "1", 1, { Rows: [8] }));
      duplicates = "keep-both";
      assert.equal(answered.ok ? answered.value.is : answered.problems[0].code, answer);
      assert.equal(await rowsOf(study), rows);
      const twins = expectOk(await images.twins()).filter(({ instance }) => instance.startsWith(study));
      assert.equal(twins.length, aside);
    });
  }

  it("is shown in place of the first when a person says so, and the other way round", async () => {
    await send(images, slice("6.9", "1", 1));
    await send(images, slice("6.9", "1", 1, { Rows: [8] }));
    for (const rows of [8, 4]) {
      const [twin] = expectOk(await images.twins()).filter(({ instance }) => instance === "6.9.1.1");
      expectOk(await images.showTwin(twin?.twin ?? 0));
      assert.equal(await rowsOf("6.9"), rows);
    }
    assert.equal(expectOk(await images.twins()).filter(({ instance }) => instance === "6.9.1.1").length, 1);
  });
});

async function rowsOf(study: string): Promise<number> {
  const page = expectOk(await images.instances({ address: { study }, withMetadata: true, limit: 1 }));
  return JSON.parse(`{${page.instances[0]?.metadata}}`)["00280010"].Value[0];
}

describe("Objects that are hidden", () => {
  it("are found and given by nobody until they are shown again, a series or a study at a time", async () => {
    for (const [series, number] of [
      ["1", 1],
      ["1", 2],
      ["2", 1],
    ] as const)
      await send(images, slice("7.1", series, number));
    assert.equal(expectOk(await images.hide({ study: "7.1", series: "7.1.1" }, "113001")), 2);
    assert.equal(expectOk(await images.hide({ study: "7.1" }, "113037")), 1);
    assert.deepEqual(await found("study", asks("StudyInstanceUID", { is: "one-of", values: ["7.1"] })), []);
    const given = expectOk(await images.instances({ address: { study: "7.1" }, withMetadata: false, limit: 10 }));
    assert.deepEqual(given.instances, []);
    const hidden = expectOk(await images.hidden("7.1"));
    assert.deepEqual(
      hidden.map(({ series, code, objects, shown }) => [series, code, objects, shown]),
      [
        ["7.1.2", "113037", 1, 0],
        ["7.1.1", "113001", 2, 0],
      ],
    );
    assert.equal(expectOk(await images.hide({ instance: "7.1.1.2" }, undefined)), 1);
    assert.equal(expectOk(await images.hide({ study: "7.1" }, undefined)), 2);
    const [row] = await found("study", asks("StudyInstanceUID", { is: "one-of", values: ["7.1"] }));
    assert.equal(JSON.parse(row?.json ?? "{}")["00201208"].Value[0], 3);
  });
});

describe("A study", () => {
  it("has another revision as soon as anything of it changes", async () => {
    const of = { study: "7.2", series: "7.2.1", instance: "7.2.1.1" };
    await send(images, slice(of.study, "1", 1));
    const revision = async () =>
      expectOk(await images.instances({ address: { study: of.study }, withMetadata: false, limit: 1 })).instances[0]
        ?.studyRevision;
    const edit = { attributes: '"00080060":{"vr":"CS","Value":["MR"]}' };
    const changes = [
      () => send(images, slice(of.study, "1", 2)),
      () => images.overlay({ study: of.study }, edit),
      () => images.overlay({ study: of.study, series: of.series }, edit),
      () => images.overlay(of, edit),
      () => images.overlay(of, undefined),
      () => images.hide({ instance: `${of.series}.2` }, "113001"),
      () => images.remove({ instance: `${of.series}.2` }),
    ];
    const seen = [await revision()];
    for (const change of changes) {
      expectOk((await change()) as Result<unknown>);
      seen.push(await revision());
    }
    assert.equal(new Set(seen).size, changes.length + 1);
    assert.equal(await revision(), seen.at(-1));
  });
});

describe("A small object", async () => {
  const beside = await freshArchive([note, { ...note, kind: "ImagingStudy" }], {
    hasSmall: true,
    duplicates: async () => duplicates,
  });
  const filesLeft = async () =>
    (await readdir(beside.folder, { recursive: true })).filter((name) => name.length > 60).length;
  const readBack = async (study: string) => {
    const address = { address: { study }, withMetadata: false, limit: 10 };
    const [kept] = expectOk(await beside.images.instances(address)).instances;
    assert.ok(kept);
    const blob = expectOk(await beside.images.open(kept.blob));
    const file = await blob.read(0, blob.sizeBytes);
    await blob.close();
    return { file: Buffer.from(file), kept };
  };

  it("stands beside its row as the file that it would be, and no file is left", async () => {
    const bytes = slice("5.1", "1", 1);
    expectOk(await send(beside.images, bytes, { pieceBytes: 100 }));
    const { file, kept } = await readBack("5.1");
    assert.deepEqual(file.subarray(kept.dataSetAt), Buffer.from(bytes));
    assert.equal(blobOf(file).hash, kept.blob);
    assert.deepEqual(await readdir(join(beside.folder, "aside")), []);
    assert.equal(await filesLeft(), 0);
    assert.equal(expectOk(await send(beside.images, bytes)).is, "known");
  });

  it("that grows too large while it comes is a file", async () => {
    const bytes = slice("5.2", "1", 1, { PixelData: new Uint8Array(limits.imageSmallBytesMax).fill(7) });
    for (const pieceBytes of [1_000, bytes.length]) {
      const own = Buffer.from(bytes);
      assert.equal(expectOk(await send(beside.images, own, { pieceBytes })).instance, "5.2.1.1");
    }
    const { file, kept } = await readBack("5.2");
    assert.deepEqual(file.subarray(kept.dataSetAt), Buffer.from(bytes));
    assert.equal(await filesLeft(), 1);
  });

  it("under the UID of another is kept aside, shown by a decision, and gone when it is let go", async () => {
    duplicates = "keep-both";
    await send(beside.images, slice("5.3", "1", 1));
    const other = slice("5.3", "1", 1, { PixelData: new Uint8Array(32).fill(9) });
    const refused = await send(beside.images, other);
    assert.equal(refused.ok ? "" : refused.problems[0].code, "instance-differs");
    const [twin] = expectOk(await beside.images.twins());
    assert.ok(twin);
    expectOk(await beside.images.showTwin(twin.twin));
    const { file, kept } = await readBack("5.3");
    assert.deepEqual(file.subarray(kept.dataSetAt), Buffer.from(other));
    const [was] = expectOk(await beside.images.twins());
    assert.ok(was);
    expectOk(await beside.images.dropTwin(was.twin));
    assert.equal((await beside.images.open(was.blob)).ok, false);
    expectOk(await beside.images.remove({ study: "5.3" }));
    assert.equal((await beside.images.open(kept.blob)).ok, false);
  });
});

describe("What came", () => {
  it("is counted by hour, modality and sender, with what was refused and why", async () => {
    const since = instant(archive.kept.clock.now() - 1);
    const before = expectOk(await images.arrivals(since));
    await send(images, slice("8.1", "1", 1, { Modality: ["MG"] }), { arrival: { source: "MG1" } });
    await send(images, slice("8.1", "1", 2, { Modality: ["MG"] }), { arrival: { source: "MG1" } });
    await send(images, slice("8.1", "1", 3, { StudyInstanceUID: [] }), { arrival: { source: "MG1" } });
    const { total, hours, modalities, sources, refusals } = expectOk(await images.arrivals(since));
    assert.equal(total.objects, before.total.objects + 2);
    assert.deepEqual(
      hours.map(({ hour }) => hour),
      [0],
    );
    const mammograms = modalities.find(({ modality }) => modality === "MG");
    assert.deepEqual([mammograms?.studies, mammograms?.objects], [1, 2]);
    assert.equal(sources.find(({ source }) => source === "MG1")?.objects, 2);
    assert.deepEqual(
      refusals.filter(({ source }) => source === "MG1").map(({ code, count }) => [code, count]),
      [["uid-missing", 1]],
    );
  });
});

describe("After a crash", () => {
  it("no file is left that nothing names", async () => {
    await send(images, slice("3.1", "1", 1));
    const unfinished = await archive.blobs.begin();
    await unfinished.write([new Uint8Array(10)]);
    const finished = await archive.blobs.begin();
    await finished.write([new Uint8Array(20)]);
    const { hash } = await finished.finish();
    await writeFile(join(archive.folder, "aside", "torn"), "half");
    await archive.again();
    assert.deepEqual(await readdir(join(archive.folder, "aside")), []);
    assert.equal(await archive.blobs.open(hash), undefined);
    const [kept] = expectOk(
      await images.instances({ address: { study: "3.1" }, withMetadata: false, limit: 1 }),
    ).instances;
    assert.equal((await images.open(kept?.blob as never)).ok, true);
  });
});
