export type Token =
  | { readonly is: "mark"; readonly text: "(" | ")" | "[" | "]" }
  | { readonly is: "string"; readonly text: string }
  /** A name, an operator, a number or a literal. */
  | { readonly is: "word"; readonly text: string };

const pattern = /\s*(?:([()[\]])|("(?:[^"\\]|\\.)*")|([^\s()[\]"]+))/y;

/** The parts of a filter or a path; undefined where something in it is none, such as a quote that is not closed. */
export function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const from = pattern.lastIndex;
    const found = pattern.exec(text);
    if (found === null) return text.slice(from).trim() === "" ? tokens : undefined;
    const token = tokenOf(found);
    if (token === undefined) return undefined;
    tokens.push(token);
  }
  return tokens;
}

function tokenOf([, mark, quoted, word]: RegExpExecArray): Token | undefined {
  if (mark !== undefined) return { is: "mark", text: mark as "(" };
  if (word !== undefined) return { is: "word", text: word };
  try {
    return { is: "string", text: JSON.parse(quoted ?? "") as string };
  } catch {
    return undefined;
  }
}
