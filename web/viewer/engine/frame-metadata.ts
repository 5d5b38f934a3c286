import { wadors } from "@cornerstonejs/dicom-image-loader";
import type { JsonDataSet } from "../dicomweb/attributes.ts";
import type { Stack } from "../stack/stack.ts";

/** What Cornerstone takes for granted, and not every file has. */
const defaults: JsonDataSet = {
  "00080060": { vr: "CS", Value: ["OT"] },
  "00080008": { vr: "CS", Value: ["ORIGINAL", "PRIMARY"] },
};

const instances = new Map<string, JsonDataSet>();

/** Tells Cornerstone what it has to know of every picture of a stack before it loads one. */
export function registerFrames({ frames, id }: Stack): void {
  for (const { imageId, instance, frameNumber } of frames) {
    const known = instances.has(imageId);
    instances.set(imageId, instance);
    // The frames of one instance find what is said of their first.
    if (frameNumber > 1 || known) continue;
    const metadata = { ...instance, ...missingIn(instance, { ...defaults, "00200052": { vr: "UI", Value: [id] } }) };
    wadors.metaDataManager.add(imageId, metadata as unknown as Parameters<typeof wadors.metaDataManager.add>[1]);
  }
}

/** Those of the attributes that an instance does not have, or has without a value. */
function missingIn(instance: JsonDataSet, attributes: JsonDataSet): JsonDataSet {
  return Object.fromEntries(Object.entries(attributes).filter(([tag]) => instance[tag]?.Value === undefined));
}

/** The attributes of the instance that a picture stems from. */
export function instanceOf(imageId: string): JsonDataSet | undefined {
  return instances.get(imageId);
}

/** Counted from 1. */
export function frameNumberOf(imageId: string): number {
  return Number(/\/frames\/(\d+)$/.exec(imageId)?.[1] ?? 1);
}

/** Forgets what no stack shows any more. */
export function forgetFrames(): void {
  instances.clear();
  wadors.metaDataManager.purge();
}
