/** Test data that is not part of the repository: samples of other projects, under their own licences. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** Either the path of a file or folder, or the reason to skip the tests that need it, as `node:test` takes it. */
export type FoundData = { readonly path: string; readonly skip: false } | { readonly path: ""; readonly skip: string };

/** Finds `hl7v2/samples` and the like below `CORRIDOR_TEST_DATA`, or else below `../shared/data`. */
export function testData(name: string): FoundData {
  const folder = process.env.CORRIDOR_TEST_DATA ?? resolve(import.meta.dirname, "../../shared/data");
  const path = join(folder, name);
  if (existsSync(path)) return { path, skip: false };
  return { path: "", skip: `the test data ${name} is not here: name its folder with CORRIDOR_TEST_DATA` };
}
