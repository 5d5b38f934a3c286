import postgres from "postgres";

const rowsPerInsert = 500;

/** Texts a second into a table of nothing but a number and a text, by `unnest`, each insert a commit of its own. */
export async function insertPlainly(
  socketFolder: { readonly host: string; readonly username: string; readonly database: string },
  texts: readonly string[],
): Promise<number> {
  const sql = postgres({ ...socketFolder, max: 1, onnotice: () => {} });
  try {
    await sql`create table plain (position bigint primary key, body text not null)`;
    const startedMs = performance.now();
    for (let first = 0; first < texts.length; first += rowsPerInsert) {
      const rows = texts.slice(first, first + rowsPerInsert);
      await sql`insert into plain select * from unnest(${rows.map((_, index) => first + index)}::bigint[], ${rows}::text[])`;
    }
    return (texts.length / (performance.now() - startedMs)) * 1000;
  } finally {
    await sql`drop table if exists plain`;
    await sql.end();
  }
}
