import { failed, limits, ok, type Problem, type Result } from "#kernel";
import { calendarWord } from "./calendar-unit.ts";
import { parseDecimal } from "./decimal.ts";
import { isOperator, operators, type Syntax, type TypeName, typeOperatorBinding } from "./syntax.ts";
import type { SystemValue } from "./system-value.ts";
import { parseTemporal, parseTime } from "./temporal.ts";
import { syntaxProblem, type Token, type TokenKind, tokensOf } from "./token.ts";

interface Parsing {
  readonly text: string;
  readonly tokens: readonly Token[];
  next: number;
  depth: number;
  operations: number;
  problem: Problem | undefined;
}

const integerMax = 2_147_483_647;

/** Reads an expression. Problems: `fhirpath-syntax`, `fhirpath-too-long`. Source: FHIRPath 2.0, grammar. */
export function parseFhirPath(text: string): Result<Syntax> {
  const tokens = tokensOf(text);
  if (!tokens.ok) return tokens;
  const parsing: Parsing = { text, tokens: tokens.value, next: 0, depth: 0, operations: 0, problem: undefined };
  const syntax = expression(parsing, 0);
  const rest = peek(parsing);
  if (rest.kind !== "end") refuse(parsing, rest, "nothing may follow here");
  return parsing.problem === undefined ? ok(syntax) : failed(parsing.problem);
}

function peek(parsing: Parsing): Token {
  return parsing.tokens[parsing.next] ?? { kind: "end", text: "", at: parsing.text.length };
}

function take(parsing: Parsing): Token {
  const token = peek(parsing);
  if (token.kind !== "end") parsing.next += 1;
  return token;
}

/** Once something is wrong, every token is the end: what is under way comes to its end. */
function refuse(parsing: Parsing, { at }: Token, what: string): Syntax {
  parsing.problem ??= syntaxProblem(parsing.text, at, what);
  parsing.next = parsing.tokens.length;
  return { is: "empty", at };
}

function isSymbol(token: Token, text: string): boolean {
  return token.kind === "symbol" && token.text === text;
}

function takeSymbol(parsing: Parsing, text: string): boolean {
  if (!isSymbol(peek(parsing), text)) return false;
  parsing.next += 1;
  return true;
}

function expect(parsing: Parsing, text: string): void {
  if (!takeSymbol(parsing, text)) refuse(parsing, peek(parsing), `${text} is expected`);
}

/** Everything that binds more tightly than `binding`. */
function expression(parsing: Parsing, binding: number): Syntax {
  if (parsing.depth >= limits.fhirPathDepthMax) return refuse(parsing, peek(parsing), "it is nested too deeply");
  parsing.depth += 1;
  let left = signed(parsing);
  for (let more = rightSide(parsing, left, binding); more !== undefined; more = rightSide(parsing, left, binding)) {
    left = more;
  }
  parsing.depth -= 1;
  return left;
}

function rightSide(parsing: Parsing, left: Syntax, binding: number): Syntax | undefined {
  const token = peek(parsing);
  const { text: operator, at } = token;
  if (token.kind !== "symbol" && token.kind !== "identifier") return undefined;
  if (operator === "is" || operator === "as") {
    if (typeOperatorBinding <= binding) return undefined;
    parsing.next += 1;
    return counted(parsing, { is: "type", operator, operand: left, type: typeName(parsing), at });
  }
  if (!isOperator(operator) || operators[operator] <= binding) return undefined;
  parsing.next += 1;
  const right = expression(parsing, operators[operator]);
  return counted(parsing, { is: "binary", operator, left, right, at });
}

function counted(parsing: Parsing, syntax: Syntax): Syntax {
  parsing.operations += 1;
  if (parsing.operations <= limits.fhirPathOperationsMax) return syntax;
  return refuse(parsing, peek(parsing), `it has more than ${limits.fhirPathOperationsMax} steps`);
}

function signed(parsing: Parsing): Syntax {
  const { at } = peek(parsing);
  for (const sign of ["+", "-"] as const) {
    if (!takeSymbol(parsing, sign)) continue;
    if (parsing.depth >= limits.fhirPathDepthMax) return refuse(parsing, peek(parsing), "it is nested too deeply");
    parsing.depth += 1;
    const operand = signed(parsing);
    parsing.depth -= 1;
    return { is: "sign", sign, operand, at };
  }
  return path(parsing);
}

