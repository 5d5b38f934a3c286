import { failed, incorrect, limits, ok, type Result, unavailable } from "#kernel";
import type { Release, ReleaseConcept } from "#standards/terminology";
import type { ImportRow, SystemImport, TerminologyStore } from "./store.ts";
import { wordsOf } from "./systems/words.ts";

export interface ImportOptions {
  readonly store: TerminologyStore;
  readonly importedAtMs: number;
  readonly progress: (done: number, total: number) => void;
}

const batchSize = 1_000;

/**
 * Writes a release into the tables of the database, all of it or nothing, in place of what was there of the same version. Returns how many
 * concepts it has. Problems: incorrect `hierarchy-too-deep`, `hierarchy-circular`; unavailable `import-failed`.
 */
export async function importRelease(release: Release, options: ImportOptions): Promise<Result<number>> {
  const { url, version, title, concepts } = release;
  const hierarchy = new Map(concepts.map(({ code, parents }) => [code, parents]));
  const places = { hierarchy, above: new Set(concepts.flatMap(({ parents }) => parents)) };
  const { store, importedAtMs, progress } = options;
  let writing: SystemImport | undefined;
  try {
    writing = await store.beginImport({ url, version, title, isCaseSensitive: true, importedAtMs });
    for (let at = 0; at < concepts.length; at += batchSize) {
      const rows = rowsOf(concepts.slice(at, at + batchSize), places);
      if (!rows.ok) {
        await writing.abandon();
        return rows;
      }
      await writing.write(rows.value);
      progress(Math.min(at + batchSize, concepts.length), concepts.length);
    }
    await writing.finish();
    return ok(concepts.length);
  } catch (cause) {
    await writing?.abandon().catch(() => {});
    return failed(
      unavailable("import-failed", "The database did not take the release; nothing of it was kept.", { cause }),
    );
  }
}

type Hierarchy = ReadonlyMap<string, readonly string[]>;

interface Places {
  /** By code, the codes directly above. */
  readonly hierarchy: Hierarchy;
  /** Every code that another is directly below. */
  readonly above: ReadonlySet<string>;
}

function rowsOf(concepts: readonly ReleaseConcept[], { hierarchy, above }: Places): Result<readonly ImportRow[]> {
  const rows: ImportRow[] = [];
  for (const concept of concepts) {
    const ancestors = ancestorsOf(concept, hierarchy);
    if (!ancestors.ok) return ancestors;
    const texts = [concept.code, concept.display, ...concept.designations.map(({ value }) => value)];
    const words = [...new Set(texts.flatMap((text) => wordsOf(text ?? "")))];
    rows.push({ ...concept, isLeaf: !above.has(concept.code), ancestors: ancestors.value, words });
  }
  return ok(rows);
}

function ancestorsOf({ code, parents }: ReleaseConcept, hierarchy: Hierarchy): Result<readonly string[]> {
  const ancestors = new Set<string>();
  const waiting = [...parents];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === code)
      return failed(incorrect("hierarchy-circular", `The code ${code} is under itself.`, { where: code }));
    if (ancestors.has(next)) continue;
    ancestors.add(next);
    waiting.push(...(hierarchy.get(next) ?? []));
    if (ancestors.size > limits.releaseAncestorsMax) {
      return failed(incorrect("hierarchy-too-deep", `The code ${code} is under too many others.`, { where: code }));
    }
  }
  return ok([...ancestors]);
}
