import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonDataSet } from "../dicomweb/attributes.ts";
import type { Plane } from "../stack/plane.ts";
import { labColour } from "./colour.ts";
import { contourCrossing, maskCrossing } from "./crossing.ts";
import { middleOf } from "./outline.ts";
import { readSegmentation } from "./segmentation.ts";
import { readStructureSet } from "./structure-set.ts";

const items = (...of: readonly JsonDataSet[]) => ({ vr: "SQ", Value: of });
const number = (vr: string, ...of: readonly number[]) => ({ vr, Value: of });
const text = (vr: string, ...of: readonly string[]) => ({ vr, Value: of });

/** Two frames of three columns and three rows: 18 bits, of which the second frame begins within the second byte. */
function aSegmentation(also: JsonDataSet = {}): JsonDataSet {
  const frame = (segment: number, zMm: number): JsonDataSet => ({
    "00209113": items({ "00200032": number("DS", 0, 0, zMm) }),
    "0062000A": items({ "0062000B": number("US", segment) }),
  });
  return {
    "00080016": text("UI", "1.2.840.10008.5.1.4.1.1.66.4"),
    "00080018": text("UI", "1.5"),
    "00200052": text("UI", "1.9"),
    "00280008": number("IS", 2),
    "00280010": number("US", 3),
    "00280011": number("US", 3),
    "00280100": number("US", 1),
    "00620001": text("CS", "BINARY"),
    "00620002": items(
      {
        "00620004": number("US", 1),
        "00620005": text("LO", "Liver"),
        "0062000D": number("US", 65_535, 32_896, 32_896),
      },
      { "00620004": number("US", 2), "00620005": text("LO", "Vessel") },
    ),
    "52009229": items({
      "00209116": items({ "00200037": number("DS", 1, 0, 0, 0, 1, 0) }),
      "00289110": items({ "00280030": number("DS", 1, 1) }),
    }),
    "52009230": items(frame(1, 0), frame(2, -2)),
    ...also,
  };
}

const shares = (mask: { shareAt(pixel: number): number } | undefined) =>
  Array.from({ length: 9 }, (_, pixel) => mask?.shareAt(pixel));

// Source: PS3.3 C.8.20, PS3.5 §8.1.1.
describe("A segmentation", () => {
  it("has its single bits across the ends of frames, its names and its colours", () => {
    const bits = Uint8Array.from([0b0000_0101, 0b0000_0010, 0b0000_0010]);
    const { regions, masks } = readSegmentation(aSegmentation(), bits);
    assert.deepEqual(
      masks.map(({ region, plane }) => [region, plane?.origin[2]]),
      [
        [1, 0],
        [2, -2],
      ],
    );
    assert.deepEqual(shares(masks[0]), [1, 0, 1, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual(shares(masks[1]), [1, 0, 0, 0, 0, 0, 0, 0, 1]);
    assert.deepEqual([regions[0]?.name, regions[0]?.colour, regions[1]?.name], ["Liver", "#ffffff", "Vessel"]);
  });

  it("tells of each segment by its number where it is a map of labels, and of shares where it is fractional", () => {
    const labels = { "00620001": text("CS", "LABELMAP"), "00280100": number("US", 8) };
    const map = readSegmentation(aSegmentation(labels), Uint8Array.from([2, 1, 0, 0, 0, 0, 0, 0, 0]));
    assert.deepEqual([map.masks.length, map.masks[0]?.shareAt(1), map.masks[1]?.shareAt(0)], [4, 1, 1]);
    const parts = { ...labels, "00620001": text("CS", "FRACTIONAL"), "0062000E": number("US", 200) };
    const { masks } = readSegmentation(aSegmentation(parts), Uint8Array.from([50, 0]));
    assert.equal(masks[0]?.shareAt(0), 0.25);
  });

  it("is crossed by a plane where its pixels are", () => {
    const { masks } = readSegmentation(aSegmentation(), Uint8Array.from([0b0000_0011, 0, 0]));
    const [mask] = masks;
    assert.ok(mask !== undefined);
    const segments = maskCrossing(mask, coronalAt(0));
    assert.equal(segments.length, 1);
    const xs = segments.flat().map(([x]) => x);
    assert.deepEqual(
      xs.toSorted((one, other) => one - other),
      [-0.5, 1.5],
    );
  });
});

function coronalAt(yMm: number): Plane {
  return {
    origin: [0, yMm, 0],
    across: [1, 0, 0],
    down: [0, 0, -1],
    normal: [0, 1, 0],
    columnMm: 1,
    rowMm: 1,
    frameOfReference: "1.9",
  };
}

// Source: PS3.3 C.8.8.5, C.8.8.6.
describe("A structure set", () => {
  const square = {
    "30060042": text("CS", "CLOSED_PLANAR"),
    "30060050": number("DS", 0, 0, 5, 4, 0, 5, 4, 4, 5, 0, 4, 5),
  };
  const outline = readStructureSet({
    "00080018": text("UI", "1.6"),
    "30060002": text("SH", "Pelvis"),
    "30060010": items({
      "00200052": text("UI", "1.9"),
      "30060012": items({ "30060014": items({ "0020000E": text("UI", "1.1") }) }),
    }),
    "30060020": items({ "30060022": number("IS", 7), "30060026": text("LO", "PTV") }),
    "30060039": items({
      "30060084": number("IS", 7),
      "3006002A": number("IS", 255, 128, 0),
      "30060040": items(square, { "30060042": text("CS", "POINT"), "30060050": number("DS", 1, 2, 3) }),
    }),
  });

  it("names its images, its structures and their colours", () => {
    assert.deepEqual([outline.imageSeries, outline.frameOfReference, outline.name], [["1.1"], "1.9", "Pelvis"]);
    assert.deepEqual(outline.regions, [{ number: 7, name: "PTV", colour: "#ff8000" }]);
    assert.deepEqual(
      outline.contours.map(({ kind, points }) => [kind, points.length]),
      [
        ["closed", 4],
        ["point", 1],
      ],
    );
    assert.deepEqual(middleOf(outline, 7), [1, 2, 3]);
  });

  it("is crossed by a plane from where it enters a contour to where it leaves it", () => {
    const [contour] = outline.contours;
    assert.ok(contour !== undefined);
    const [segment] = contourCrossing(contour, coronalAt(1));
    assert.deepEqual(
      segment?.map(([x]) => x).toSorted((one, other) => one - other),
      [0, 4],
    );
    assert.deepEqual(contourCrossing(contour, coronalAt(9)), []);
  });
});

it("A colour of CIELab is that of the screen", () => {
  assert.equal(labColour([0, 32_896, 32_896]), "#000000");
  // What Slicer writes for the colour of its liver, whose white is another.
  const colour = labColour([41_661, 41_167, 40_792]) ?? "";
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  for (const [at, part] of [221, 130, 101].entries()) assert.ok(Math.abs((parts[at] ?? 0) - part) <= 5, colour);
});
