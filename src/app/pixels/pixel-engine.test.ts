import assert from "node:assert/strict";
import { after, test } from "node:test";
import sharp from "sharp";
import { expectOk, silentLog } from "#kernel";
import {
  type DecodedFrame,
  type Display,
  type FrameImage,
  type PixelLayout,
  planTranscoding,
  thumbnailWish,
  writableSyntaxes,
} from "#standards/pixels";
import { openPixelEngine } from "./pixel-engine.ts";

const engine = openPixelEngine({ log: silentLog, threads: 1 });
after(() => engine.close());

const display: Display = {
  modality: { is: "rescale", slope: 1, intercept: 0 },
  windows: [{ center: 2048, width: 4096, function: "LINEAR" }],
  voiTables: [],
  isInverted: false,
  padding: undefined,
  palette: undefined,
  pixelAspect: 1,
  overlays: [],
};

const grey: PixelLayout = {
  rows: 48,
  columns: 64,
  samplesPerPixel: 1,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 11,
  isSigned: true,
  numbers: "integer",
  photometric: "MONOCHROME2",
  isPlanar: false,
  isLittleEndian: true,
};
const colour: PixelLayout = {
  ...grey,
  samplesPerPixel: 3,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  isSigned: false,
  photometric: "RGB",
};

/** Noise, which no encoder makes smaller: always the same. */
function noise({ rows, columns, samplesPerPixel, bitsStored, isSigned, bitsAllocated }: PixelLayout): Uint8Array {
  const count = rows * columns * samplesPerPixel;
  let state = 1;
  const values = Int16Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 2 ** bitsStored) - (isSigned ? 2 ** (bitsStored - 1) : 0);
  });
  return bitsAllocated === 8 ? Uint8Array.from(values) : new Uint8Array(values.buffer);
}

async function throughSyntax(layout: PixelLayout, to: string): Promise<DecodedFrame> {
  const image = { layout, syntax: writableSyntaxes.explicitLittle, frames: 1 };
  const plan = expectOk(planTranscoding(image, to));
  const encoded = expectOk(await engine.transcode({ bytes: noise(layout), syntax: image.syntax }, plan));
  return expectOk(await engine.decode({ bytes: encoded, syntax: to, mayTake: true }, plan.target));
}

const lossless = [
  writableSyntaxes.rle,
  writableSyntaxes.jpegLossless,
  writableSyntaxes.jpegLosslessSv1,
  writableSyntaxes.jpegLs,
  writableSyntaxes.jpeg2000Lossless,
  writableSyntaxes.htj2kLossless,
  writableSyntaxes.htj2kLosslessRpcl,
];

test("noise comes through every lossless syntax as it was, negative values and colours too", async () => {
  for (const layout of [grey, { ...grey, bitsStored: 16, highBit: 15 }, colour])
    for (const to of lossless) {
      const decoded = await throughSyntax(layout, to);
      assert.deepEqual(
        Buffer.compare(decoded.bytes, noise(layout)),
        0,
        `${layout.photometric} ${layout.bitsStored} ${to}`,
      );
      assert.equal(decoded.layout.photometric, layout.photometric);
    }
});

test("JPEG-LS with loss stays as near as it was told", async () => {
  const { bytes } = await throughSyntax(colour, writableSyntaxes.jpegLsNearLossless);
  const stored = noise(colour);
  assert.ok(bytes.every((sample, at) => Math.abs(sample - (stored[at] as number)) <= 2));
});

test("a rendered picture is of the size and kind that was wished for", async () => {
  const frame = { bytes: noise(grey), syntax: writableSyntaxes.explicitLittle };
  const image: FrameImage = { layout: grey, display };
  const source = { x: 0, y: 0, width: 32, height: -24 };
  for (const [wish, size] of [
    [{ format: "png" }, "64x48 png"],
    [{ format: "jpeg", viewport: { width: 32, height: 32 } }, "32x24 jpeg"],
    [{ format: "gif", viewport: { width: 16, height: 16, source } }, "16x12 gif"],
    [{ format: "png", annotation: ["<Ward & bed>"] }, "64x48 png"],
    [thumbnailWish(24), "24x18 jpeg"],
  ] as const) {
    const rendered = expectOk(await engine.render(frame, image, wish));
    const { width, height, format } = await sharp(rendered.bytes).metadata();
    assert.equal(`${width}x${height} ${format}`, size);
  }
});

test("pixels that are not square are made so where the picture gets another size", async () => {
  const image: FrameImage = { layout: grey, display: { ...display, pixelAspect: 2 } };
  const frame = { bytes: noise(grey), syntax: writableSyntaxes.explicitLittle };
  const { width, height } = expectOk(
    await engine.render(frame, image, { format: "png", viewport: { width: 96, height: 96 } }),
  );
  assert.deepEqual([width, height], [64, 96]);
});

test("frames that are damaged, too large or a video are told of", async () => {
  const huge = Uint8Array.of(
    0xff,
    0xd8,
    0xff,
    0xc0,
    0,
    17,
    8,
    0xff,
    0xff,
    0xff,
    0xff,
    3,
    1,
    0x11,
    0,
    2,
    0x11,
    0,
    3,
    0x11,
    0,
  );
  const image = { layout: colour, syntax: writableSyntaxes.explicitLittle, frames: 1 };
  const plan = expectOk(planTranscoding(image, writableSyntaxes.jpeg2000Lossless));
  const whole = expectOk(await engine.transcode({ bytes: noise(colour), syntax: image.syntax }, plan));
  // Its header is sound, and nothing comes of the rest.
  const brokenJpeg2000 = whole.slice(0, 60);
  const cases = [
    [Uint8Array.of(0xff, 0xd8, 1, 2, 3), writableSyntaxes.jpegBaseline, "frame-not-decodable"],
    [huge, writableSyntaxes.jpegBaseline, "frame-too-large"],
    [new Uint8Array(200), writableSyntaxes.htj2k, "frame-not-decodable"],
    [brokenJpeg2000, writableSyntaxes.jpeg2000Lossless, "frame-not-decodable"],
    [new Uint8Array(20), "1.2.840.10008.1.2.4.102", "transfer-syntax-not-decodable"],
  ] as const;
  for (const [bytes, syntax, code] of cases) {
    const answer = await engine.decode({ bytes, syntax }, colour);
    assert.equal(answer.ok ? "" : answer.problems[0].code, code);
  }
});

test("frames come in their order, and the first that fails ends them", async () => {
  const image = { layout: colour, syntax: writableSyntaxes.explicitLittle, frames: 3 };
  const plan = expectOk(planTranscoding(image, writableSyntaxes.rle));
  const frame = (length: number) => ({ bytes: noise(colour).subarray(0, length), syntax: image.syntax });
  const outcomes: string[] = [];
  for await (const part of engine.transcodeAll([frame(9_216), frame(0), frame(9_216)], plan))
    outcomes.push(part.ok ? "frame" : part.problems[0].code);
  assert.deepEqual(outcomes, ["frame", "pixel-data-short"]);
});
