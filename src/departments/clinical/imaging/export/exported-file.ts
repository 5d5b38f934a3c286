import type { StoredInstance } from "#imaging";
import { failed, incorrect, ok, type Result } from "#kernel";
import type { OpenBlob } from "#record";
import { type DataSet, transferSyntaxOf } from "#standards/dicom";
import type { PixelEngine } from "#standards/pixels";
import { objectHeader } from "../web/object-header.ts";
import { isAsKept, keptFile, rewrittenFile } from "../web/outgoing-file.ts";
import { type CountedDeidentification, deidentifiedFile } from "./deidentified-file.ts";

/** An object on its way out. */
export interface ExportedFile {
  /** As it goes out, without its pixels: what the directory says of it. */
  readonly dataSet: DataSet;
  readonly transferSyntax: string;
  pieces(): AsyncIterable<Uint8Array>;
}

export interface ToExport {
  readonly object: StoredInstance;
  readonly blob: OpenBlob;
  readonly deidentification?: CountedDeidentification | undefined;
  /** Of the patient whom its study is known to be about. */
  readonly patientKey?: string | undefined;
  readonly engine?: PixelEngine | undefined;
}

/** Problems: those of `objectHeader`, `rewrittenFile` and `deidentifiedFile`; `object-unreadable`. */
export async function exportedFile(wanted: ToExport): Promise<Result<ExportedFile>> {
  const { object, blob, deidentification } = wanted;
  const header = await objectHeader(object, blob);
  if (!header.ok) return header;
  if (deidentification !== undefined) return deidentifiedFile(header.value, { ...wanted, deidentification });
  const { dataSet } = header.value;
  if (dataSet.text("SOPInstanceUID") === undefined)
    return failed(incorrect("object-unreadable", "The object does not say what it is."));
  const outgoing = isAsKept(object, undefined)
    ? ok(keptFile(object, blob))
    : await rewrittenFile(object, blob, transferSyntaxOf(object.transferSyntax));
  return outgoing.ok ? ok({ ...outgoing.value, dataSet }) : outgoing;
}
