import type { ResolvedClause } from "./resolved-clause.ts";
import { type Rows, rowName } from "./rows.ts";

/**
 * Reads the bodies of the rows that everything else leaves over: there is no index of whole texts. Words are compared
 * without stemming, upper and lower case alike.
 */
export function wordsCondition(rows: Rows, { of, any }: ResolvedClause & { readonly is: "words" }): string {
  const conditions = any.map((words) => {
    const query = `websearch_to_tsquery('simple', ${rows.sql.bind(words, "text")})`;
    return [...mustOccur(rows, words), `${textOf[of]} @@ ${query}`].join(" and ");
  });
  return `exists (select from version b where b.position = ${rowName(rows)}.position
    and (${conditions.map((condition) => `(${condition})`).join(" or ")}))`;
}

const textOf = {
  narrative: `to_tsvector('simple', regexp_replace(coalesce(body_json(b.body) -> 'text' ->> 'div', ''), '<[^>]*>', ' ', 'g'))`,
  document: `jsonb_to_tsvector('simple', coalesce(body_json(b.body), '{}'), '["string", "numeric", "boolean"]')`,
} as const;

/** Looking for plain words in the text as it stands is a hundred times quicker than taking it apart. */
function mustOccur({ sql }: Rows, words: string): readonly string[] {
  const plain = words.toLowerCase().split(" ").filter(Boolean);
  if (!plain.every((word) => /^[a-z0-9]+$/.test(word)) || plain.includes("or")) return [];
  return plain.map((word) => `position(${sql.bind(word, "text")} in lower(b.body)) > 0`);
}
