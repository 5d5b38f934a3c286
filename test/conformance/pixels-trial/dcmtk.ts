import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PixelObject, pixelObject } from "./object.ts";

/** DCMTK's decoders by transfer syntax. It has none for JPEG 2000. */
const decoders: Readonly<Record<string, readonly string[]>> = {
  "1.2.840.10008.1.2.5": ["dcmdrle"],
  "1.2.840.10008.1.2.4.50": ["dcmdjpeg", "+cp"],
  "1.2.840.10008.1.2.4.51": ["dcmdjpeg", "+cp"],
  "1.2.840.10008.1.2.4.57": ["dcmdjpeg", "+cn"],
  "1.2.840.10008.1.2.4.70": ["dcmdjpeg", "+cn"],
  "1.2.840.10008.1.2.4.80": ["dcmdjpls"],
  "1.2.840.10008.1.2.4.81": ["dcmdjpls"],
};

/** Whether the programs are there at all. */
export function hasDcmtk(): boolean {
  return spawnSync("dcmdrle", ["--version"]).status === 0;
}

/**
 * A file as DCMTK decodes it; undefined where it has no decoder for it or will not have it. What it says on its way is the
 * reason.
 */
export async function decodedByDcmtk(file: Uint8Array, syntax: string): Promise<PixelObject | string | undefined> {
  const [program, ...options] = decoders[syntax] ?? [];
  if (program === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "corridor-pixels-"));
  try {
    writeFileSync(join(folder, "in.dcm"), file);
    const ran = spawnSync(program, [...options, join(folder, "in.dcm"), join(folder, "out.dcm")], { encoding: "utf8" });
    if (ran.status !== 0) return ran.stderr.trim().split("\n").at(-1) ?? "failed";
    const object = await pixelObject(Uint8Array.from(readFileSync(join(folder, "out.dcm"))));
    return object.ok ? object.value : object.problems[0].code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
