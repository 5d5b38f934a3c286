/**
 * The conditions of the guide's rows: `IF OBX-2 EQUALS "SN" AND OBX-5.3 IN (":", "/")`. The sheets write them in several
 * dialects (`VALUED`, `VALUE`, `IS VALUED`, `COUNT>1`, `="ED"`), which one grammar reads; what it does not read is mended
 * by `repairs.ts`.
 */
export type Condition =
  | { readonly is: "all" | "any"; readonly of: readonly Condition[] }
  | { readonly is: "not"; readonly of: Condition }
  | { readonly is: "valued"; readonly subject: string }
  | { readonly is: "in"; readonly subject: string; readonly values: readonly Operand[] }
  | { readonly is: "registered"; readonly subject: string; readonly registry: string }
  | { readonly is: "count" | "length"; readonly subject: string; readonly sign: Sign; readonly number: number };

/** A text, or another value of the message: `PID-12`. */
export type Operand = { readonly text: string } | { readonly subject: string };

export type Sign = ">" | "<=" | "=";

type Token = { readonly is: "word" | "subject" | "text" | "sign" | "number" | "url"; readonly text: string };

/** The condition, or undefined when the text cannot be read. `self` is what a condition without a subject is about. */
export function parseCondition(text: string, self: string): Condition | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined) return undefined;
  const reading: Reading = { tokens, at: 0, subject: self };
  const condition = readAny(reading);
  // A bracket that was opened at the start may be left open.
  if (reading.tokens[reading.at]?.text === ")") reading.at += 1;
  return reading.at === tokens.length ? condition : undefined;
}

const lexemes: readonly (readonly [Token["is"], RegExp])[] = [
  ["url", /https?:\/\/[^\s)]+/y],
  ["subject", /\$[a-z-]+|[A-Z][A-Z0-9]{1,2}[-.]\d+(?:\.\d+)*|(?:MSH|PID|ORC|OBR|OBX|PV1|SPM)\b/y],
  ["text", /"[^"]*"|'[^']*'/y],
  ["number", /\d+/y],
  ["sign", /<=|>=|[()=,<>]/y],
  ["word", /[A-Za-z.]+/y],
];

function tokensOf(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === " ") {
      at += 1;
      continue;
    }
    const token = tokenAt(text, at);
    if (token === undefined) return undefined;
    at += token.text.length;
    tokens.push(token.is === "text" ? { is: "text", text: token.text.slice(1, -1) } : plain(token));
  }
  return tokens.filter(({ is, text: word }) => is !== "word" || !noise.has(word));
}

function tokenAt(text: string, at: number): Token | undefined {
  for (const [is, pattern] of lexemes) {
    pattern.lastIndex = at;
    const [found] = pattern.exec(text) ?? [];
    if (found !== undefined) return { is, text: found };
  }
  return undefined;
}

function plain({ is, text }: Token): Token {
  return { is, text: is === "word" ? text.toUpperCase() : text };
}

/** Words that change nothing: `IS IN` is `IN`, `NOT EQUAL TO` is `NOT EQUAL`. */
const noise = new Set(["IF", "IS", "ARE", "TO", "THAN", "DOES"]);

interface Reading {
  readonly tokens: readonly Token[];
  at: number;
  /** What the next test without a subject is about. */
  subject: string;
}

function readAny(reading: Reading): Condition | undefined {
  return readJoined(reading, { word: "OR", is: "any", readOne: readAll });
}

function readAll(reading: Reading): Condition | undefined {
  return readJoined(reading, { word: "AND", is: "all", readOne: readOne });
}

interface Joining {
  readonly word: "AND" | "OR";
  readonly is: "all" | "any";
  readOne(reading: Reading): Condition | undefined;
}

function readJoined(reading: Reading, { word, is, readOne: readPart }: Joining): Condition | undefined {
  const first = readPart(reading);
  if (first === undefined) return undefined;
  const parts = [first];
  while (takeWord(reading, word) || (word === "AND" && startsTest(reading))) {
    const next = readPart(reading);
    if (next === undefined) return undefined;
    parts.push(next);
  }
  return parts.length === 1 ? first : { is, of: parts };
}

/** A test right behind another, without a word between: `IS VALUED NOT EQUAL PID-12`. */
function startsTest({ tokens, at }: Reading): boolean {
  const token = tokens[at];
  return token?.is === "subject" || (token?.is === "word" && token.text === "NOT");
}

