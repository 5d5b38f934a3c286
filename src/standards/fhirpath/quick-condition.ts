import { failed, isJsonObject, type Json, type JsonObject, ok, type Result } from "#kernel";
import { shapeOf } from "#standards/fhir";
import type { Compiling } from "./compiling.ts";
import { isPrimitive } from "./model.ts";
import { type Collection, rootNode } from "./node.ts";
import type { QuickTest } from "./quick-path.ts";
import { quickTruth } from "./quick-truth.ts";
import { type FhirPathEnvironment, newRun, type Run } from "./run.ts";
import type { Syntax } from "./syntax.ts";
import { booleanOf } from "./values.ts";

/** A condition that is asked of the JSON itself wherever it can be. */
export interface QuickCondition {
  takes(input: unknown): input is JsonObject;
  test(input: JsonObject, environment: FhirPathEnvironment): Result<boolean | undefined>;
}

const yes = ok(true);
const no = ok(false);
const unknown = ok(undefined);

/** What is under way: one evaluation at a time, as nothing here waits. */
interface Asking {
  environment: FhirPathEnvironment;
  run: Run | undefined;
}

/** Undefined where nothing of the condition is for the quick way. */
export function quickConditionOf(syntax: Syntax, type: string, compiling: Compiling): QuickCondition | undefined {
  if (isPrimitive(type)) return undefined;
  let asking: Asking = { environment: {}, run: undefined };
  const test = quickTruth(syntax, type, (part) => longWay(part));
  if (test === undefined) return undefined;

  /** The parts between `and`, `or` and the like that need nodes; asked only where the others do not decide. */
  function longWay(part: Syntax): QuickTest {
    const { evaluate } = compiling.compile(part, [type]);
    return (value) => {
      const root: Collection = asking.run?.root ?? [rootNode(value as Json, type)];
      asking.run ??= newRun(root, asking.environment);
      return booleanOf(asking.run, evaluate(asking.run, root));
    };
  }

  const isResource = shapeOf(type)?.kind === "resource";
  return {
    takes: (input): input is JsonObject =>
      isJsonObject(input) && (isResource ? input.resourceType === type : input.resourceType === undefined),
    test: (input, environment) => {
      // A condition may come to ask itself by `conformsTo()` or the like.
      const before = asking;
      asking = { environment, run: undefined };
      const truth = test(input);
      const problem = asking.run?.problem;
      asking = before;
      if (problem !== undefined) return failed(problem);
      return truth === undefined ? unknown : truth ? yes : no;
    },
  };
}
