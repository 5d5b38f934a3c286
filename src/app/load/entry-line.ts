/** The line, from 1, on which the entry of a Bundle begins in its JSON text; 1 where it is not found. */
export function entryLine(text: string, index: number): number {
  const start = /"entry"\s*:\s*\[/.exec(text);
  if (start === null) return 1;
  let depth = 0;
  let entry = -1;
  for (let at = start.index + start[0].length; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = stringEnd(text, at);
    else if (character === "{" || character === "[") {
      if (depth === 0) entry += 1;
      if (entry === index) return lineAt(text, at);
      depth += 1;
    } else if (character === "}" || character === "]") {
      if (depth === 0) return 1;
      depth -= 1;
    }
  }
  return 1;
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at;
}

function lineAt(text: string, end: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
