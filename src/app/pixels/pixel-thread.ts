/** A thread of the pixel engine: takes a task, answers it, takes the next. */
import { parentPort } from "node:worker_threads";
import { failed, fault } from "#kernel";
import { CodecShelf } from "./codecs/codec-shelf.ts";
import type { PixelAnswer, PixelTask } from "./task.ts";
import { buffersOf, workOn } from "./work.ts";

const shelf = new CodecShelf();

parentPort?.on("message", async (task: PixelTask) => {
  const answer: PixelAnswer = await workOn(shelf, task).catch((cause: unknown) =>
    failed(fault("pixels-failed", "The frame could not be worked on.", { cause: String(cause) })),
  );
  parentPort?.postMessage(answer, [...buffersOf(answer)]);
});
