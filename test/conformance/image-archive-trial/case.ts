import { readFile } from "node:fs/promises";
import { inflateRawSync } from "node:zlib";
import { type Part10File, readPart10, writeDataSet } from "#standards/dicom";

/** A file of the collection. */
export interface ArchiveCase {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Undefined for what is no DICOM file. */
  readonly file: Part10File | undefined;
  /** The data set as it stands in the file, deflated or not: what a sender puts on the wire. */
  readonly body: Uint8Array;
}

export async function readCase(path: string): Promise<ArchiveCase> {
  const bytes = new Uint8Array(await readFile(path));
  const { file, dataSetAt } = readPart10(bytes, { inflate });
  return { path, bytes, file, body: bytes.subarray(dataSetAt) };
}

/** A data set as its bytes in the form in which it was read, without lengths of groups, which senders may leave out. */
export function plainBytes({ dataSet, form }: Part10File): Uint8Array {
  return writeDataSet(dataSet.replacedBy(dataSet.elements.filter(({ tag }) => (tag & 0xffff) !== 0)), form);
}

export function inflate(bytes: Uint8Array, bytesMax: number): Uint8Array | undefined {
  try {
    return inflateRawSync(bytes, { maxOutputLength: bytesMax });
  } catch {
    return undefined;
  }
}
