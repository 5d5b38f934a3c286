import type { Kind } from "#record";
import type { Database } from "./database.ts";
import { bigintArray, documentKey } from "./index-key.ts";
import type { KindNumbers } from "./kinds.ts";

export interface HeldKindsNeeds {
  /** Its statements are planned once. */
  readonly steady: Database;
  readonly kinds: KindNumbers;
}

/**
 * Of which kinds there are documents, with a key or at all. A kind that once had some is taken to have some for good: at worst
 * a search of it finds nothing. The others are asked after each time, by the index alone.
 */
export class HeldKinds {
  readonly #needs: HeldKindsNeeds;
  /** By key; of no key under the empty text. */
  readonly #known = new Map<string, Set<Kind>>();

  constructor(needs: HeldKindsNeeds) {
    this.#needs = needs;
  }

  async among(kinds: readonly Kind[], key: string | undefined): Promise<readonly Kind[]> {
    const known = this.#known.get(key ?? "") ?? new Set<Kind>();
    const open = kinds.filter((kind) => !known.has(kind));
    const found = open.length === 0 ? [] : await this.#found(open, key);
    for (const kind of found) known.add(kind);
    if (this.#known.size >= keysMax) this.#known.clear();
    if (found.length > 0) this.#known.set(key ?? "", known);
    return kinds.filter((kind) => known.has(kind));
  }

  async #found(open: readonly Kind[], key: string | undefined): Promise<readonly Kind[]> {
    const { steady, kinds } = this.#needs;
    const rows =
      key === undefined
        ? await steady<Row[]>`
            select kind from unnest(${open.map((kind) => kinds.numberOf(kind))}::smallint[]) as asked (kind)
            where exists (select from document d where d.kind = asked.kind and not d.deleted)`
        : await steady<Row[]>`
            select distinct kind from document
            where keys && ${bigintArray(open.map((kind) => documentKey(kind, key)))}::text::bigint[] and not deleted`;
    return rows.map(({ kind }) => kinds.nameOf(kind));
  }
}

interface Row {
  readonly kind: number;
}

/** There are as many keys to ask by as there are types of resources. */
const keysMax = 1_000;
