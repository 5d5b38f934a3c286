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

export function startPainter(): PhantomPainter {
  const thread = new Worker(new URL("./phantom-thread.ts", import.meta.url), { name: "phantoms" });
  thread.unref();
  const stopping = new AbortController();
  const ask = async (asked: ToThread): Promise<PhantomObject | undefined> => {
    if (stopping.signal.aborted) return undefined;
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
      for (
        let object = await ask({ is: "study", study, recipe });
        object !== undefined;
        object = await ask({ is: "next" })
      )
        yield object;
    },
    async stop() {
      stopping.abort();
      await thread.terminate();
    },
  };
}
