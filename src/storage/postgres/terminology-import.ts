import { type ImportHeader, type ImportRow, propertyText, type SystemImport } from "#terminology";
import { belowKey, detailText, keysOf } from "./concept-row.ts";
import type { Database } from "./database.ts";

type Connection = Awaited<ReturnType<Database["reserve"]>>;

/**
 * Writes a code system in one transaction: whoever looks meanwhile sees what was there before, and a killed import leaves
 * nothing. The connection is taken from the pool until it ends.
 */
export async function beginImport(database: Database, header: ImportHeader): Promise<SystemImport> {
  const connection = await database.reserve();
  await connection`begin`;
  const { url, version, title, isCaseSensitive, importedAtMs } = header;
  await connection`
    with gone as (delete from code_system where url = ${url} and version = ${version} returning key)
    delete from concept where system in (select key from gone)`;
  const [made] = await connection<{ key: number }[]>`
    insert into code_system (url, version, title, case_sensitive, hierarchical, concepts, imported_at_ms)
    values (${url}, ${version}, ${title}, ${isCaseSensitive}, false, 0, ${importedAtMs}) returning key`;
  const key = made?.key ?? 0;
  let written = 0;
  let isHierarchical = false;
  return {
    write: async (rows) => {
      await insertRows(connection, { key, first: written, rows });
      written += rows.length;
      isHierarchical ||= rows.some(({ parents }) => parents.length > 0);
    },
    finish: async () => {
      await connection`update code_system set concepts = ${written}, hierarchical = ${isHierarchical} where key = ${key}`;
      await connection`commit`;
      await connection`analyze concept`;
      // What waits to be put into an index in order is read whole by every search until then.
      await connection`select gin_clean_pending_list('concept_by_key'), gin_clean_pending_list('concept_by_word')`;
      connection.release();
    },
    abandon: async () => {
      await connection`rollback`;
      connection.release();
    },
  };
}

interface Batch {
  readonly key: number;
  /** The number of the first row. */
  readonly first: number;
  readonly rows: readonly ImportRow[];
}

async function insertRows(connection: Connection, { key, first, rows }: Batch): Promise<void> {
  const batch = rows.map((row, index) => ({
    n: first + index,
    c: row.code,
    o: belowKey(key, row.code),
    t: row.display ?? null,
    i: row.isInactive,
    a: row.isAbstract,
    d: detailText(row),
    w: row.words,
    k: keysOf(key, row, propertyText),
  }));
  await connection`
    insert into concept (system, number, code, own, display, inactive, abstract, detail, words, keys)
    select ${key}::int, n, c, o::bigint, t, i, a, d,
      array_to_tsvector(array(select jsonb_array_elements_text(w))), k::bigint[]
    from jsonb_to_recordset(${JSON.stringify(batch)}::text::jsonb)
      as row (n int, c text, o text, t text, i boolean, a boolean, d text, w jsonb, k text)`;
}
