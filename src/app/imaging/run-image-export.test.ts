/** Studies leave the archive. PS3.10 §8, PS3.3 Annex F, PS3.15 Annex E. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { inflateRawSync } from "node:zlib";
import { expectOk, silentLog } from "#kernel";
import { fhirKinds } from "#record";
import { explicitLittle, readPart10, transferSyntaxOf } from "#standards/dicom";
import { encodeRle, type PixelEngine } from "#standards/pixels";
import { aDicomFile, aSlice, type DicomValues, dicomBytes } from "../../../test/builders/dicom.ts";
import { freshArchive, send, type TestArchive } from "../../../test/image-archive.ts";
import { requireTool } from "../../../test/tools.ts";
import { openPixelEngine } from "../pixels/pixel-engine.ts";
import { type ImageExport, runImageExport } from "./run-image-export.ts";

const validator = requireTool("dciodvfy");
const rle = transferSyntaxOf("1.2.840.10008.1.2.5");
const colours = { rows: 4, columns: 4, samplesPerPixel: 3, bitsAllocated: 8 };

/** A colour picture into which the machine has written, compressed. */
const scan: DicomValues = {
  ...aSlice,
  SOPClassUID: "1.2.840.10008.5.1.4.1.1.6.1",
  SOPInstanceUID: "1.2.3.4.6.1",
  StudyInstanceUID: "1.2.3.4.6",
  SeriesInstanceUID: "1.2.3.4.6.0",
  StudyDate: "20260309",
  Modality: "US",
  SamplesPerPixel: 3,
  PhotometricInterpretation: "RGB",
  PlanarConfiguration: 0,
  BitsAllocated: 8,
  BitsStored: 8,
  HighBit: 7,
  PixelData: new Uint8Array(0),
};

