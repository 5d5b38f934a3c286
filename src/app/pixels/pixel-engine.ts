import { availableParallelism } from "node:os";
import { type Log, limits, type Result } from "#kernel";
import type { EncodedFrame, Frames, PixelEngine, TranscodePlan } from "#standards/pixels";
import type { PixelOutcome, PixelTask } from "./task.ts";
import { ThreadPool } from "./thread-pool.ts";

export interface PixelEngineOptions {
  /** Told of threads that were lost, without a word about whose picture it was. */
  readonly log: Log;
  /** As many as there are processors, up to a bound, when absent. */
  readonly threads?: number;
}

/** The engine that works on frames in threads. They are started when first needed, and ended when nobody needs them. */
export function openPixelEngine({ log, threads }: PixelEngineOptions): PixelEngine {
  const pool = new ThreadPool({
    script: new URL("./pixel-thread.ts", import.meta.url),
    threads: threads ?? Math.min(availableParallelism(), limits.pixelThreadsMax),
    timeoutMs: limits.pixelTaskTimeoutMs,
    queueMax: limits.pixelQueueMax,
    queueBytesMax: limits.pixelQueueBytesMax,
    idleMs: limits.pixelThreadIdleMs,
    onLost: (why, cause) =>
      log.warn("pixel-thread-lost", { why, ...(cause === undefined ? {} : { cause: String(cause) }) }),
  });
  const run = <Is extends PixelTask["is"]>(task: PixelTask & { is: Is }) =>
    pool.run(jobOf(task)) as Promise<Result<PixelOutcome[Is]>>;
  const transcode = (frame: EncodedFrame, plan: TranscodePlan) => run({ is: "transcode", frame, plan });
  return {
    decode: (frame, layout) => run({ is: "decode", frame, layout }),
    transcode,
    transcodeAll: (frames, plan) =>
      inOrder(frames, { ahead: pool.threads + 1, work: (frame) => transcode(frame, plan) }),
    render: (frame, image, wish) => run({ is: "render", frame, image, wish }),
    close: () => pool.close(),
  };
}

/** The frame moves to the thread: its own buffer where it may be taken, else a copy of what is needed. */
function jobOf(task: PixelTask) {
  const { bytes, mayTake = false } = task.frame;
  const isWhole = bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
  const own = mayTake && isWhole ? bytes : Uint8Array.from(bytes);
  const message = { ...task, frame: { bytes: own, syntax: task.frame.syntax } };
  return {
    message,
    transfer: [own.buffer as ArrayBuffer],
    sizeBytes: own.byteLength,
    isUrgent: task.is !== "transcode",
  };
}

interface Ahead {
  /** So many are under way at once. */
  readonly ahead: number;
  readonly work: (frame: EncodedFrame) => Promise<Result<Uint8Array>>;
}

async function* inOrder(frames: Frames, { ahead, work }: Ahead): AsyncIterable<Result<Uint8Array>> {
  const underWay: Promise<Result<Uint8Array>>[] = [];
  for await (const frame of frames) {
    underWay.push(work(frame));
    if (underWay.length < ahead) continue;
    const first = (await underWay.shift()) as Result<Uint8Array>;
    yield first;
    if (!first.ok) return;
  }
  for (const rest of underWay) {
    const next = await rest;
    yield next;
    if (!next.ok) return;
  }
}
