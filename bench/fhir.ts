/**
 * What the FHIR server is promised to do, each figure with its floor: one thread's work; a hospital of Synthea loaded,
 * searched, changed and started with. With `--files 40` a part of it; with `--write` into `docs/performance.md`.
 */

import { bulkImportFigures } from "./fhir/bulk-import.ts";
import { crudFigures } from "./fhir/crud.ts";
import { engineFigures } from "./fhir/engine.ts";
import { loadFigures } from "./fhir/loading.ts";
import { newParameterFigures } from "./fhir/new-parameter.ts";
import { searchFigures } from "./fhir/searches.ts";
import { attempted, served, tell } from "./fhir/served.ts";
import { startFigures } from "./fhir/starts.ts";
import type { Figure } from "./figure.ts";
import { startBenchCorridor } from "./load/corridor.ts";
import { bundleText, resourcesOf, syntheaPaths } from "./load/synthea.ts";

/** Bundles whose resources the engine is measured with. */
const engineBundlesMax = 40;

export async function run(): Promise<readonly Figure[]> {
  const paths = syntheaPaths();
  tell("checking, indexing and validating on one thread");
  const engine = await attempted("one thread", () =>
    engineFigures(paths.slice(0, engineBundlesMax).map(bundleText).flatMap(resourcesOf)),
  );
  const texts = paths.flatMap((path) => resourcesOf(bundleText(path)).map((resource) => JSON.stringify(resource)));
  const loaded = await attempted("the loaded Corridor", () => loadedFigures(paths, texts));
  const bulk = await attempted("$import", () => bulkImportFigures(texts));
  return [...engine, ...loaded, ...bulk];
}

async function loadedFigures(paths: readonly string[], texts: readonly string[]): Promise<readonly Figure[]> {
  const fresh = await startBenchCorridor();
  let running = fresh;
  try {
    const loading = await loadFigures(fresh, paths, texts);
    const started = await startFigures(fresh);
    running = started.corridor;
    const asked = await served(running);
    const searches = await attempted("searches", () => searchFigures(asked));
    const crud = await attempted("CRUD", () => crudFigures(asked));
    const parameter = await attempted("a new search parameter", () => newParameterFigures(asked));
    return [...loading, ...crud, ...searches, ...parameter, ...started.figures];
  } finally {
    await running.stop();
  }
}
