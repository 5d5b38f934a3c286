/** A regular expression as a tree, of the part that can be matched in time proportional to the text. */
export type PatternSyntax =
  | { readonly is: "char"; readonly atom: string }
  | { readonly is: "sequence"; readonly items: readonly PatternSyntax[] }
  | { readonly is: "choice"; readonly options: readonly PatternSyntax[] }
  | { readonly is: "repeat"; readonly item: PatternSyntax; readonly min: number; readonly max: number }
  | { readonly is: "start" }
  | { readonly is: "end" };

interface Reading {
  readonly source: string;
  at: number;
  depth: number;
  isRefused: boolean;
}

const depthMax = 50;
const atomPattern =
  /\[\^?(?:\\[\s\S]|[^\]\\])*\]|\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[dDwWsStnrfv]|[^A-Za-z0-9])|[^\\[\](){}*+?|^$]|[\]}]/y;
const quantifier = /(?:([*+?])|\{(\d{1,4})(?:(,)(\d{1,4})?)?\})\??/y;

/** Undefined for what this part has not: references back, looking ahead or behind, word boundaries. */
export function parsePattern(source: string): PatternSyntax | undefined {
  const reading: Reading = { source, at: 0, depth: 0, isRefused: false };
  const tree = choice(reading);
  return reading.isRefused || reading.at < source.length ? undefined : tree;
}

function choice(reading: Reading): PatternSyntax {
  const options = [sequence(reading)];
  while (!reading.isRefused && takes(reading, "|")) options.push(sequence(reading));
  return { is: "choice", options };
}

function sequence(reading: Reading): PatternSyntax {
  const items: PatternSyntax[] = [];
  while (reading.at < reading.source.length && !reading.isRefused) {
    const char = reading.source[reading.at];
    if (char === "|" || char === ")") break;
    items.push(repeated(reading, item(reading)));
  }
  return { is: "sequence", items };
}

function takes(reading: Reading, text: string): boolean {
  if (!reading.source.startsWith(text, reading.at)) return false;
  reading.at += text.length;
  return true;
}

function refuse(reading: Reading): PatternSyntax {
  reading.isRefused = true;
  return { is: "sequence", items: [] };
}

function item(reading: Reading): PatternSyntax {
  if (takes(reading, "^")) return { is: "start" };
  if (takes(reading, "$")) return { is: "end" };
  if (takes(reading, "(?:") || (!reading.source.startsWith("(?", reading.at) && takes(reading, "("))) {
    reading.depth += 1;
    const inner = reading.depth > depthMax ? refuse(reading) : choice(reading);
    reading.depth -= 1;
    return takes(reading, ")") ? inner : refuse(reading);
  }
  atomPattern.lastIndex = reading.at;
  const [atom] = atomPattern.exec(reading.source) ?? [];
  if (atom === undefined) return refuse(reading);
  reading.at += atom.length;
  return { is: "char", atom };
}

function repeated(reading: Reading, inner: PatternSyntax): PatternSyntax {
  quantifier.lastIndex = reading.at;
  const found = quantifier.exec(reading.source);
  if (found === null) return inner;
  reading.at += found[0].length;
  const [, sign, least, comma, most] = found;
  if (sign !== undefined) {
    return { is: "repeat", item: inner, min: sign === "+" ? 1 : 0, max: sign === "?" ? 1 : Number.POSITIVE_INFINITY };
  }
  const min = Number(least);
  return { is: "repeat", item: inner, min, max: comma === undefined ? min : Number(most ?? Number.POSITIVE_INFINITY) };
}

/** Whether backtracking over it may take very long: it has more than one repetition without end, or one in another. */
export function isRisky(tree: PatternSyntax): boolean {
  return repetitionsIn(tree) > 1.5;
}

/** What is repeated weighs more than what stands once; a choice weighs where it can be made again and again. */
function repetitionsIn(tree: PatternSyntax): number {
  switch (tree.is) {
    case "sequence":
      return tree.items.reduce((sum, part) => sum + repetitionsIn(part), 0);
    case "choice":
      return tree.options.reduce((sum, part) => sum + repetitionsIn(part), tree.options.length > 1 ? 0.5 : 0);
    case "repeat":
      return tree.max <= 1 ? repetitionsIn(tree.item) : repetitionsIn(tree.item) * 4 + (tree.max > 300 ? 1 : 0.25);
    default:
      return 0;
  }
}
