/** Importing a hospital's Bundles, and what they take on the disk. */
import { embeddedConnection } from "#storage/postgres";
import type { Figure } from "../figure.ts";
import type { BenchCorridor } from "../load/corridor.ts";
import { type DiskSizes, diskSizes } from "../load/disk-sizes.ts";
import { importBeside, rateBetween } from "../load/import-run.ts";
import { insertPlainly } from "../load/plain-inserts.ts";
import { tell } from "./served.ts";

/** The resources as JSON texts. */
type Texts = readonly string[];

export async function loadFigures(corridor: BenchCorridor, paths: readonly string[], texts: Texts) {
  const before = await diskSizes(corridor);
  tell(`importing ${paths.length} Bundles with ${texts.length} resources`);
  const seen = await importBeside(corridor, paths);
  tell("measuring the disk");
  const after = await diskSizes(corridor);
  tell("inserting the same bytes plainly");
  const plain = await insertPlainly(await embeddedConnection(corridor.folder), texts);
  return [
    {
      name: "import of Bundles as transactions",
      value: texts.length / seen.seconds,
      unit: "resources/s",
      floor: plain,
      floorName: "the same bytes by plain unnest inserts",
      wanted: { must: 3_000, aim: 6_000 },
    },
    {
      name: "the same, its last tenth",
      value: rateBetween(seen, 0.9, 1),
      unit: "resources/s",
      floor: rateBetween(seen, 0, 0.1),
      floorName: "its first tenth",
      wanted: { must: 0.9 * rateBetween(seen, 0, 0.1) },
    },
    ...diskFigures({ before, after, texts }),
  ];
}

interface Disk {
  readonly before: DiskSizes;
  readonly after: DiskSizes;
  readonly texts: Texts;
}

function diskFigures({ before, after, texts }: Disk): readonly Figure[] {
  const all = after.allKilobytes - before.allKilobytes;
  const log = after.logKilobytes - before.logKilobytes;
  const floor = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1000 / texts.length;
  const common = { unit: "kB a resource", floor, floorName: "its JSON text" };
  return [
    {
      name: "disk, with history, indexes, Provenance and audit",
      value: (all - log) / texts.length,
      ...common,
      wanted: { must: 2.5, aim: 1.6, isMost: true },
    },
    { name: "the same with the log of PostgreSQL (WAL)", value: all / texts.length, ...common },
  ];
}
