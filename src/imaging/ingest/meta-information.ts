import { fileBeginning as beginningWith, ownMetaInformation } from "#standards/dicom";

/**
 * Preamble, prefix and meta information of the file that keeps a data set. The same for the same object whoever sent it, so
 * that equal objects are equal files.
 */
export function fileBeginning(object: {
  readonly sopClass: string;
  readonly instance: string;
  readonly transferSyntax: string;
}): Uint8Array {
  return beginningWith(ownMetaInformation({ ...object, sopInstance: object.instance }));
}
