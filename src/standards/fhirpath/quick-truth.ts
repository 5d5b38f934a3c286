import type { Json } from "#kernel";
import { textOfExternal } from "./external.ts";
import { isPrimitive } from "./model.ts";
import { anyOf, noValue, onlyOf, type QuickTest, quickPath } from "./quick-path.ts";
import type { BinarySyntax, CallSyntax, Syntax } from "./syntax.ts";

/**
 * A condition made ready to be asked of the JSON itself, for one type: most invariants are of this kind, and every write asks
 * dozens. Means the same as the long way. What it does not cover, `otherwise` makes ready; undefined where that does not either.
 */
export function quickTruth(
  syntax: Syntax,
  type: string,
  otherwise?: (syntax: Syntax) => QuickTest,
): QuickTest | undefined {
  return quickPart(syntax, type, otherwise) ?? otherwise?.(syntax);
}

function quickPart(syntax: Syntax, type: string, otherwise?: (syntax: Syntax) => QuickTest): QuickTest | undefined {
  if (syntax.is === "member") return booleanMember(syntax, type);
  if (syntax.is === "binary") return quickBinary(syntax, type, otherwise);
  if (syntax.is !== "call") return undefined;
  if (syntax.name !== "not" || syntax.args.length > 0 || syntax.base === undefined) return quickCall(syntax, type);
  const inner = isTruth(syntax.base) ? quickTruth(syntax.base, type) : undefined;
  return inner && ((value) => not(inner(value)));
}

function not(truth: boolean | undefined): boolean | undefined {
  return truth === undefined ? undefined : !truth;
}

/** Gives true or false, or nothing: never an element that counts as true by being there. */
function isTruth(syntax: Syntax): boolean {
  if (syntax.is === "call") return ["not", "exists", "empty", "all", "hasValue"].includes(syntax.name);
  return syntax.is === "binary" && ["and", "or", "xor", "implies", "=", "!=", "in"].includes(syntax.operator);
}

function booleanMember(syntax: Syntax, type: string): QuickTest | undefined {
  const path = quickPath(syntax, type, quickTruth);
  const read = path?.type === "boolean" ? onlyOf(path) : undefined;
  if (read === undefined) return undefined;
  return (value) => {
    const found = read(value as Json);
    return found === undefined ? undefined : found !== false;
  };
}

function quickCall({ base, name, args }: CallSyntax, type: string): QuickTest | undefined {
  const from: Syntax = base ?? { is: "this", at: 0 };
  const path = quickPath(from, type, quickTruth);
  const [arg] = args;
  if (path === undefined || (arg !== undefined && path.type === "")) return undefined;
  if (name === "empty" && arg === undefined) {
    const any = anyOf(path, () => true);
    return (value) => !any(value as Json);
  }
  if (name === "hasValue" && arg === undefined) return hasValue(path.type, onlyOf(path));
  if ((name !== "exists" && name !== "all") || (name === "all" && arg === undefined) || args.length > 1)
    return undefined;
  const criterion = arg === undefined ? () => true : quickTruth(arg, path.type);
  if (criterion === undefined) return undefined;
  if (name === "exists") return anyOf(path, (value) => criterion(value) === true) as QuickTest;
  const anyNot = anyOf(path, (value) => criterion(value) !== true);
  return (value) => !anyNot(value as Json);
}

function hasValue(type: string, read: ReturnType<typeof onlyOf>): QuickTest | undefined {
  if (read === undefined || !isPrimitive(type)) return undefined;
  return (value) => {
    const found = read(value as Json);
    return found !== undefined && found !== noValue;
  };
}

function quickBinary(
  { operator, left, right }: BinarySyntax,
  type: string,
  otherwise?: (syntax: Syntax) => QuickTest,
): QuickTest | undefined {
  if (operator === "=" || operator === "!=") {
    const equal = quickEqual(left, right, type);
    return operator === "=" || equal === undefined ? equal : (value) => not(equal(value));
  }
  if (operator === "in") return quickIn(left, right, type);
  if (operator !== "and" && operator !== "or" && operator !== "xor" && operator !== "implies") return undefined;
  const first = quickTruth(left, type, otherwise);
  const second = quickTruth(right, type, otherwise);
  return first === undefined || second === undefined ? undefined : logic(operator, first, second);
}

function logic(operator: "and" | "or" | "xor" | "implies", left: QuickTest, right: QuickTest): QuickTest {
  switch (operator) {
    case "and":
      return (value) => {
        const first = left(value);
        if (first === false) return false;
        const second = right(value);
        return second === false ? false : first === undefined ? undefined : second;
      };
    case "or":
      return (value) => {
        const first = left(value);
        if (first === true) return true;
        const second = right(value);
        return second === true ? true : first === undefined ? undefined : second;
      };
    case "xor":
      return (value) => {
        const [first, second] = [left(value), right(value)];
        return first === undefined || second === undefined ? undefined : first !== second;
      };
    case "implies":
      return (value) => {
        const first = left(value);
        if (first === false) return true;
        const second = right(value);
        return second === true ? true : first === undefined ? undefined : second;
      };
  }
}

function quickEqual(left: Syntax, right: Syntax, type: string): QuickTest | undefined {
  if (isTruth(left) && isTruth(right)) {
    const [first, second] = [quickTruth(left, type), quickTruth(right, type)];
    if (first === undefined || second === undefined) return undefined;
    return (value) => {
      const [one, other] = [first(value), second(value)];
      return one === undefined || other === undefined ? undefined : one === other;
    };
  }
  const wanted = plainLiteral(right);
  const read = wanted === undefined ? undefined : readerOf(left, type, typeof wanted);
  if (read === undefined) return undefined;
  return (value) => {
    const found = read(value as Json);
    return found === undefined ? undefined : found === wanted;
  };
}

function quickIn(left: Syntax, right: Syntax, type: string): QuickTest | undefined {
  const wanted = literalsOf(right);
  const read = wanted === undefined ? undefined : readerOf(left, type, "string");
  if (read === undefined || wanted === undefined) return undefined;
  return (value) => {
    const found = read(value as Json);
    return found === undefined ? undefined : wanted.has(found as Json);
  };
}

/** Types whose values are equal where their JSON is. */
const plainTypes: Readonly<Record<string, readonly string[]>> = {
  boolean: ["boolean"],
  number: ["integer", "positiveInt", "unsignedInt", "decimal"],
  string: ["string", "code", "id", "uri", "url", "canonical", "oid", "uuid", "markdown"],
};

function readerOf(syntax: Syntax, type: string, wanted: string): ReturnType<typeof onlyOf> {
  const path = quickPath(syntax, type, quickTruth);
  return path !== undefined && plainTypes[wanted]?.includes(path.type) === true ? onlyOf(path) : undefined;
}

function plainLiteral(syntax: Syntax): string | number | boolean | undefined {
  if (syntax.is === "external") return textOfExternal(syntax.name);
  return syntax.is === "literal" && typeof syntax.value !== "object" ? syntax.value : undefined;
}

/** `'a' | 'b'`, texts alone. */
function literalsOf(syntax: Syntax): ReadonlySet<Json> | undefined {
  if (syntax.is === "literal") return typeof syntax.value === "string" ? new Set([syntax.value]) : undefined;
  if (syntax.is !== "binary" || syntax.operator !== "|") return undefined;
  const [left, right] = [literalsOf(syntax.left), literalsOf(syntax.right)];
  return left && right && new Set([...left, ...right]);
}
