/** The made-up hospital that benchmarks load: a Bundle for each patient, in the order of their files. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Bundle, Resource } from "#standards/fhir";
import { testData } from "../../test/data.ts";

/** Files of Bundles; with `--files 40` on the command line only as many. */
export function syntheaPaths(): readonly string[] {
  const data = testData("synthea");
  if (data.skip !== false) throw new Error(data.skip);
  return readdirSync(data.path)
    .filter((name) => name.endsWith(".json.gz"))
    .sort()
    .slice(0, filesMax())
    .map((name) => join(data.path, name));
}

function filesMax(): number {
  const at = process.argv.indexOf("--files");
  return at === -1 ? Number.POSITIVE_INFINITY : Number(process.argv[at + 1]);
}

export function bundleText(path: string): string {
  return gunzipSync(readFileSync(path)).toString("utf8");
}

export function resourcesOf(bundleText: string): readonly Resource[] {
  const { entry = [] } = JSON.parse(bundleText) as Bundle;
  return entry.flatMap(({ resource }) => resource ?? []);
}
