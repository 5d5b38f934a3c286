import { limits } from "#kernel";
import type { OpenBlob } from "#record";

const headerBytes = 8;
const [itemStart, sequenceEnd] = [0xfffe_e000, 0xfffe_e0dd];

/**
 * Where encapsulated pixel data end, behind the item that delimits them; -1 where that is not to be found. Only headers are read.
 * Source: PS3.5 §A.4.
 */
export async function endOfFragments(blob: Pick<OpenBlob, "read">, valueAt: number): Promise<number> {
  let at = valueAt;
  for (let fragments = 0; fragments <= limits.fragmentsMax; fragments += 1) {
    const header = await blob.read(at, headerBytes);
    if (header.length < headerBytes) return -1;
    const view = new DataView(header.buffer, header.byteOffset, headerBytes);
    const tag = view.getUint16(0, true) * 0x1_0000 + view.getUint16(2, true);
    const lengthBytes = view.getUint32(4, true);
    at += headerBytes;
    if (tag === sequenceEnd) return at;
    if (tag !== itemStart) return -1;
    at += lengthBytes;
  }
  return -1;
}
