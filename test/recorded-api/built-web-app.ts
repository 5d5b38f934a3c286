import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

export interface BuiltWebApp {
  readonly webRoot: string;
  remove(): Promise<void>;
}

/** Builds the web app into a folder of its own, so that a program that serves `web/dist` meanwhile is not disturbed. */
export async function buildWebApp(): Promise<BuiltWebApp> {
  const webRoot = await mkdtemp(join(tmpdir(), "corridor-web-"));
  const configFile = join(import.meta.dirname, "../../web/vite.config.ts");
  await build({ configFile, logLevel: "error", build: { outDir: webRoot, emptyOutDir: true } });
  return { webRoot, remove: () => rm(webRoot, { recursive: true, force: true }) };
}
