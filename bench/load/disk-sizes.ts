import { execFileSync } from "node:child_process";
import { join } from "node:path";
import postgres from "postgres";
import { embeddedConnection } from "#storage/postgres";
import type { BenchCorridor } from "./corridor.ts";

/** Of the embedded database, in thousands of bytes. */
export interface DiskSizes {
  readonly allKilobytes: number;
  readonly logKilobytes: number;
}

/** After a checkpoint. */
export async function diskSizes({ folder }: Pick<BenchCorridor, "folder">): Promise<DiskSizes> {
  const sql = postgres({ ...(await embeddedConnection(folder)), max: 1, onnotice: () => {} });
  await sql`checkpoint`;
  await sql.end();
  const database = join(folder, "postgres");
  return { allKilobytes: kilobytesOf(database), logKilobytes: kilobytesOf(join(database, "pg_wal")) };
}

const kibibyte = 1024;

function kilobytesOf(folder: string): number {
  const [kibibytes = "0"] = execFileSync("du", ["-sk", folder], { encoding: "utf8" }).split("\t");
  return (Number(kibibytes) * kibibyte) / 1000;
}
