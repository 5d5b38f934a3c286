import type { Display, Window } from "./display.ts";
import type { DecodedFrame } from "./engine.ts";
import { type SampleBits, type SampleValues, sampleBits, samplesOf, storedValue } from "./sample-values.ts";
import { type Curve, chosenCurve, modalityCurve, type Range, rangeCurve } from "./window.ts";

/**
 * The grey levels of a monochrome frame, a byte a pixel: modality transform, VOI, presentation. Without any window, values of at
 * most 8 bits are shown as they are, others from the lowest to the highest in the frame. Source: PS3.4 §N.2.
 */
export function greyLevels(frame: DecodedFrame, display: Display, wished?: Window): Uint8Array {
  const samples = samplesOf(frame);
  const bits = sampleBits(frame);
  const toUnits = modalityCurve(display.modality);
  const voi = chosenCurve(display, wished) ?? rangeCurve(rangeOf({ frame, display, toUnits, samples, bits }));
  const levels = new Uint8Array(samples.length);
  const level = levelCurve({ toUnits, voi, isInverted: display.isInverted, display });
  if (samples.length === 0) return levels;
  if (frame.layout.numbers === "integer" && frame.layout.bitsAllocated <= 16) byTable(samples, levels, { bits, level });
  else for (let at = 0; at < levels.length; at += 1) levels[at] = level(storedValue(samples[at] as number, bits));
  return levels;
}

interface Steps {
  readonly toUnits: Curve;
  readonly voi: Curve;
  readonly isInverted: boolean;
  readonly display: Display;
}

/** Padding is black, whichever way round the picture is. Source: PS3.3 §C.7.5.1.1.2. */
function levelCurve({ toUnits, voi, isInverted, display: { padding } }: Steps): Curve {
  const shown: Curve = isInverted ? (value) => 255.5 - voi(toUnits(value)) : (value) => voi(toUnits(value)) + 0.5;
  if (padding === undefined) return shown;
  return (value) => (value >= padding.from && value <= padding.to ? 0 : shown(value));
}

/** Each value that a sample can have is worked out once; small pictures work out what they hold. */
function byTable(samples: SampleValues, levels: Uint8Array, { bits, level }: { bits: SampleBits; level: Curve }): void {
  const { shift, mask } = bits;
  if (samples.length < mask) {
    for (let at = 0; at < levels.length; at += 1) levels[at] = level(storedValue(samples[at] as number, bits));
    return;
  }
  const table = new Uint8Array(mask + 1);
  for (let value = 0; value <= mask; value += 1) table[value] = level(storedValue(value << shift, bits));
  for (let at = 0; at < levels.length; at += 1)
    levels[at] = table[((samples[at] as number) >>> shift) & mask] as number;
}

interface Seen {
  readonly frame: DecodedFrame;
  readonly display: Display;
  readonly toUnits: Curve;
  readonly samples: SampleValues;
  readonly bits: SampleBits;
}

/** In units of the modality. */
function rangeOf({ frame: { layout }, display, toUnits, samples, bits }: Seen): Range {
  if (layout.numbers === "integer" && layout.bitsStored <= 8 && layout.bitsStored > 1 && !layout.isSigned)
    return ordered(toUnits(0), toUnits(bits.mask));
  const { padding } = display;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < samples.length; at += 1) {
    const value = storedValue(samples[at] as number, bits);
    if (padding !== undefined && value >= padding.from && value <= padding.to) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return Number.isFinite(low) && Number.isFinite(high) ? ordered(toUnits(low), toUnits(high)) : { low: 0, high: 1 };
}

function ordered(one: number, other: number): Range {
  return { low: Math.min(one, other), high: Math.max(one, other) };
}
