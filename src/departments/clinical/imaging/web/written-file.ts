import type { StoredInstance } from "#imaging";
import { failed, type Ids, ok, type Result, unsupported } from "#kernel";
import type { OpenBlob } from "#record";
import type { TransferSyntax } from "#standards/dicom";
import {
  bytesOfFrame,
  type PixelEngine,
  planTranscoding,
  type TranscodePlan,
  transcodedAttributes,
} from "#standards/pixels";
import { madeUid } from "../made-uid.ts";
import { type FrameSource, framesIn } from "./frame-source.ts";
import { fileStart, type OutgoingFile, outgoingFile, rewrittenFile } from "./outgoing-file.ts";
import { pixelElementHeader } from "./pixel-element-header.ts";

export interface Writing {
  readonly object: StoredInstance;
  readonly blob: OpenBlob;
  readonly to: TransferSyntax;
  readonly engine: PixelEngine;
  readonly ids: Ids;
}

/** The object in a transfer syntax, its pixels coded otherwise where that is needed, frame by frame. */
export async function writtenFile({ object, blob, to, engine, ids }: Writing): Promise<Result<OutgoingFile>> {
  const rewritten = await rewrittenFile(object, blob, to);
  if (rewritten.ok || rewritten.problems[0].code !== "codec-needed") return rewritten;
  const source = await framesIn(object, blob);
  if (!source.ok) return source;
  const plan = planTranscoding(source.value.image, to.uid);
  if (!plan.ok) return failed(unsupported("not-acceptable", plan.problems[0].message, { where: "accept" }));
  const frame = await source.value.frame(1);
  const first = frame.ok ? await engine.transcode(frame.value, plan.value) : frame;
  if (!first.ok) return first;
  // What is lost is told by the first frame: the others are not made yet.
  const pixelBytes = { before: bytesOfFrame(plan.value.layout), after: first.value.length };
  const newInstanceUid = madeUid(ids);
  const attributes = transcodedAttributes(source.value.dataSet, {
    plan: plan.value,
    ...(plan.value.isLossy ? { pixelBytes, newInstanceUid } : {}),
  });
  const target = { to, plan: plan.value, frames: source.value.image.frames };
  const start = fileStart({ file: source.value.file, dataSet: attributes }, to);
  return ok(
    outgoingFile({
      transferSyntax: to.uid,
      sizeBytes: undefined,
      async *ranges() {
        yield start;
        yield pixelStart(target);
        yield* framePieces(source.value, { ...target, engine });
        yield* pixelEnd(target);
      },
    }),
  );
}

interface Target {
  readonly to: TransferSyntax;
  readonly plan: TranscodePlan;
  readonly frames: number;
}

function nativeBytes({ plan, frames }: Target): number {
  return frames * bytesOfFrame(plan.target);
}

/** The offset table is left empty: where frames will be is not known yet. Source: PS3.5 §A.4. */
function pixelStart(target: Target): Uint8Array {
  const { to, plan } = target;
  if (to.isEncapsulated) {
    const emptyTable = Uint8Array.of(0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0);
    return Buffer.concat([pixelElementHeader({ vr: "OB", lengthBytes: undefined }, to), emptyTable]);
  }
  const length = nativeBytes(target);
  const vr = plan.target.bitsAllocated > 8 || !to.isExplicit ? "OW" : "OB";
  return pixelElementHeader({ vr, lengthBytes: length + (length % 2) }, to);
}

async function* framePieces(
  source: FrameSource,
  { to, plan, frames, engine }: Target & { readonly engine: PixelEngine },
): AsyncGenerator<Uint8Array> {
  async function* encoded() {
    for (let number = 1; number <= frames; number += 1) {
      const frame = await source.frame(number);
      if (!frame.ok) throw new Error(frame.problems[0].message);
      yield frame.value;
    }
  }
  for await (const bytes of engine.transcodeAll(encoded(), plan)) {
    if (!bytes.ok) throw new Error(bytes.problems[0].message);
    if (to.isEncapsulated) yield* item(bytes.value);
    else yield bytes.value;
  }
}

function* item(bytes: Uint8Array): Generator<Uint8Array> {
  const header = Buffer.from([0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0]);
  header.writeUInt32LE(bytes.length + (bytes.length % 2), 4);
  yield header;
  yield bytes;
  if (bytes.length % 2 === 1) yield Uint8Array.of(0);
}

function* pixelEnd(target: Target): Generator<Uint8Array> {
  if (target.to.isEncapsulated) yield Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0);
  else if (nativeBytes(target) % 2 === 1) yield Uint8Array.of(0);
}
