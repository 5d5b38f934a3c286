import { type DataElement, DataSet, explicitLittle, makeElement, tags, writeDataSet } from "#standards/dicom";

/** Of Corridor, below the root for UIDs made of a UUID. Source: PS3.5 §B.2. */
const implementationClass = "2.25.318650427938474026541079518276401552721";
const implementationVersion = "CORRIDOR_1";

/**
 * Preamble, prefix and meta information of the file that keeps a data set. The same for the same object whoever sent it, so
 * that equal objects are equal files. Source: PS3.10 §7.1.
 */
export function fileBeginning(object: {
  readonly sopClass: string;
  readonly instance: string;
  readonly transferSyntax: string;
}): Uint8Array {
  const elements = [
    makeElement("FileMetaInformationVersion", Uint8Array.of(0, 1)),
    makeElement("MediaStorageSOPClassUID", [object.sopClass]),
    makeElement("MediaStorageSOPInstanceUID", [object.instance]),
    makeElement("TransferSyntaxUID", [object.transferSyntax]),
    makeElement("ImplementationClassUID", [implementationClass]),
    makeElement("ImplementationVersionName", [implementationVersion]),
  ].filter((element): element is DataElement => element !== undefined);
  const group = writeDataSet(new DataSet(elements), explicitLittle);
  const length = makeElement(tags.metaLength, [group.length]);
  const head = length === undefined ? new Uint8Array() : writeDataSet(new DataSet([length]), explicitLittle);
  const bytes = new Uint8Array(132 + head.length + group.length);
  bytes.set([0x44, 0x49, 0x43, 0x4d], 128);
  bytes.set(head, 132);
  bytes.set(group, 132 + head.length);
  return bytes;
}
