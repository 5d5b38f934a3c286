import type { ImageLevel, ImageRow } from "#imaging";
import { addressUrl } from "./image-place.ts";

const characterSet = '"00080005":{"vr":"CS","Value":["ISO_IR 192"]}';
const availability = '"00080056":{"vr":"CS","Value":["ONLINE"]}';

/** A row as DICOM JSON, with where it is to be had; put together, not parsed. Source: PS3.18 §10.6.3.3. */
export function rowText(level: ImageLevel, { json, uids }: ImageRow, origin: string): string {
  const url = `"00081190":{"vr":"UR","Value":["${addressUrl(origin, uids)}"]}`;
  const own = json.slice(1, -1).replace(/^"00080005":\{[^}]*\},?/, "");
  const isTold = level === "instance" && own.includes('"00080056":');
  return `{${[characterSet, isTold ? "" : availability, url, own].filter((part) => part !== "").join(",")}}`;
}
