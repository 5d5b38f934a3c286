import type { OpenBlob } from "#record";
import { explicitLittle, readDataSet } from "#standards/dicom";

const stretchBytes = 1024 * 1024;

/**
 * Whether two files hold the same data set byte for byte, whatever their preambles and meta information: the same object sent
 * once by DIMSE and once as a file. Closes both.
 */
export async function sameDataSet(a: OpenBlob | undefined, b: OpenBlob | undefined): Promise<boolean> {
  try {
    return a !== undefined && b !== undefined && (await sameFrom(a, b));
  } finally {
    await Promise.all([a?.close(), b?.close()]);
  }
}

async function sameFrom(a: OpenBlob, b: OpenBlob): Promise<boolean> {
  let [atA, atB] = await Promise.all([dataSetAt(a), dataSetAt(b)]);
  if (a.sizeBytes - atA !== b.sizeBytes - atB) return false;
  while (atA < a.sizeBytes) {
    const [partA, partB] = await Promise.all([a.read(atA, stretchBytes), b.read(atB, stretchBytes)]);
    if (partA.length === 0 || Buffer.compare(partA, partB) !== 0) return false;
    atA += partA.length;
    atB += partB.length;
  }
  return true;
}

async function dataSetAt(blob: OpenBlob): Promise<number> {
  const bytes = await blob.read(0, stretchBytes);
  const hasPrefix = String.fromCharCode(...bytes.subarray(128, 132)) === "DICM";
  return readDataSet(bytes, explicitLittle, { at: hasPrefix ? 132 : 0, group: 2 }).next;
}
