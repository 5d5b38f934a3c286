import { itemsOf, type JsonDataSet, type JsonElement, numberOf, textOf } from "../dicomweb/attributes.ts";
import { getBulkData, getFrame } from "../dicomweb/requests.ts";
import type { Outline } from "./outline.ts";
import { readSegmentation } from "./segmentation.ts";
import { readStructureSet } from "./structure-set.ts";

/** Why an object cannot be laid over images, in plain words. */
export class OutlineRefused extends Error {}

/** Larger ones are not held: the tab would run out of memory. */
const pixelBytesMax = 256 * 1024 * 1024;

const structureSet = "1.2.840.10008.5.1.4.1.1.481.3";

/** The outline of an instance, with what its metadata name by address. Throws `RequestFailed` and `OutlineRefused`. */
export async function fetchOutline(instance: JsonDataSet): Promise<Outline> {
  if (textOf(instance, "00080016") === structureSet) return readStructureSet(await withContours(instance));
  return readSegmentation(instance, await pixelsOf(instance));
}

async function pixelsOf(instance: JsonDataSet): Promise<Uint8Array> {
  const frames = Math.max(1, numberOf(instance, "00280008") ?? 1);
  const bits = numberOf(instance, "00280100") ?? 1;
  const framePixels = (numberOf(instance, "00280010") ?? 0) * (numberOf(instance, "00280011") ?? 0);
  if ((frames * framePixels * bits) / 8 > pixelBytesMax)
    throw new OutlineRefused("it is too large for the memory of a browser.");
  const element = instance["7FE00010"];
  if (element === undefined) throw new OutlineRefused("it has no pixels.");
  if (element.InlineBinary !== undefined) return bytesOf(element.InlineBinary);
  if (!isCompressed(instance)) return getBulkData(element.BulkDataURI ?? "");
  if (bits === 1) throw new OutlineRefused("its single bits are compressed.");
  const [study = "", series = "", uid = ""] = ["0020000D", "0020000E", "00080018"].map((tag) => textOf(instance, tag));
  const frameBytes = (framePixels * bits) / 8;
  const pixels = new Uint8Array(frames * frameBytes);
  for (let frame = 0; frame < frames; frame++) {
    const bytes = await getFrame({ study, series, uid }, frame + 1);
    pixels.set(bytes.subarray(0, frameBytes), frame * frameBytes);
  }
  return pixels;
}

function isCompressed(instance: JsonDataSet): boolean {
  return !/^1\.2\.840\.10008\.1\.2(?:\.1|\.2|\.1\.99)?$/.test(textOf(instance, "00083002") ?? "1.2.840.10008.1.2.1");
}

/** With the coordinates of long contours, which the metadata name by their address. */
async function withContours(instance: JsonDataSet): Promise<JsonDataSet> {
  const regions = await Promise.all(
    itemsOf(instance, "30060039").map(async (region) => {
      const contours = await Promise.all(itemsOf(region, "30060040").map(withCoordinates));
      return { ...region, "30060040": { vr: "SQ", Value: contours } };
    }),
  );
  return { ...instance, "30060039": { vr: "SQ", Value: regions } };
}

async function withCoordinates(contour: JsonDataSet): Promise<JsonDataSet> {
  const element = contour["30060050"];
  if (element === undefined || element.Value !== undefined) return contour;
  const text = new TextDecoder().decode(await storedBytes(element));
  return { ...contour, "30060050": { vr: "DS", Value: text.split("\\") } };
}

async function storedBytes({ InlineBinary, BulkDataURI }: JsonElement): Promise<Uint8Array> {
  if (InlineBinary !== undefined) return bytesOf(InlineBinary);
  return BulkDataURI === undefined ? new Uint8Array() : getBulkData(BulkDataURI);
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}
