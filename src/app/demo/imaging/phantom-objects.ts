import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { PhantomStudy } from "#standards/phantoms";
import type { ToThread } from "./phantom-thread.ts";
import type { Recipe } from "./recipe.ts";

/** An object ready to be sent: a data set, explicit and little endian, without meta information. */
export interface PhantomObject {
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly seriesInstance: string;
  readonly bytes: Uint8Array;
}

/** A painter of studies in a thread of its own. One study at a time. */
export interface PhantomPainter {
  /** Its objects, one after another as they are asked for. */
  objects(study: PhantomStudy, recipe: Recipe): AsyncGenerator<PhantomObject>;
  stop(): Promise<void>;
}

/** An idle thread holds memory for nothing: after this it ends, and the next study begins another. */
const idleMs = 5_000;

export function startPainter(): PhantomPainter {
  const stopping = new AbortController();
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  const end = async () => {
    const ending = thread;
    thread = undefined;
    await ending?.terminate();
  };
  const ask = async (asked: ToThread): Promise<PhantomObject | undefined> => {
    if (stopping.signal.aborted) return undefined;
    thread ??= startThread();
    const answered = once(thread, "message", { signal: stopping.signal });
    thread.postMessage(asked);
    const [object] = await answered.catch((error: unknown) => {
      if (stopping.signal.aborted) return [undefined];
      throw error;
    });
    return object as PhantomObject | undefined;
  };
  return {
    async *objects(study, recipe) {
      clearTimeout(idle);
      let object = await ask({ is: "study", study, recipe });
      try {
        for (; object !== undefined; object = await ask({ is: "next" })) yield object;
      } finally {
        idle = setTimeout(() => void end(), idleMs).unref();
      }
    },
    async stop() {
      clearTimeout(idle);
      stopping.abort();
      await end();
    },
  };
}

function startThread(): Worker {
  const thread = new Worker(new URL("./phantom-thread.ts", import.meta.url), { name: "phantoms" });
  thread.unref();
  return thread;
}
