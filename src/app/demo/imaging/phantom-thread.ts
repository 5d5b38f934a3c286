import { parentPort } from "node:worker_threads";
import { explicitLittle, writeDataSet } from "#standards/dicom";
import type { PhantomInstance, PhantomStudy } from "#standards/phantoms";
import type { PhantomObject } from "./phantom-objects.ts";
import { instancesOf, type Recipe } from "./recipe.ts";

/** Runs beside the program, as painting takes the processor: begins a study when told which, and gives an object when asked. */
export type ToThread =
  | { readonly is: "study"; readonly study: PhantomStudy; readonly recipe: Recipe }
  | { readonly is: "next" };

let making: Generator<PhantomInstance> | undefined;

parentPort?.on("message", (asked: ToThread) => {
  if (asked.is === "study") making = instancesOf(asked.study, asked.recipe);
  const next = making?.next();
  const object = next === undefined || next.done === true ? undefined : objectOf(next.value);
  parentPort?.postMessage(object, object === undefined ? [] : [object.bytes.buffer]);
});

function objectOf({
  sopClass,
  sopInstance,
  dataSet,
}: PhantomInstance): PhantomObject & { bytes: Uint8Array<ArrayBuffer> } {
  const seriesInstance = dataSet.text("SeriesInstanceUID") ?? "";
  return { sopClass, sopInstance, seriesInstance, bytes: new Uint8Array(writeDataSet(dataSet, explicitLittle)) };
}
