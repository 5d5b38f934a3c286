import type { Context } from "#access";
import type { StoredInstance } from "#imaging";
import { failed, ok, type Result, unsupported } from "#kernel";
import { blobPieces, type OpenBlob } from "#record";
import { explicitLittle, implicitLittle, transferSyntaxOf } from "#standards/dicom";
import type { AcceptedContext, MoveOriginator, OutgoingInstance, ProposedService } from "#standards/dimse";
import type { PixelEngine } from "#standards/pixels";
import { isAsKept } from "../web/outgoing-file.ts";
import { writtenFile } from "../web/written-file.ts";

export interface Sending {
  readonly context: Pick<Context, "images" | "ids">;
  readonly engine: PixelEngine;
  /** Those of the association. */
  readonly contexts: readonly AcceptedContext[];
  readonly originator?: MoveOriginator;
  /** How it is rather written on the way. */
  readonly wanted?: string | undefined;
}

/** An object on its way, and the file that is to be closed behind it. */
export interface OpenInstance {
  readonly instance: OutgoingInstance;
  close(): Promise<void>;
}

/**
 * An object as the other side takes it: as it is kept if it may be, else uncompressed, with its edits. Problems:
 * `dimse-no-context`, those of `writtenFile` and of opening.
 */
export async function outgoingInstance(object: StoredInstance, sending: Sending): Promise<Result<OpenInstance>> {
  const transferSyntax = chosenSyntax(object, sending);
  if (transferSyntax === undefined) return failed(notTaken);
  const blob = await sending.context.images.open(object.blob);
  if (!blob.ok) return blob;
  const dataSet = await dataSetOf(object, blob.value, { ...sending, transferSyntax });
  if (!dataSet.ok) {
    await blob.value.close();
    return dataSet;
  }
  const { sopClass, instance: sopInstance } = object;
  const { originator } = sending;
  const named = { sopClass, sopInstance, transferSyntax, ...(originator ? { moveOriginator: originator } : {}) };
  return ok({ instance: { ...named, dataSet: dataSet.value }, close: () => blob.value.close() });
}

const notTaken = unsupported("dimse-no-context", "The node did not agree to take objects of this SOP class.");

function chosenSyntax({ sopClass, transferSyntax }: StoredInstance, { contexts, wanted }: Sending): string | undefined {
  const taken = contexts.filter((context) => context.sopClass === sopClass && context.maySend);
  const preferred = [wanted, transferSyntax, explicitLittle.uid, implicitLittle.uid];
  return preferred.find((uid) => taken.some((context) => context.transferSyntax === uid)) ?? taken[0]?.transferSyntax;
}

interface Writing extends Sending {
  readonly transferSyntax: string;
}

async function dataSetOf(
  object: StoredInstance,
  blob: OpenBlob,
  { transferSyntax, engine, context }: Writing,
): Promise<Result<AsyncIterable<Uint8Array>>> {
  const { dataSetAt, sizeBytes } = object;
  if (isAsKept(object, transferSyntax)) {
    const lengthBytes = sizeBytes - dataSetAt;
    const kept = blobPieces(blob, { fromByte: dataSetAt, lengthBytes });
    return ok(transferSyntax === deflatedUid && lengthBytes % 2 === 1 ? evenly(kept) : kept);
  }
  const to = transferSyntaxOf(transferSyntax);
  const written = await writtenFile({ object, blob, to, engine, ids: context.ids });
  return written.ok ? ok(withoutMeta(written.value.pieces())) : written;
}

/** Deflated Explicit VR Little Endian. */
const deflatedUid = "1.2.840.10008.1.2.1.99";

/** Nodes abort on an odd length, which files may have. Source: PS3.5 §A.5. */
async function* evenly(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* pieces;
  yield Uint8Array.of(0);
}

/** Preamble, prefix, and the group length of 12 bytes, which says how much of group 2 follows. Source: PS3.10 §7.1. */
const metaStartBytes = 128 + 4 + 12;

/** The data set of a file whose first piece holds all of its meta information. */
async function* withoutMeta(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let isFirst = true;
  for await (const piece of pieces) {
    const view = new DataView(piece.buffer, piece.byteOffset, piece.byteLength);
    yield isFirst ? piece.subarray(metaStartBytes + view.getUint32(metaStartBytes - 4, true)) : piece;
    isFirst = false;
  }
}

/** Proposed of one association at most; what does not fit is sent uncompressed, or not at all. Source: PS3.8 §7.1.1.13. */
const contextsMax = 128;

/** What is proposed for objects: each as it is kept, uncompressed, and as it is rather written. */
export function storageContexts(objects: readonly StoredInstance[], wanted?: string): readonly ProposedService[] {
  const syntaxes = new Map<string, Set<string>>();
  for (const { sopClass, transferSyntax } of objects) {
    const own =
      syntaxes.get(sopClass) ??
      new Set([...(wanted === undefined ? [] : [wanted]), explicitLittle.uid, implicitLittle.uid]);
    syntaxes.set(sopClass, own.add(transferSyntax));
  }
  const proposed = [...syntaxes].flatMap(([sopClass, own]) =>
    [...own].map((transferSyntax) => ({ sopClass, transferSyntaxes: [transferSyntax] })),
  );
  return proposed.slice(0, contextsMax);
}
