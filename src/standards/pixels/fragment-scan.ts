import { failed, incorrect, limits, ok, type Result } from "#kernel";
import type { FragmentFrames, ReadRange } from "./frame-index.ts";
import { itemHeader, itemHeaderBytes } from "./item-header.ts";

/** How compressed frames begin: JPEG and JPEG-LS, JPEG 2000, its file format, JPEG XL. */
const beginnings = [0xffd8_ff00, 0xff4f_ff00, 0x0000_000c, 0xff0a_0000] as const;
const masks = [0xffff_ff00, 0xffff_ff00, 0xffff_ffff, 0xffff_0000] as const;

/**
 * Finds the fragments from the first one's header on, reading headers and little more: small fragments come many at a time.
 * Problems: `fragments-too-many`, `fragments-ambiguous` where it cannot be known which frame a fragment belongs to,
 * `pixel-data-short` where there are fewer fragments than frames.
 */
export async function scanFragments(
  read: ReadRange,
  firstItemAt: number,
  frames: number,
): Promise<Result<FragmentFrames>> {
  const at: number[] = [];
  const lengths: number[] = [];
  const starts: number[] = [];
  let window = { at: firstItemAt, bytes: await read(firstItemAt, limits.fragmentScanBytes) };
  for (let next = firstItemAt; ; ) {
    const isHere = next >= window.at && next + itemHeaderBytes + 4 <= window.at + window.bytes.length;
    if (!isHere) window = { at: next, bytes: await read(next, windowBytes(lengths)) };
    const header = itemHeader(window.bytes, next - window.at);
    if (header?.is !== "item") break;
    if (at.length >= limits.fragmentsMax)
      return failed(incorrect("fragments-too-many", `There are more than ${limits.fragmentsMax} fragments.`));
    if (isBeginning(window.bytes, next - window.at + itemHeaderBytes)) starts.push(at.length);
    at.push(next + itemHeaderBytes);
    lengths.push(header.lengthBytes);
    next += itemHeaderBytes + header.lengthBytes;
  }
  const found = { at: Float64Array.from(at), lengthBytes: Uint32Array.from(lengths) };
  const first = firstFragments({ fragments: at.length, starts, frames });
  return first.ok ? ok({ is: "fragments", frames, ...found, firstFragment: first.value }) : first;
}

/** After a large fragment only a header is read, as the next one is far away. */
function windowBytes(lengths: readonly number[]): number {
  const last = lengths.at(-1) ?? 0;
  return last > limits.fragmentScanBytes / 4 ? itemHeaderBytes + 4 : limits.fragmentScanBytes;
}

function isBeginning(bytes: Uint8Array, at: number): boolean {
  if (at + 4 > bytes.length) return false;
  const word = new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, false);
  return beginnings.some((beginning, index) => (word & (masks[index] as number)) >>> 0 === beginning);
}

interface Found {
  readonly fragments: number;
  /** Fragments that look like the beginning of a frame. */
  readonly starts: readonly number[];
  readonly frames: number;
}

function firstFragments({ fragments, starts, frames }: Found): Result<Uint32Array> {
  if (fragments < frames)
    return failed(incorrect("pixel-data-short", `There are ${fragments} fragments for ${frames} frames.`));
  if (frames === 1) return ok(Uint32Array.of(0, fragments));
  if (fragments === frames) return ok(Uint32Array.from({ length: frames + 1 }, (_, index) => index));
  if (starts.length === frames && starts[0] === 0) return ok(Uint32Array.from([...starts, fragments]));
  return failed(
    incorrect(
      "fragments-ambiguous",
      "It cannot be known which fragments make up which frame: there is no offset table.",
    ),
  );
}
