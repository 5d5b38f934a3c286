import { chanceOf, seedFrom } from "./chance.ts";

const tableLength = 1 << 16;
let made: Float32Array | undefined;

/** Of the standard normal distribution: the sum of twelve evenly spread numbers. */
function table(): Float32Array {
  if (made !== undefined) return made;
  const chance = chanceOf(seedFrom("noise"));
  made = new Float32Array(tableLength);
  for (let at = 0; at < tableLength; at += 1) {
    let sum = -6;
    for (let each = 0; each < 12; each += 1) sum += chance();
    made[at] = sum;
  }
  return made;
}

/** Adds noise of this standard deviation, another for each seed. */
export function addNoise(pixels: Float32Array, { deviation, seed }: { deviation: number; seed: number }): void {
  const normal = table();
  const chance = chanceOf(seed);
  // Runs of the table from places by chance: nothing that the eye or a codec could find again.
  const runLength = 257;
  for (let from = 0; from < pixels.length; from += runLength) {
    const start = Math.floor(chance() * tableLength);
    const to = Math.min(pixels.length, from + runLength);
    for (let at = from; at < to; at += 1)
      pixels[at] = (pixels[at] as number) + deviation * (normal[(start + at - from) & (tableLength - 1)] as number);
  }
}

/** Spread over neighbours by the weights 1, 2, 1 in both directions, as what takes images blurs them. */
export function soften(pixels: Float32Array, columns: number): void {
  const rows = pixels.length / columns;
  for (let row = 0; row < rows; row += 1) softenLine(pixels, { from: row * columns, count: columns });
  let above = pixels.slice(0, columns);
  for (let row = 1; row + 1 < rows; row += 1) {
    const from = row * columns;
    const line = pixels.slice(from, from + columns);
    for (let at = 0; at < columns; at += 1)
      pixels[from + at] =
        ((above[at] as number) + 2 * (line[at] as number) + (pixels[from + columns + at] as number)) / 4;
    above = line;
  }
}

function softenLine(pixels: Float32Array, { from, count }: { from: number; count: number }): void {
  let before = pixels[from] as number;
  for (let at = from + 1; at < from + count - 1; at += 1) {
    const here = pixels[at] as number;
    pixels[at] = (before + 2 * here + (pixels[at + 1] as number)) / 4;
    before = here;
  }
}

export interface Clouds {
  readonly columns: number;
  readonly rows: number;
  /** Of the largest of them. */
  readonly sizePixels: number;
  readonly octaves: number;
  readonly seed: number;
}

/** Clouds around 0, about -1 to 1: lumps of every size down to `sizePixels / 2 ** octaves`. */
export function cloudsOf({ columns, rows, sizePixels, octaves, seed }: Clouds): Float32Array {
  const clouds = new Float32Array(columns * rows);
  for (let octave = 0; octave < octaves; octave += 1)
    addOctave(clouds, { columns, cell: sizePixels / 2 ** octave, weight: 0.55 ** octave, seed: seed + octave });
  return clouds;
}

interface Octave {
  readonly columns: number;
  readonly cell: number;
  readonly weight: number;
  readonly seed: number;
}

/** Between the corners of a grid by smooth steps. */
function addOctave(clouds: Float32Array, { columns, cell, weight, seed }: Octave): void {
  const rows = clouds.length / columns;
  const wide = Math.ceil(columns / cell) + 2;
  const corners = Float32Array.from({ length: wide * (Math.ceil(rows / cell) + 2) }, chanceOf(seed));
  for (let row = 0; row < rows; row += 1) {
    const down = smooth(row / cell);
    for (let column = 0; column < columns; column += 1) {
      const across = smooth(column / cell);
      const at = down.whole * wide + across.whole;
      const top = mix(corners[at], corners[at + 1], across.part);
      const bottom = mix(corners[at + wide], corners[at + wide + 1], across.part);
      const place = row * columns + column;
      clouds[place] = (clouds[place] as number) + weight * (mix(top, bottom, down.part) - 0.5) * 1.6;
    }
  }
}

function smooth(place: number): { readonly whole: number; readonly part: number } {
  const whole = Math.floor(place);
  const part = place - whole;
  return { whole, part: part * part * (3 - 2 * part) };
}

function mix(one: number | undefined, other: number | undefined, part: number): number {
  return (one ?? 0) * (1 - part) + (other ?? 0) * part;
}
