/** The journey of an examination: stored over DICOMweb, found in the list, looked at and measured in a browser. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import {
  dataSetOf as attributes,
  DataSet,
  explicitLittle,
  makeElement,
  ownFileBytes,
  transferSyntaxOf,
  writePart10,
} from "#standards/dicom";
import { testData } from "../data.ts";
import { type RunningProgram, startProgram } from "../program.ts";
import { requireTool } from "../tools.ts";
import { accessibilityFaults, launchBrowser, visit } from "./browser.ts";
import { addPeople, password } from "./people.ts";

const chromium = requireTool("chromium");
const compressed = testData("dicom/test_files/JPEG2000.dcm");
const study = "1.2.826.0.1.3680043.10.1400.5";
const slices = 24;
const side = 128;

function dataSetOf(
  values: Readonly<Record<string, string | number | Uint8Array | readonly (string | number)[]>>,
): DataSet {
  const elements = Object.entries(values).flatMap(([keyword, value]) => {
    const made = makeElement(
      keyword,
      typeof value === "object" ? value : [value],
      keyword === "PixelData" ? { vr: "OW" } : {},
    );
    return made ?? [];
  });
  return new DataSet(elements.toSorted((one, other) => one.tag - other.tag));
}

/** A slice of 2 mm pixels: water around a rod of 100 HU, which is 40 mm wide and goes through all slices. */
function aSlice(index: number): Uint8Array {
  const pixels = Uint16Array.from({ length: side * side }, (_, at) => {
    const isRod = Math.abs((at % side) - 63.5) < 10 && Math.abs(Math.floor(at / side) - 63.5) < 10;
    return isRod ? 1_124 : 1_024;
  });
  const dataSet = dataSetOf({
    SpecificCharacterSet: "ISO_IR 192",
    SOPClassUID: "1.2.840.10008.5.1.4.1.1.2",
    SOPInstanceUID: `${study}.1.${index + 1}`,
    StudyDate: "20261120",
    Modality: "CT",
    StudyDescription: "CT rod",
    SeriesDescription: "Thin",
    PatientName: "OSEI^Adwoa",
    PatientID: "RX4402719",
    StudyInstanceUID: study,
    SeriesInstanceUID: `${study}.1`,
    InstanceNumber: index + 1,
    ImagePositionPatient: [-128, -128, -2 * index],
    ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
    FrameOfReferenceUID: `${study}.9`,
    PixelSpacing: [2, 2],
    SliceThickness: 2,
    SamplesPerPixel: 1,
    PhotometricInterpretation: "MONOCHROME2",
    Rows: side,
    Columns: side,
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 0,
    RescaleIntercept: -1024,
    RescaleSlope: 1,
    WindowCenter: 50,
    WindowWidth: 400,
    PixelData: new Uint8Array(pixels.buffer),
  });
  const meta = dataSetOf({
    FileMetaInformationGroupLength: 0,
    MediaStorageSOPClassUID: dataSet.text("SOPClassUID") ?? "",
    MediaStorageSOPInstanceUID: dataSet.text("SOPInstanceUID") ?? "",
    TransferSyntaxUID: "1.2.840.10008.1.2.1",
  });
  const syntax = transferSyntaxOf("1.2.840.10008.1.2.1");
  const file = {
    preamble: new Uint8Array(128),
    meta,
    syntax,
    form: explicitLittle,
    dataSet,
    trailing: new Uint8Array(),
  };
  return writePart10(file) ?? new Uint8Array();
}

/** The rod on the eleventh slice, marked out pixel by pixel. */
function aSegmentation(): Uint8Array {
  const bits = new Uint8Array((side * side) / 8);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const isRod = Math.abs((pixel % side) - 63.5) < 10 && Math.abs(Math.floor(pixel / side) - 63.5) < 10;
    if (isRod) bits[pixel >> 3] = (bits[pixel >> 3] ?? 0) | (1 << (pixel & 7));
  }
  const dataSet = attributes(
    {
      SOPClassUID: "1.2.840.10008.5.1.4.1.1.66.4",
      SOPInstanceUID: `${study}.2.1`,
      StudyInstanceUID: study,
      SeriesInstanceUID: `${study}.2`,
      PatientName: "OSEI^Adwoa",
      PatientID: "RX4402719",
      Modality: "SEG",
      SeriesDescription: "Marked out",
      FrameOfReferenceUID: `${study}.9`,
      SamplesPerPixel: 1,
      PhotometricInterpretation: "MONOCHROME2",
      NumberOfFrames: 1,
      Rows: side,
      Columns: side,
      BitsAllocated: 1,
      BitsStored: 1,
      HighBit: 0,
      PixelRepresentation: 0,
      SegmentationType: "BINARY",
      ReferencedSeriesSequence: [attributes({ SeriesInstanceUID: `${study}.1` })],
      SegmentSequence: [attributes({ SegmentNumber: 1, SegmentLabel: "Rod" })],
      SharedFunctionalGroupsSequence: [
        attributes({
          PlaneOrientationSequence: [attributes({ ImageOrientationPatient: [1, 0, 0, 0, 1, 0] })],
          PixelMeasuresSequence: [attributes({ PixelSpacing: [2, 2] })],
        }),
      ],
      PerFrameFunctionalGroupsSequence: [
        attributes({
          PlanePositionSequence: [attributes({ ImagePositionPatient: [-128, -128, -20] })],
          SegmentIdentificationSequence: [attributes({ ReferencedSegmentNumber: 1 })],
        }),
      ],
      PixelData: bits,
    },
    { PixelData: "OB" },
  );
  return ownFileBytes(dataSet);
}

