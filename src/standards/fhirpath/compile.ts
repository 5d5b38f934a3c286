import { compileCall } from "./compile-call.ts";
import { compileMember } from "./compile-member.ts";
import { compileBinary, compileSign } from "./compile-operator.ts";
import { compileTypeTest } from "./compile-type.ts";
import { type Compiled, type Compiling, refuse, type Types, thisOnly } from "./compiling.ts";
import { compileExternal } from "./external.ts";
import { none, one } from "./node.ts";
import type { Syntax } from "./syntax.ts";
import { integerOf } from "./values.ts";

/** Turns a part of an expression into a function, for a context of these types. Problems go into `compiling`. */
export function compileSyntax(syntax: Syntax, context: Types, compiling: Compiling): Compiled {
  switch (syntax.is) {
    case "literal": {
      const nodes = one(syntax.value);
      return { evaluate: () => nodes, types: nodes.map(({ type }) => type) };
    }
    case "empty":
      return { evaluate: () => none, types: undefined };
    case "this":
      return { evaluate: thisOnly, types: context };
    case "index":
      return { evaluate: (run) => one(run.index), types: ["System.Integer"] };
    case "total":
      return { evaluate: (run) => run.total, types: undefined };
    case "external":
      return compileExternal(syntax.name);
    case "member":
      return compileMember(syntax, context, compiling);
    case "call":
      return compileCall(syntax, context, compiling);
    case "item":
      return compileItem(syntax, context, compiling);
    case "sign":
      return compileSign(syntax, context, compiling);
    case "type":
      return compileTypeTest(syntax, compiling.compile(syntax.operand, context), compiling);
    case "binary":
      return compileBinary(syntax, context, compiling);
  }
}

function compileItem(
  { base, index, at }: Extract<Syntax, { readonly is: "item" }>,
  context: Types,
  compiling: Compiling,
): Compiled {
  const from = compiling.compile(base, context);
  const place = compiling.compile(index, context);
  if (from.isUnordered === true && compiling.isStrict) {
    return refuse(compiling, at, "an item is taken from items without order");
  }
  return {
    evaluate: (run, items) => {
      const found = integerOf(run, place.evaluate(run, items));
      const node = found === undefined ? undefined : from.evaluate(run, items)[found];
      return node === undefined ? none : [node];
    },
    types: from.types,
  };
}
