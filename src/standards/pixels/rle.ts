import { failed, incorrect, ok, type Result } from "#kernel";
import type { PixelLayout } from "./layout.ts";

/** Places of at most 15 segments, each of a byte of a sample of all pixels, the most significant first. Source: PS3.5 Annex G. */
const headerBytes = 64;
const segmentsMax = 15;

type RleLayout = Pick<PixelLayout, "rows" | "columns" | "samplesPerPixel" | "bitsAllocated">;

/**
 * The samples of an RLE frame, little endian, colour by pixel. What is wanting at the end of a segment is zero, as decoders
 * elsewhere have it. Problems: `rle-header-incorrect`, `rle-segments-incorrect`.
 */
export function decodeRle(frame: Uint8Array, layout: RleLayout): Result<Uint8Array> {
  const bytesPerSample = layout.bitsAllocated / 8;
  const segments = layout.samplesPerPixel * bytesPerSample;
  if (frame.length < headerBytes)
    return failed(incorrect("rle-header-incorrect", "The RLE frame is shorter than its header."));
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const told = view.getUint32(0, true);
  if (told !== segments || told > segmentsMax)
    return failed(
      incorrect("rle-segments-incorrect", `The RLE frame has ${told} segments; its image has ${segments}.`),
    );
  const pixels = layout.rows * layout.columns;
  const samples = new Uint8Array(pixels * segments);
  for (let segment = 0; segment < segments; segment += 1) {
    const from = view.getUint32(4 + segment * 4, true);
    const next = segment + 1 < segments ? view.getUint32(8 + segment * 4, true) : frame.length;
    if (from < headerBytes || from > frame.length || next < from)
      return failed(incorrect("rle-header-incorrect", "The RLE frame's segments are not where its header says."));
    const sample = Math.floor(segment / bytesPerSample);
    const byte = bytesPerSample - 1 - (segment % bytesPerSample);
    unpack(frame.subarray(from, Math.min(next, frame.length)), samples, {
      at: sample * bytesPerSample + byte,
      step: segments,
    });
  }
  return ok(samples);
}

interface Lane {
  readonly at: number;
  readonly step: number;
}

/** Source: PS3.5 §G.3.2. */
function unpack(packed: Uint8Array, samples: Uint8Array, { at, step }: Lane): void {
  let to = at;
  let from = 0;
  const end = samples.length;
  while (from < packed.length && to < end) {
    const control = packed[from] as number;
    from += 1;
    if (control < 128) {
      const stop = Math.min(from + control + 1, packed.length);
      for (; from < stop && to < end; from += 1, to += step) samples[to] = packed[from] as number;
    } else if (control > 128) {
      const value = packed[from] ?? 0;
      from += 1;
      const stop = Math.min(to + (257 - control) * step, end);
      if (value === 0) to = to + (257 - control) * step;
      else for (; to < stop; to += step) samples[to] = value;
    }
  }
}

/** An RLE frame of samples that are little endian, colour by pixel. Undefined where it would need too many segments. Source: PS3.5 §G.3.1. */
export function encodeRle(samples: Uint8Array, layout: RleLayout): Uint8Array | undefined {
  const bytesPerSample = layout.bitsAllocated / 8;
  const segments = layout.samplesPerPixel * bytesPerSample;
  if (!Number.isInteger(segments) || segments < 1 || segments > segmentsMax) return undefined;
  const rows = layout.rows * Math.ceil(layout.columns / 128);
  const packed = new Uint8Array(headerBytes + segments * (layout.rows * layout.columns + rows + 2));
  const view = new DataView(packed.buffer);
  view.setUint32(0, segments, true);
  let at = headerBytes;
  for (let segment = 0; segment < segments; segment += 1) {
    view.setUint32(4 + segment * 4, at, true);
    const sample = Math.floor(segment / bytesPerSample);
    const byte = bytesPerSample - 1 - (segment % bytesPerSample);
    at = pack(samples, { at: sample * bytesPerSample + byte, step: segments, columns: layout.columns }, { packed, at });
    at += at % 2;
  }
  return packed.subarray(0, at);
}

interface Packing {
  readonly packed: Uint8Array;
  readonly at: number;
}

/** Rows are packed by themselves, as the standard asks. */
function pack(samples: Uint8Array, { at, step, columns }: Lane & { readonly columns: number }, to: Packing): number {
  const row = new Uint8Array(columns);
  let end = to.at;
  for (let from = at; from < samples.length; from += columns * step) {
    for (let column = 0; column < columns; column += 1) row[column] = samples[from + column * step] as number;
    end = packRow(row, to.packed, end);
  }
  return end;
}

function packRow(row: Uint8Array, packed: Uint8Array, start: number): number {
  const { length } = row;
  let to = start;
  let from = 0;
  while (from < length) {
    let run = from + 1;
    while (run < length && run - from < 128 && row[run] === row[from]) run += 1;
    if (run - from >= 2) {
      packed[to] = 257 - (run - from);
      packed[to + 1] = row[from] as number;
      to += 2;
      from = run;
      continue;
    }
    // A run of two does not end literal bytes: it would save nothing.
    let stop = run;
    while (stop < length && stop - from < 128 && !(row[stop] === row[stop + 1] && row[stop] === row[stop + 2]))
      stop += 1;
    packed[to] = stop - from - 1;
    for (let at = from; at < stop; at += 1) packed[to + 1 + at - from] = row[at] as number;
    to += 1 + stop - from;
    from = stop;
  }
  return to;
}
