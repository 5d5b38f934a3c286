import { failed, incorrect, limits, ok, type Result } from "#kernel";
import { type EclExpression, eclOperators } from "./expression.ts";
import { EclFault, EclReader } from "./reader.ts";
import { readRefinement } from "./refinement.ts";

/**
 * Reads an expression constraint in its brief syntax. Filters (`{{ … }}`), supplements of history, the top and bottom of a set
 * and identifiers of other schemes are not evaluated here. Problems, `where` a character: incorrect `ecl-incorrect`, `too-long`;
 * unsupported `ecl-unsupported`. Source: SNOMED CT Expression Constraint Language 2.
 */
export function parseEcl(text: string): Result<EclExpression> {
  if (text.length > limits.eclCharactersMax) return failed(tooLong);
  const reader = new EclReader(text);
  try {
    const expression = readExpression(reader, 0);
    return reader.isAtEnd() ? ok(expression) : reader.fault("Nothing more was expected here");
  } catch (error) {
    if (error instanceof EclFault) return failed(error.problem);
    throw error;
  }
}

const tooLong = incorrect("too-long", `An expression constraint has ${limits.eclCharactersMax} characters at most.`);

/** `depth`: how many brackets stand around it. */
export function readExpression(reader: EclReader, depth: number): EclExpression {
  const first = readOperand(reader, depth);
  if (reader.takes(":")) return { is: "refined", of: first, by: readRefinement(reader, depth, readOperand) };
  if (reader.sees(".")) return dotted(reader, { first, depth });
  if (reader.takesWord("MINUS")) {
    const without = readOperand(reader, depth);
    return noMore(reader, { is: "minus", from: first, without });
  }
  for (const is of ["and", "or"] as const) {
    const of = [first];
    while (reader.takesConnective(is)) of.push(readOperand(reader, depth));
    if (of.length > 1) return noMore(reader, { is, of });
  }
  return first;
}

function noMore(reader: EclReader, expression: EclExpression): EclExpression {
  if (reader.takesConnective("and") || reader.takesConnective("or") || reader.takesWord("MINUS")) {
    reader.fault("Of AND, OR and MINUS one stands between the parts; others need brackets");
  }
  return expression;
}

function dotted(
  reader: EclReader,
  { first, depth }: { readonly first: EclExpression; readonly depth: number },
): EclExpression {
  let of = first;
  while (reader.takes(".")) of = { is: "dotted", of, attribute: readOperand(reader, depth) };
  return of;
}

/** A concept, `*` or an expression in brackets, with the operators before it. */
export function readOperand(reader: EclReader, depth: number): EclExpression {
  reader.step();
  if (depth > limits.eclDepthMax)
    reader.fault(`Brackets and operators stand within ${limits.eclDepthMax} others at most`);
  if (reader.sees("!!")) reader.refuse("the top or bottom of a set (!!>, !!<)");
  const operator = reader.takesOne(eclOperators);
  if (operator !== undefined) return { is: "operator", operator, of: readOperand(reader, depth + 1) };
  const focus = readFocus(reader, depth);
  if (reader.sees("{{")) reader.refuse("filters and supplements of history ({{ … }})");
  return focus;
}

function readFocus(reader: EclReader, depth: number): EclExpression {
  if (reader.takes("(")) {
    const inner = readExpression(reader, depth + 1);
    reader.needs(")");
    return inner;
  }
  if (reader.takes("*")) return { is: "any" };
  const code = reader.takesMatch(/[1-9]\d{5,17}(?!\d)/y);
  if (code !== undefined) return { is: "concept", code };
  if (reader.takesMatch(/[A-Za-z][\w-]*#/y) !== undefined) reader.refuse("identifiers of other schemes");
  return reader.fault("Here must be a concept, * or an expression in brackets");
}
