import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { after } from "node:test";

/** A process that the running test kills. What it could not remove from its temporary folder is gone after the test. */
export function startKillable(words: readonly string[]): ChildProcessByStdio<null, Readable, null> {
  const folder = mkdtempSync(join(tmpdir(), "corridor-killed-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const env = { ...process.env, TMPDIR: folder };
  return spawn(process.execPath, words, { env, stdio: ["ignore", "pipe", "inherit"] });
}
