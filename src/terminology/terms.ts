import { failed, notFound, type Problem, type Result, unavailable } from "#kernel";
import { type Canonical, canonicalText } from "./definitions/canonical.ts";
import type { Library } from "./definitions/library.ts";
import type { StoredDefinitions } from "./definitions/stored-definitions.ts";
import type { ClosureStore } from "./store.ts";
import type { LargeSystems } from "./systems/large-systems.ts";
import { type CodeSystemSource, localSource } from "./systems/source.ts";

/** What the operations work on. */
export interface Terms {
  readonly library: Library;
  readonly stored: StoredDefinitions;
  readonly large: LargeSystems;
  readonly closures: ClosureStore;
}

/** A code system by url: an imported one before one of the record. */
export async function findSystem(
  { library, large }: Terms,
  canonical: Canonical,
): Promise<CodeSystemSource | undefined> {
  const imported = await large.find(canonical);
  if (imported !== undefined) return imported;
  const local = library.codeSystem(canonical);
  return local && localSource(local);
}

export function systemUnknown(canonical: Canonical): Problem {
  return notFound(
    "code-system-unknown",
    `There is no code system ${canonicalText(canonical)} here: store or import it.`,
  );
}

/** Runs an operation on what is known now. A database that does not answer is told as unavailable. */
export async function onTerms<T>(terms: Terms, work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    await terms.stored.fresh();
    return await work();
  } catch (cause) {
    if (cause instanceof TypeError || cause instanceof RangeError || cause instanceof ReferenceError) throw cause;
    return failed(
      unavailable("terminology-unavailable", "The terminology cannot be reached at the moment.", { cause }),
    );
  }
}