function path(parsing: Parsing): Syntax {
  let left = term(parsing);
  for (;;) {
    const { at } = peek(parsing);
    if (takeSymbol(parsing, ".")) left = counted(parsing, invocation(parsing, left));
    else if (takeSymbol(parsing, "[")) {
      left = counted(parsing, { is: "item", base: left, index: expression(parsing, 0), at });
      expect(parsing, "]");
    } else return left;
  }
}

function invocation(parsing: Parsing, base: Syntax | undefined): Syntax {
  const token = take(parsing);
  if (token.kind === "variable") return variable(parsing, token, base);
  if (token.kind !== "identifier" && token.kind !== "delimited") return refuse(parsing, token, "a name is expected");
  const { text: name, at } = token;
  if (!takeSymbol(parsing, "(")) return { is: "member", base, name, at };
  const args: Syntax[] = [];
  if (!takeSymbol(parsing, ")")) {
    do args.push(expression(parsing, 0));
    while (takeSymbol(parsing, ","));
    expect(parsing, ")");
  }
  return { is: "call", base, name, args, at };
}

function variable(parsing: Parsing, token: Token, base: Syntax | undefined): Syntax {
  if (base !== undefined) return refuse(parsing, token, `${token.text} may not follow a dot`);
  return { is: token.text.slice(1) as "this" | "index" | "total", at: token.at };
}

function term(parsing: Parsing): Syntax {
  const token = peek(parsing);
  if (takeSymbol(parsing, "(")) {
    const inner = expression(parsing, 0);
    expect(parsing, ")");
    return inner;
  }
  if (takeSymbol(parsing, "{")) {
    expect(parsing, "}");
    return { is: "empty", at: token.at };
  }
  if (takeSymbol(parsing, "%")) return external(parsing, token.at);
  if (token.kind === "identifier" && (token.text === "true" || token.text === "false")) {
    parsing.next += 1;
    return { is: "literal", value: token.text === "true", at: token.at };
  }
  return isLiteral(token.kind) ? literal(parsing) : invocation(parsing, undefined);
}

function external(parsing: Parsing, at: number): Syntax {
  const name = take(parsing);
  if (name.kind !== "identifier" && name.kind !== "delimited" && name.kind !== "string") {
    return refuse(parsing, name, "a name is expected behind %");
  }
  return { is: "external", name: name.text, at };
}

function isLiteral(kind: TokenKind): boolean {
  return ["string", "number", "date", "dateTime", "time"].includes(kind);
}

function literal(parsing: Parsing): Syntax {
  const token = take(parsing);
  const value = literalValue(parsing, token);
  return value === undefined
    ? refuse(parsing, token, `${token.text} does not exist`)
    : { is: "literal", value, at: token.at };
}

function literalValue(parsing: Parsing, { kind, text }: Token): SystemValue | undefined {
  if (kind === "string") return text;
  if (kind === "time") return parseTime(text.slice(1));
  if (kind === "date" || kind === "dateTime") return parseTemporal(text);
  const decimal = parseDecimal(text);
  if (decimal === undefined) return undefined;
  const unit = peek(parsing);
  if (unit.kind === "string") {
    parsing.next += 1;
    return { is: "quantity", value: decimal, unit: unit.text, isCalendar: false };
  }
  const word = unit.kind === "identifier" ? calendarWord(unit.text) : undefined;
  if (word !== undefined) {
    parsing.next += 1;
    return { is: "quantity", value: decimal, unit: word, isCalendar: true, written: unit.text };
  }
  return decimal.scale > 0 || decimal.digits > integerMax ? decimal : Number(decimal.digits);
}

function typeName(parsing: Parsing): TypeName {
  const first = take(parsing);
  if (first.kind !== "identifier" && first.kind !== "delimited") refuse(parsing, first, "a type is expected");
  if (!takeSymbol(parsing, ".")) return { namespace: undefined, name: first.text };
  const second = take(parsing);
  if (second.kind !== "identifier" && second.kind !== "delimited") refuse(parsing, second, "a type is expected");
  return { namespace: first.text, name: second.text };
}