describe("an export of images", () => {
  let archive: TestArchive;
  let engine: PixelEngine;
  let dataFolder: string;

  before(async () => {
    archive = await freshArchive(fhirKinds);
    engine = openPixelEngine({ log: silentLog, threads: 1 });
    dataFolder = join(archive.folder, "data");
    const source = { arrival: { wire: { is: "file" } } } as const;
    const slices = [1, 2].map((number) => dicomBytes(aDicomFile({ ...aSlice, SOPInstanceUID: `1.2.3.4.5.${number}` })));
    for (const bytes of [...slices, compressed()]) expectOk(await send(archive.images, bytes, source));
  });

  after(() => engine.close());

  const run = (order: Omit<ImageExport, "path">, name: string) => {
    const { images, kept } = archive;
    const context = {
      images: { ...images, keeping: { ok: true, value: images } } as const,
      record: kept.record,
      clock: kept.clock,
    };
    const path = join(archive.folder, name);
    return runImageExport({ context, dataFolder, engine, told: () => {} }, { ...order, path });
  };

  it("holds the objects as they are kept, with a DICOMDIR that leads to each", async () => {
    const report = expectOk(await run({ choice: { patientId: "9434765919" } }, "plain"));
    assert.deepEqual([report.studies, report.objects, report.refusals], [2, 3, {}]);
    const folder = join(archive.folder, "plain");
    assert.deepEqual((await readdir(folder)).sort(), ["DICOM", "DICOMDIR", "report.json"]);
    const { file } = readPart10(await readFile(join(folder, "DICOMDIR")));
    const records = file!.dataSet.items(0x0004_1220);
    const types = records.map((record) => record.text(0x0004_1430));
    assert.deepEqual(types.filter((type) => type === "IMAGE").length, 3);
    assert.deepEqual([types[0], types.filter((type) => type === "STUDY").length], ["PATIENT", 2]);
    for (const record of records.filter((one) => one.text(0x0004_1430) === "IMAGE")) {
      const object = readPart10(await readFile(join(folder, ...record.texts(0x0004_1500)))).file!;
      assert.equal(object.dataSet.text("SOPInstanceUID"), record.text(0x0004_1511));
      assert.equal(object.syntax.uid, record.text(0x0004_1512));
    }
  });

  it("has a DICOMDIR that dciodvfy finds no error in", { skip: validator.skip }, async () => {
    const path = join(archive.folder, "plain", "DICOMDIR");
    const said = await promisify(execFile)(validator.path, [path]).catch((error: { readonly stderr: string }) => error);
    assert.deepEqual(
      said.stderr.split("\n").filter((line) => line.startsWith("Error")),
      [],
    );
    assert.match(said.stderr, /BasicDirectory/);
  });

  it("is a zip file where its name says so, the same inside", async () => {
    expectOk(await run({ choice: { studies: ["1.2.3.4.5"] } }, "study.zip"));
    const files = unzipped(await readFile(join(archive.folder, "study.zip")));
    assert.deepEqual(
      [...files.keys()],
      [
        "DICOM/PT000001/ST000001/SE000001/IM000001",
        "DICOM/PT000001/ST000001/SE000001/IM000002",
        "DICOMDIR",
        "report.json",
      ],
    );
    const first = readPart10(files.get("DICOM/PT000001/ST000001/SE000001/IM000001")!).file;
    assert.equal(first?.dataSet.text("PatientName"), "Osei^Ama");
    const again = await run({ choice: { studies: ["1.2.3.4.5"] } }, "study.zip");
    assert.equal(again.ok ? "" : again.problems[0].code, "place-not-empty");
  });

  it("without what identifies people leaves out what may be written over, until the hospital says where that is", async () => {
    const deidentify = { rules: "teaching", project: "nurses" };
    const choice = { patientId: "9434765919" };
    const unruled = expectOk(await run({ choice, deidentify }, "unruled"));
    assert.deepEqual([unruled.objects, unruled.refusals], [2, { "burnt-in-annotation": 1 }]);
    const rules = [{ where: { Modality: "US" }, black: [{ x: 0, y: 0, width: 4, height: 1 }] }];
    await mkdir(join(dataFolder, "deidentification"), { recursive: true });
    await writeFile(join(dataFolder, "deidentification", "pixel-rules.json"), JSON.stringify(rules));
    const ruled = expectOk(await run({ choice, deidentify }, "ruled"));
    assert.deepEqual([ruled.objects, ruled.refusals], [3, {}]);

    const objects = await objectsIn(join(archive.folder, "ruled", "DICOM"));
    const [picture] = objects.filter(({ dataSet }) => dataSet.text("Modality") === "US");
    const [slice] = objects.filter(({ dataSet }) => dataSet.text("Modality") === "CT");
    const content = picture?.dataSet.get("PixelData")?.content;
    assert.ok(content?.is === "bytes");
    assert.deepEqual([...content.bytes], [...Array(12).fill(0), ...Array.from({ length: 36 }, (_, at) => at + 12)]);
    assert.deepEqual([picture?.syntax.uid, picture?.dataSet.text("BurnedInAnnotation")], [explicitLittle.uid, "NO"]);
    const text = JSON.stringify(objects.map(({ dataSet }) => dataSet.elements.map(({ tag }) => dataSet.texts(tag))));
    assert.ok(!/Osei|9434765919|"1\.2\.3\.4/.test(text));
    const days = [picture, slice].map((one) => Date.parse(dashed(one?.dataSet.text("StudyDate"))) / 86_400_000);
    assert.equal((days[0] ?? 0) - (days[1] ?? 0), 7, "the week between the two studies stays");
    const report = JSON.parse(await readFile(join(archive.folder, "ruled", "report.json"), "utf8"));
    assert.deepEqual([report.ruleSet, report.rules["DICOM pixel regions"]], ["teaching", 1]);
  });

  it("of nothing, or by rules that make no sense, is refused before anything is written", async () => {
    const cases = [
      ["image-not-found", { choice: { studies: ["1.9"] } }],
      ["studies-unnamed", { choice: {} }],
      ["rules-unknown", { choice: { modality: "CT" }, deidentify: { rules: "lax", project: "p" } }],
    ] as const;
    for (const [code, order] of cases) {
      const done = await run(order, `none-${code}.zip`);
      assert.equal(done.ok ? "" : done.problems[0].code, code);
      assert.ok(!(await readdir(archive.folder)).includes(`none-${code}.zip`));
    }
  });
});

function compressed(): Uint8Array {
  const frame = encodeRle(
    Uint8Array.from({ length: 48 }, (_, at) => at),
    colours,
  )!;
  const fragments = [new Uint8Array(0), frame];
  const file = aDicomFile(scan, rle);
  const dataSet = file.dataSet.with({ tag: 0x7fe0_0010, vr: "OB", content: { is: "fragments", fragments } });
  return dicomBytes({ ...file, dataSet });
}

async function objectsIn(folder: string) {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  return Promise.all(
    files.map(async ({ parentPath, name }) => readPart10(await readFile(join(parentPath, name))).file!),
  );
}

function dashed(date = ""): string {
  return date.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
}

/** By the directory at its end. */
function unzipped(bytes: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(bytes.length - 6);
  for (let left = bytes.readUInt16LE(bytes.length - 12); left > 0; left -= 1) {
    const [nameBytes, extraBytes] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30)];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameBytes);
    const extra = at + 46 + nameBytes + 4;
    const [plain, packed, start] = [0, 8, 16].map((offset) => Number(bytes.readBigUInt64LE(extra + offset)));
    const contentAt = start! + 30 + bytes.readUInt16LE(start! + 26) + bytes.readUInt16LE(start! + 28);
    const content = inflateRawSync(bytes.subarray(contentAt, contentAt + packed!));
    assert.equal(content.length, plain);
    files.set(name, content);
    at += 46 + nameBytes + extraBytes;
  }
  return files;
}
