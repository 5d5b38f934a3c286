import { type Compiled, type Compiling, refuse } from "./compiling.ts";
import { isCastable, isOfType, typeTest } from "./model.ts";
import { none, one } from "./node.ts";
import { fail, single } from "./run.ts";
import type { TypeName } from "./syntax.ts";

interface Asked {
  readonly operator: "is" | "as" | "ofType";
  readonly type: TypeName;
  readonly at: number;
}

/**
 * `as` of several items is a problem only where the compilation is strict: R4's own invariants and search parameters
 * write it for `ofType`. Source: FHIRPath 2.0 §6.3 (Types), FHIR R4 dom-3.
 */
export function compileTypeTest({ operator, type, at }: Asked, input: Compiled, compiling: Compiling): Compiled {
  const test = typeTest(type);
  if (test === undefined) return refuse(compiling, at, `there is no type ${type.name}`);
  const { evaluate } = input;
  if (operator === "is") {
    return {
      evaluate: (run, context) => {
        const node = single(run, evaluate(run, context));
        return node === undefined ? none : one(isOfType(node.type, test));
      },
      types: ["System.Boolean"],
    };
  }
  const isSingle = operator === "as" && compiling.isStrict;
  return {
    evaluate: (run, context) => {
      const items = evaluate(run, context);
      if (isSingle && items.length > 1) {
        return fail(run, "fhirpath-single-expected", "`as` takes one item, and there are several.");
      }
      return items.filter((node) => isCastable(node.type, test));
    },
    types: test.fhir === undefined ? [test.system ?? ""] : test.system === undefined ? [test.fhir] : undefined,
  };
}
