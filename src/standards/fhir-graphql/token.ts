/** Source: GraphQL (October 2021) §2.1. */
export interface Token {
  readonly is: "punctuator" | "name" | "int" | "float" | "string" | "end" | "wrong";
  /** Of a string its value; of what is wrong, a sentence without full stop. */
  readonly text: string;
  /** Where it starts in the text. */
  readonly at: number;
}

/** White space, commas, comments and a byte order mark, which say nothing. */
const ignored = /(?:[\t\n\r ,\uFEFF]|#[^\n\r]*)*/y;
const punctuator = /\.\.\.|[!$&():=@[\]{|}]/y;
const name = /[_A-Za-z][_0-9A-Za-z]*/y;
const number = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?(?![.\w])/y;
const blockString = /"""((?:\\"""|[^"]|"{1,2}(?!"))*)"""/y;
const string = /"((?:[^"\\\n\r]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}))*)"/y;

/** The token at or behind `from`, and where it ends. */
export function tokenAt(text: string, from: number): { readonly token: Token; readonly end: number } {
  const at = from + (matchAt(ignored, text, from)?.[0].length ?? 0);
  if (at >= text.length) return { token: { is: "end", text: "", at }, end: at };
  const plain = plainToken(text, at);
  if (plain !== undefined) return plain;
  const block = matchAt(blockString, text, at);
  const quoted = block ?? matchAt(string, text, at);
  if (quoted !== null) {
    const inside = quoted[1] ?? "";
    const value = block === null ? withoutEscapes(inside) : blockText(inside);
    if (value !== undefined) return { token: { is: "string", text: value, at }, end: at + quoted[0].length };
  }
  const message =
    text.charAt(at) === '"' ? "A string is not well-formed" : "Something stands here that GraphQL does not have";
  return { token: { is: "wrong", text: message, at }, end: text.length };
}

function plainToken(text: string, at: number): { readonly token: Token; readonly end: number } | undefined {
  for (const [is, pattern] of [
    ["punctuator", punctuator],
    ["name", name],
  ] as const) {
    const found = matchAt(pattern, text, at);
    if (found !== null) return { token: { is, text: found[0], at }, end: at + found[0].length };
  }
  const found = matchAt(number, text, at);
  if (found === null) return undefined;
  const is = found[1] === undefined && found[2] === undefined ? "int" : "float";
  return { token: { is, text: found[0], at }, end: at + found[0].length };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** Undefined where a number names no character. */
function withoutEscapes(text: string): string | undefined {
  let isWrong = false;
  const value = text.replaceAll(/\\(?:u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|(.))/g, (_all, long, short, letter) => {
    if (letter !== undefined) return escapes[letter] ?? letter;
    const code = Number.parseInt(long ?? short, 16);
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    isWrong = true;
    return "";
  });
  return isWrong || !value.isWellFormed() ? undefined : value;
}

/** Without the indent that all lines but the first share, and without blank lines at both ends. Source: §2.9.4. */
function blockText(source: string): string {
  const lines = source.replaceAll('\\"""', '"""').split(/\r\n|[\n\r]/);
  const indents = lines.slice(1).flatMap((line) => (/\S/.test(line) ? [line.search(/[^\t ]/)] : []));
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  const cut = lines.map((line, index) => (index === 0 ? line : line.slice(indent)));
  while (cut.length > 0 && !/\S/.test(cut[0] ?? "")) cut.shift();
  while (cut.length > 0 && !/\S/.test(cut.at(-1) ?? "")) cut.pop();
  return cut.join("\n");
}