function bodyOf(files: readonly Uint8Array[]): Buffer {
  const parts = files.flatMap((file) => [Buffer.from("\r\n--part\r\nContent-Type: application/dicom\r\n\r\n"), file]);
  return Buffer.concat([...parts, Buffer.from("\r\n--part--\r\n")]);
}

/** What is asked of a canvas; tests know no types of the browser. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: "2d"): {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  } | null;
}

describe("An examination, from the door to the viewer", { skip: chromium.skip }, () => {
  let folder: string;
  let program: RunningProgram;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[];
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "corridor-viewer-"));
    program = startProgram(["serve", "--json"], { CORRIDOR_DATA: join(folder, "data"), CORRIDOR_DIMSE_PORT: "0" });
    const { http } = JSON.parse(await program.firstLine()) as { readonly http: string };
    await addPeople(program, http, [{ username: "ferreira", display: "Nuno Ferreira", role: "pacs-administrator" }]);
    browser = await launchBrowser(chromium.path);
    const opened = await visit({ browser, address: http, user: { username: "ferreira", password } });
    ({ page, complaints } = opened);
    const others = compressed.skip === false ? [await readFile(compressed.path)] : [];
    const files = [...Array.from({ length: slices }, (_, index) => aSlice(index)), aSegmentation(), ...others];
    const stored = await opened.context.request.post("/dicomweb/studies", {
      headers: { "content-type": 'multipart/related; type="application/dicom"; boundary=part', "x-corridor": "1" },
      data: bodyOf(files),
    });
    assert.equal(stored.status(), 200);
  });
  after(async () => {
    await browser?.close();
    await program?.stop("SIGTERM");
    await rm(folder, { recursive: true, force: true });
  });

  const words = () => page.locator(".viewer-words").innerText();
  const list = () => page.getByRole("complementary", { name: "Measurements and key images" });

  it("is found by the patient's name and opened by one click, its first image upright and windowed", async () => {
    await page.goto("/viewer");
    await page.getByLabel("Patient’s name").fill("osei");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "OSEI, Adwoa" }).click();
    await page.locator(".viewer-words").waitFor();
    const shown = await words();
    for (const part of ["OSEI, Adwoa", "CT rod", "1 / 24", "C 50 W 400", "slice 2 mm"])
      assert.ok(shown.includes(part), `${part}: ${shown}`);
    assert.deepEqual(await accessibilityFaults(page), []);
  });

  it("is scrolled, windowed and measured in mm and HU, by keys and mouse", async () => {
    await page.keyboard.press("PageDown");
    await page.getByText("11 / 24").waitFor();
    await page.keyboard.press("3");
    await page.locator(".viewer-words").getByText("C 400 W 1800").waitFor();
    await page.keyboard.press("r");
    await drag(page, 8);
    await page.keyboard.press("k");
    await page.keyboard.press("n");
    await list()
      .getByText(/^100 ± 0 HU/)
      .waitFor();
    await page.getByRole("button", { name: "Save to the archive" }).click();
    await page.getByText("Saved with the study.").waitFor();
  });

  it("shows what was measured and marked again, to whoever opens it next", async () => {
    await page.reload();
    await page.locator(".viewer-words").waitFor();
    await page.keyboard.press("n");
    await list()
      .getByText(/^100 ± 0 HU/)
      .click();
    await page.getByText("11 / 24").waitFor();
    assert.match(await words(), /Key image/);
  });

  it("shows what is marked out where it lies, in a colour that can be switched off", async () => {
    await page.getByRole("button", { name: /Marked out/ }).click();
    await page.getByText("11 / 24").waitFor();
    const layer = page.locator(".viewer-outlines");
    const middle = () =>
      layer.evaluate((canvas: Canvas) => [
        ...(canvas.getContext("2d")?.getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data ?? []),
      ]);
    const untilDrawn = async (isDrawn: boolean) => {
      while ((await middle()).some((part) => part > 0) !== isDrawn) await page.waitForTimeout(20);
    };
    await untilDrawn(true);
    await list().getByLabel("Rod", { exact: true }).uncheck();
    await untilDrawn(false);
    assert.deepEqual(await accessibilityFaults(page), []);
  });

  it("is cut in three directions", async () => {
    await page.keyboard.press("c");
    for (const cut of ["Axial", "Sagittal", "Coronal"])
      await page.locator(".viewer-words").getByText(cut, { exact: true }).waitFor();
  });

  it("shows compressed images, decoded in a worker, and nothing complains", { skip: compressed.skip }, async () => {
    await page.goto("/viewer");
    await page.getByRole("row").filter({ hasNotText: "OSEI" }).locator("a").first().click();
    await page.locator(".viewer-words").waitFor();
    assert.equal(await page.locator(".viewer-unshown").count(), 0);
    assert.deepEqual(complaints, []);
  });
});

/** From the middle of the picture so many pixels of the screen to each side. */
async function drag(page: Page, halfPx: number): Promise<void> {
  const box = await page.locator(".viewer-canvas").first().boundingBox();
  assert.ok(box !== null);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x - halfPx, y - halfPx);
  await page.mouse.down();
  await page.mouse.move(x, y, { steps: 3 });
  await page.mouse.move(x + halfPx, y + halfPx, { steps: 3 });
  await page.mouse.up();
}
