import type { DataSet } from "./data-set.ts";
import { dataSetOf } from "./data-set-of.ts";
import { type Part10File, writePart10 } from "./part10.ts";
import { tags } from "./tag.ts";
import { explicitLittle, type TransferSyntax } from "./transfer-syntax.ts";

/** How Corridor names itself in the files that it writes, and to other nodes. Source: PS3.7 §D.3.3.2. */
export const ownImplementation = {
  classUid: "2.25.318650427938474026541079518276401552721",
  versionName: "CORRIDOR_1",
} as const;

/** What stands in group 0002 besides who wrote it. */
export interface FileSubject {
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly transferSyntax: string;
}

/** The meta information of a file that Corridor writes: the same for the same subject. Source: PS3.10 §7.1. */
export function ownMetaInformation({ sopClass, sopInstance, transferSyntax }: FileSubject): DataSet {
  return dataSetOf({
    // Told as it is when the file is written.
    FileMetaInformationGroupLength: 0,
    FileMetaInformationVersion: Uint8Array.of(0, 1),
    MediaStorageSOPClassUID: sopClass,
    MediaStorageSOPInstanceUID: sopInstance,
    TransferSyntaxUID: transferSyntax,
    ImplementationClassUID: ownImplementation.classUid,
    ImplementationVersionName: ownImplementation.versionName,
  });
}

/** A data set as a file that Corridor writes, which has nothing in its preamble. Source: PS3.10 §7. */
export function ownFile(dataSet: DataSet, syntax: TransferSyntax = explicitLittle): Part10File {
  const [sopClass = "", sopInstance = ""] = [dataSet.text(tags.sopClass), dataSet.text(tags.sopInstance)];
  const meta = ownMetaInformation({ sopClass, sopInstance, transferSyntax: syntax.uid });
  return { preamble: new Uint8Array(128), meta, syntax, form: syntax, dataSet, trailing: new Uint8Array() };
}

/** The bytes of `ownFile`, explicit and little endian. */
export function ownFileBytes(dataSet: DataSet): Uint8Array {
  const bytes = writePart10(ownFile(dataSet));
  if (bytes === undefined) throw new Error("a file that is not deflated needs no packing");
  return bytes;
}
