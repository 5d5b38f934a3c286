import type { Palette } from "./display.ts";
import type { DecodedFrame } from "./engine.ts";
import { sampleBits, samplesOf, storedValue } from "./sample-values.ts";

/** Red, green and blue of each pixel, a byte each, of a frame with a palette. Values outside take the first or last entry. */
export function paletteColours(frame: DecodedFrame, { first, red, green, blue }: Palette): Uint8Array {
  const samples = samplesOf(frame);
  const bits = sampleBits(frame);
  const colours = new Uint8Array(samples.length * 3);
  const last = Math.min(red.length, green.length, blue.length) - 1;
  for (let at = 0; at < samples.length; at += 1) {
    const entry = Math.min(Math.max(storedValue(samples[at] as number, bits) - first, 0), last);
    colours[at * 3] = red[entry] as number;
    colours[at * 3 + 1] = green[entry] as number;
    colours[at * 3 + 2] = blue[entry] as number;
  }
  return colours;
}

/** The same of a frame of three samples a pixel, whatever its colour space and bits; a fourth sample is left out. */
export function trueColours(frame: DecodedFrame): Uint8Array {
  const { layout } = frame;
  const bytes = eightBits(frame);
  const colours = layout.samplesPerPixel === 3 ? bytes : threeOf(bytes, layout.samplesPerPixel);
  switch (layout.photometric) {
    case "YBR_FULL":
    case "YBR_FULL_422":
    case "YBR_ICT":
    case "YBR_RCT":
      return rgbOfYbr(colours);
    case "YBR_PARTIAL_422":
    case "YBR_PARTIAL_420":
      return rgbOfPartialYbr(colours);
    default:
      return colours;
  }
}

function threeOf(bytes: Uint8Array, samplesPerPixel: number): Uint8Array {
  const pixels = Math.floor(bytes.length / samplesPerPixel);
  const colours = new Uint8Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel += 1)
    for (let sample = 0; sample < 3; sample += 1)
      colours[pixel * 3 + sample] = bytes[pixel * samplesPerPixel + Math.min(sample, samplesPerPixel - 1)] as number;
  return colours;
}

function eightBits(frame: DecodedFrame): Uint8Array {
  const { bitsAllocated, bitsStored, numbers } = frame.layout;
  if (bitsAllocated === 8 && bitsStored === 8) return frame.bytes;
  const samples = samplesOf(frame);
  const bits = sampleBits(frame);
  const scale = numbers === "integer" ? 255 / (2 ** bitsStored - 1) : 255;
  return Uint8Array.from(samples as Uint8Array, (sample) => (storedValue(sample, bits) >>> 0) * scale + 0.5);
}

/** Source: PS3.3 §C.7.6.3.1.2 (YBR_FULL). Whole numbers of 16 bits behind the point. */
export function rgbOfYbr(ybr: Uint8Array): Uint8Array {
  const rgb = new Uint8ClampedArray(ybr.length);
  for (let at = 0; at + 2 < ybr.length; at += 3) {
    const y = ((ybr[at] as number) << 16) + 0x8000;
    const b = (ybr[at + 1] as number) - 128;
    const r = (ybr[at + 2] as number) - 128;
    rgb[at] = (y + 91_881 * r) >> 16;
    rgb[at + 1] = (y - 22_554 * b - 46_802 * r) >> 16;
    rgb[at + 2] = (y + 116_130 * b) >> 16;
  }
  return new Uint8Array(rgb.buffer);
}

/** Black is 16 and white 235. Source: PS3.3 §C.7.6.3.1.2 (YBR_PARTIAL_422, retired). */
function rgbOfPartialYbr(ybr: Uint8Array): Uint8Array {
  const rgb = new Uint8ClampedArray(ybr.length);
  for (let at = 0; at + 2 < ybr.length; at += 3) {
    const y = 1.1644 * ((ybr[at] as number) - 16);
    const b = (ybr[at + 1] as number) - 128;
    const r = (ybr[at + 2] as number) - 128;
    rgb[at] = y + 1.596 * r;
    rgb[at + 1] = y - 0.3917 * b - 0.8129 * r;
    rgb[at + 2] = y + 2.0173 * b;
  }
  return new Uint8Array(rgb.buffer);
}
