import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk } from "#kernel";
import { DataSet, type MadeFrom, makeElement, tagOf } from "#standards/dicom";
import { frameImage, imageOf } from "./image.ts";
import { paletteOf } from "./palette.ts";

function dataSet(attributes: Readonly<Record<string, MadeFrom>>): DataSet {
  const elements = Object.entries(attributes).map(([keyword, values]) => makeElement(keyword, values));
  return new DataSet(elements.filter((element) => element !== undefined).sort((one, other) => one.tag - other.tag));
}

const slice = { Rows: [2], Columns: [3], BitsAllocated: [16], BitsStored: [12], PixelRepresentation: [1] };
const explicit = "1.2.840.10008.1.2.1";

test("an object without rows has no picture", () => {
  const found = imageOf(dataSet({ Modality: ["SR"] }), explicit);
  assert.equal(found.ok ? "" : found.problems[0].code, "no-image");
});

test("attributes that senders forget are what they mostly are", () => {
  const { layout, frames } = expectOk(imageOf(dataSet(slice), explicit));
  assert.equal(frames, 1);
  assert.deepEqual([layout.samplesPerPixel, layout.highBit, layout.photometric], [1, 11, "MONOCHROME2"]);
});

test("bits that make no sense are told of with their place", () => {
  const found = imageOf(dataSet({ ...slice, BitsStored: [17] }), explicit);
  assert.deepEqual(found.ok ? [] : [found.problems[0].code, found.problems[0].where], [
    "image-attribute-incorrect",
    "(0028,0100)",
  ]);
});

test("windows need both their numbers, and a width that their function can have", () => {
  const windows = { WindowCenter: ["40", "50", "60"], WindowWidth: ["400", "0"] };
  const { displays } = expectOk(imageOf(dataSet({ ...slice, ...windows }), explicit));
  assert.deepEqual(displays[0].windows, [{ center: 40, width: 400, function: "LINEAR" }]);
});

// PS3.3 §C.7.6.16.
test("each frame has its own window and the rescale that all share", () => {
  const voi = (center: string) =>
    dataSet({ FrameVOILUTSequence: [dataSet({ WindowCenter: [center], WindowWidth: ["100"] })] });
  const rescale = dataSet({ RescaleSlope: ["2"], RescaleIntercept: ["-1024"] });
  const enhanced = dataSet({
    ...slice,
    NumberOfFrames: ["2"],
    SharedFunctionalGroupsSequence: [dataSet({ PixelValueTransformationSequence: [rescale] })],
    PerFrameFunctionalGroupsSequence: [voi("10"), voi("20")],
  });
  const second = expectOk(frameImage(expectOk(imageOf(enhanced, explicit)), 2)).display;
  assert.equal(second.windows[0]?.center, 20);
  assert.deepEqual(second.modality, { is: "rescale", slope: 2, intercept: -1024 });
});

// PS3.3 §C.7.9.2: its discrete, linear and indirect segments.
test("a segmented palette is unfolded", () => {
  const segments = Uint16Array.of(0, 2, 0x1000, 0x2000, 1, 2, 0x4000, 2, 1, 0, 0);
  const descriptor = Uint16Array.of(6, 0, 16);
  const elements = ["Red", "Green", "Blue"].flatMap((colour, index) => [
    makeElement(tagOf(0x0028, 0x1101 + index), new Uint8Array(descriptor.slice().buffer), { vr: "US" }),
    makeElement(`Segmented${colour}PaletteColorLookupTableData`, new Uint8Array(segments.slice().buffer), { vr: "OW" }),
  ]);
  const palette = paletteOf(new DataSet(elements.filter((element) => element !== undefined)), false);
  assert.deepEqual([...(palette?.red ?? [])], [0x10, 0x20, 0x30, 0x40, 0x10, 0x20]);
});
