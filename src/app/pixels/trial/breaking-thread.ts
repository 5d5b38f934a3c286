/** A thread that does what a broken decoder may do, as it is told. */
import { parentPort } from "node:worker_threads";

parentPort?.on("message", ({ act }: { readonly act: string }) => {
  if (act === "hang") for (;;);
  if (act === "crash") throw new Error("a decoder broke");
  if (act === "exit") process.exit(3);
  parentPort?.postMessage({ ok: true, value: act });
});
