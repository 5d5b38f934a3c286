import { type DataSet, ownFileBytes } from "#standards/dicom";

/** One object of a study. Its pixels are its own: it may be dropped when it was sent. */
export interface PhantomInstance {
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly dataSet: DataSet;
}

/** A file of this object, explicit and little endian. */
export function phantomFile({ dataSet }: PhantomInstance): Uint8Array {
  return ownFileBytes(dataSet);
}
