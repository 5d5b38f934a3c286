import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { type PixelObject, pixelObject } from "./object.ts";

export interface PixelFile {
  readonly name: string;
  readonly object: PixelObject;
}

/** Files that have no picture, by what they are. */
const withoutPicture = ["not-dicom", "no-pixel-data", "no-image"];

/** Every file below a folder with a picture in it; a problem of one that has is a failure. */
export async function pixelFiles(
  folder: string,
): Promise<{ files: readonly PixelFile[]; failures: readonly string[] }> {
  const files: PixelFile[] = [];
  const failures: string[] = [];
  for (const path of filesBelow(folder)) {
    const name = relative(folder, path);
    if (/\.(?:txt|json|icc|dump)$/.test(name)) continue;
    const object = await pixelObject(readFileSync(path));
    if (object.ok) files.push({ name, object: object.value });
    else if (!withoutPicture.includes(object.problems[0].code)) failures.push(`${name}: ${object.problems[0].code}`);
  }
  return { files, failures };
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]));
}
