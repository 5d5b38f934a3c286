import { limits } from "#kernel";

/**
 * Whether a text is an expression of SNOMED CT's Expression Constraint Language. Only the form is looked at, not the concepts.
 * Source: Expression Constraint Language 2.2, §5.4 (brief syntax).
 */
export function isEcl(text: string): boolean {
  const tokens = tokensOf(text);
  if (tokens === undefined || tokens.length > tokensMax) return false;
  const reader: Reader = { tokens, at: 0, depth: 0, operands: 0 };
  return readExpression(reader) && reader.at === tokens.length;
}

const tokensMax = 10_000;
const operandsMax = 100_000;

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  /** Brackets that are open; deeper than `limits.jsonDepthMax` is not read. */
  depth: number;
  /** Operands read so far, those read again included; beyond the bound the text is taken for no expression. */
  operands: number;
}

const token =
  /\s+|\/\*[\s\S]*?\*\/|(<<!|>>!|<<|>>|<!|>!|!!>|!!<|<=|>=|!=|[<>^(){}[\],:.=*]|\|[^|]*\||\d{6,18}(?!\d)|#-?\d+(?:\.\d+)?|"(?:[^"\\]|\\.)*"|\d+\.\.(?:\d+|\*)|\b(?:AND|OR|MINUS|R|true|false)\b|\+(?:HISTORY[A-Z-]*)?)/giy;

/** Undefined where something is no token; terms between bars are left out, as they say nothing. */
function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  // Filters are let pass: they say more of descriptions than of concepts.
  const plain = text.replace(/\{\{[^{}]*\}\}/g, " ");
  token.lastIndex = 0;
  while (token.lastIndex < plain.length) {
    const found = token.exec(plain);
    if (found === null) return undefined;
    if (found[1] !== undefined && !found[1].startsWith("|")) tokens.push(found[1].toUpperCase());
  }
  return tokens;
}

function take(reader: Reader, ...wanted: readonly string[]): boolean {
  if (!wanted.includes(reader.tokens[reader.at] ?? "")) return false;
  reader.at += 1;
  return true;
}

function takeMatching(reader: Reader, pattern: RegExp): boolean {
  if (!pattern.test(reader.tokens[reader.at] ?? "")) return false;
  reader.at += 1;
  return true;
}

function readExpression(reader: Reader): boolean {
  if (!readOperand(reader)) return false;
  while (take(reader, ".")) if (!readOperand(reader)) return false;
  while (take(reader, "AND", "OR", "MINUS", ",")) if (!readOperand(reader)) return false;
  return take(reader, ":") ? readRefinement(reader) : true;
}

function nested(reader: Reader, read: (reader: Reader) => boolean): boolean {
  if (reader.depth >= limits.jsonDepthMax || reader.operands >= operandsMax) return false;
  reader.depth += 1;
  const isRead = read(reader);
  reader.depth -= 1;
  return isRead;
}

/** Operators, `^`, and then a concept, `*` or an expression in brackets. */
function readOperand(reader: Reader): boolean {
  reader.operands += 1;
  take(reader, "<<!", ">>!", "<<", ">>", "<!", ">!", "!!>", "!!<", "<", ">");
  if (take(reader, "^") && take(reader, "["))
    while (!take(reader, "]")) if (reader.tokens[reader.at++] === undefined) return false;
  if (take(reader, "(")) return nested(reader, readExpression) && take(reader, ")") && readSupplement(reader);
  return (take(reader, "*") || takeMatching(reader, /^\d{6,18}$/)) && readSupplement(reader);
}

function readSupplement(reader: Reader): boolean {
  takeMatching(reader, /^\+HISTORY/);
  return true;
}

/** Attributes and groups of them, joined by AND, OR or commas. */
function readRefinement(reader: Reader): boolean {
  do if (!readPart(reader)) return false;
  while (take(reader, "AND", "OR", ","));
  return true;
}

function readPart(reader: Reader): boolean {
  if (take(reader, "[") && !(takeMatching(reader, /^\d+\.\./) && take(reader, "]"))) return false;
  if (take(reader, "{")) return nested(reader, readRefinement) && take(reader, "}");
  const start = reader.at;
  if (take(reader, "(")) {
    if (nested(reader, readRefinement) && take(reader, ")")) return true;
    reader.at = start;
  }
  take(reader, "R");
  return readOperand(reader) && readComparison(reader);
}

function readComparison(reader: Reader): boolean {
  if (!take(reader, "=", "!=", "<", ">", "<=", ">=")) return false;
  return takeMatching(reader, /^(?:#|"|TRUE$|FALSE$)/) || readOperand(reader);
}
