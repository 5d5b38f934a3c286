/**
 * `node bench/dicom/data.ts FOLDER [ct500] [many] [large]` writes the data of the benchmarks below a folder; what is there
 * already stays. The same seed gives the same bytes.
 */
import { existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { writeCt500 } from "./data-ct500.ts";
import { writeLarge } from "./data-large.ts";
import { writeMany } from "./data-many.ts";

const writers = {
  /** A CT of 500 slices, 263 MB. */
  ct500: (folder: string) => writeCt500(folder, 1),
  /** Three more of other people, so that four associations send different objects. */
  "ct500-2": (folder: string) => writeCt500(folder, 2),
  "ct500-3": (folder: string) => writeCt500(folder, 3),
  "ct500-4": (folder: string) => writeCt500(folder, 4),
  /** 100,000 objects of 1.3 kB in 1,000 studies of two series. */
  many: (folder: string) => writeMany(folder, { studies: 1_000 }),
  /** One object of 1.05 GB and 2,000 frames. */
  large: (folder: string) => writeLarge(folder, { frames: 2_000 }),
} as const;

export type BenchData = keyof typeof writers;

/** The folder that holds it, made when it is not there. */
export async function benchData(folder: string, name: BenchData): Promise<string> {
  const there = join(folder, name);
  if (existsSync(there)) return there;
  const aside = `${there}.new`;
  await mkdir(aside, { recursive: true });
  await writers[name](aside);
  await rename(aside, there);
  return there;
}

function isName(word: string): word is BenchData {
  return word in writers;
}

if (import.meta.main) {
  const [folder, ...words] = process.argv.slice(2);
  if (folder === undefined) throw new Error("name a folder");
  const asked = words.filter(isName);
  for (const name of asked.length > 0 ? asked : Object.keys(writers).filter(isName))
    console.log(await benchData(folder, name));
}
