import type { StoredInstance } from "#imaging";
import { failed, type Result, unsupported } from "#kernel";
import type { OpenBlob } from "#record";
import type { TransferSyntax } from "#standards/dicom";
import type { DicomwebNeeds } from "./dicomweb-needs.ts";
import { type OutgoingFile, rewrittenFile } from "./outgoing-file.ts";

export interface Writing {
  readonly object: StoredInstance;
  readonly blob: OpenBlob;
  readonly to: TransferSyntax;
}

/** The object in a transfer syntax, coded otherwise where that is needed. */
export async function writtenFile(_needs: DicomwebNeeds, { object, blob, to }: Writing): Promise<Result<OutgoingFile>> {
  const rewritten = await rewrittenFile(object, blob, to);
  if (rewritten.ok || rewritten.problems[0].code !== "codec-needed") return rewritten;
  return failed(unsupported("not-acceptable", "The pixels cannot be had so."));
}
