import { type DataSet, explicitLittle, writePart10 } from "#standards/dicom";
import { dataSetOf } from "./header/attributes.ts";

/** One object of a study. Its pixels are its own: it may be dropped when it was sent. */
export interface PhantomInstance {
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly dataSet: DataSet;
}

const preamble = new Uint8Array(128);
/** What wrote the files. Source: PS3.7 §D.3.3.2. */
export const implementationUid = "2.25.258139647012358473905612837465920183746";

/** A file of this object, explicit and little endian. */
export function phantomFile({ sopClass, sopInstance, dataSet }: PhantomInstance): Uint8Array {
  const meta = dataSetOf({
    FileMetaInformationGroupLength: 0,
    FileMetaInformationVersion: Uint8Array.of(0, 1),
    MediaStorageSOPClassUID: sopClass,
    MediaStorageSOPInstanceUID: sopInstance,
    TransferSyntaxUID: explicitLittle.uid,
    ImplementationClassUID: implementationUid,
    ImplementationVersionName: "CORRIDOR_PHANTOM",
  });
  const syntax = explicitLittle;
  const bytes = writePart10({ preamble, meta, syntax, form: syntax, dataSet, trailing: new Uint8Array(0) });
  if (bytes === undefined) throw new Error("a file that is not deflated needs no packing");
  return bytes;
}