function readOne(reading: Reading): Condition | undefined {
  if (takeSign(reading, "(")) {
    const inner = readAny(reading);
    takeSign(reading, ")");
    return inner;
  }
  const shared = readSubjects(reading);
  if (shared === undefined) return readTest(reading);
  const start = reading.at;
  const conditions = shared.subjects.map((subject) => {
    reading.at = start;
    reading.subject = subject;
    return readTest(reading);
  });
  if (conditions.some((condition) => condition === undefined)) return undefined;
  const of = conditions.filter((condition) => condition !== undefined);
  return of.length === 1 ? of[0] : { is: shared.joined, of };
}

interface SharedSubjects {
  readonly subjects: readonly string[];
  readonly joined: "all" | "any";
}

/** `PRT-5 OR PRT-6 VALUED` is one test of two subjects. */
function readSubjects(reading: Reading): SharedSubjects | undefined {
  const first = takeSubject(reading);
  if (first === undefined) return undefined;
  const subjects = [first];
  let joined: "all" | "any" = "all";
  for (;;) {
    const [word, next] = [reading.tokens[reading.at], reading.tokens[reading.at + 1]];
    if (word?.is !== "word" || (word.text !== "AND" && word.text !== "OR") || next?.is !== "subject") break;
    joined = word.text === "OR" ? "any" : "all";
    subjects.push(next.text);
    reading.at += 2;
  }
  return { subjects, joined };
}

function readTest(reading: Reading): Condition | undefined {
  if (takeWord(reading, "NOT")) {
    const of = readTest(reading);
    return of && { is: "not", of };
  }
  const { subject } = reading;
  if (takeWord(reading, "VALUED") || takeWord(reading, "VALUE") || takeWord(reading, "EXIST")) {
    return { is: "valued", subject };
  }
  if (takeWord(reading, "EMPTY")) return { is: "not", of: { is: "valued", subject } };
  if (takeWord(reading, "COUNT") || takeWord(reading, "LST.COUNT")) return readNumber(reading, "count");
  if (takeWord(reading, "LENGTH")) return readNumber(reading, "length");
  if (takeWord(reading, "IN")) return readList(reading);
  if (takeSign(reading, "=") || takeWord(reading, "EQUALS") || takeWord(reading, "EQUAL")) return readEqual(reading);
  return readEqual(reading);
}

function readEqual(reading: Reading): Condition | undefined {
  const operand = takeOperand(reading);
  return operand && { is: "in", subject: reading.subject, values: [operand] };
}

function readList(reading: Reading): Condition | undefined {
  const { subject } = reading;
  const url = reading.tokens[reading.at];
  if (url?.is === "url") {
    reading.at += 1;
    return { is: "registered", subject, registry: url.text };
  }
  const values: Operand[] = [];
  takeSign(reading, "(");
  for (let operand = takeOperand(reading); operand !== undefined; operand = takeOperand(reading)) {
    values.push(operand);
    takeSign(reading, ",");
  }
  return takeSign(reading, ")") && values.length > 0 ? { is: "in", subject, values } : undefined;
}

const signs: Readonly<Record<string, Sign>> = {
  GREATER: ">",
  ">": ">",
  "LESS OR EQUALS": "<=",
  "<=": "<=",
  EQUALS: "=",
  "=": "=",
};

function readNumber(reading: Reading, is: "count" | "length"): Condition | undefined {
  const words: string[] = [];
  while (reading.tokens[reading.at]?.is === "word" || reading.tokens[reading.at]?.is === "sign") {
    words.push(reading.tokens[reading.at]?.text ?? "");
    reading.at += 1;
  }
  const sign = signs[words.join(" ")];
  const number = reading.tokens[reading.at];
  if (sign === undefined || number?.is !== "number") return undefined;
  reading.at += 1;
  return { is, subject: reading.subject, sign, number: Number(number.text) };
}

function takeOperand(reading: Reading): Operand | undefined {
  const token = reading.tokens[reading.at];
  if (token?.is !== "text" && token?.is !== "subject") return undefined;
  reading.at += 1;
  return token.is === "text" ? { text: token.text } : { subject: token.text };
}

function takeSubject(reading: Reading): string | undefined {
  const token = reading.tokens[reading.at];
  if (token?.is !== "subject") return undefined;
  reading.at += 1;
  return token.text;
}

function takeWord(reading: Reading, word: string): boolean {
  const token = reading.tokens[reading.at];
  if (token?.is !== "word" || token.text !== word) return false;
  reading.at += 1;
  return true;
}

function takeSign(reading: Reading, sign: string): boolean {
  const token = reading.tokens[reading.at];
  if (token?.is !== "sign" || token.text !== sign) return false;
  reading.at += 1;
  return true;
}
