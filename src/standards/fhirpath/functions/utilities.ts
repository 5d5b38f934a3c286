import { shapeOf } from "#standards/fhir";
import { asQuantity } from "../comparison.ts";
import { type Collection, isSystem, type Node, none, one, rootNode } from "../node.ts";
import { plainValue } from "../plain-value.ts";
import { type Evaluate, failUnsupported, type Run } from "../run.ts";
import type { Temporal } from "../temporal.ts";
import { temporalAt } from "../temporal.ts";
import { isComparable } from "../units.ts";
import { booleanOf, singleValue, textOf } from "../values.ts";
import { type FunctionTable, givesBoolean, givesInput, lambdaFunction, valueFunction } from "./rule.ts";

/** Source: FHIRPath 2.0 §5.9 (Utility), §6.5.3 (not), §10.2 (type). */
export const utilityFunctions: FunctionTable = {
  not: valueFunction(
    0,
    (run, input) => {
      const value = booleanOf(run, input);
      return value === undefined ? none : one(!value);
    },
    givesBoolean,
  ),
  trace: lambdaFunction([1, 2], traced, givesInput),
  now: valueFunction(0, (run) => moment(run, "dateTime"), { gives: "System.DateTime" }),
  today: valueFunction(0, (run) => moment(run, "date"), { gives: "System.Date" }),
  timeOfDay: valueFunction(0, (run) => moment(run, "time"), { gives: "System.Time" }),
  type: valueFunction(0, (_, input) => input.map(typeInfo)),
  comparable: valueFunction(1, (run, input, [other = none]) => comparable(run, input, other), givesBoolean),
};

/** The values go to the sink of the environment, and on unchanged. */
function traced(run: Run, input: Collection, [name, projection]: readonly Evaluate[]): Collection {
  const { trace } = run.environment;
  const title = name === undefined ? undefined : textOf(run, name(run, input));
  if (trace !== undefined && title !== undefined) {
    const seen = projection === undefined ? input : input.flatMap((node) => projection(run, [node]));
    trace(title, seen.map(plainValue));
  }
  return input;
}

function moment(run: Run, is: Temporal["is"]): Collection {
  const { now } = run.environment;
  if (now === undefined) return failUnsupported(run, "fhirpath-no-clock", "The time is not known here.");
  const whole = temporalAt(now, 0, 7);
  if (is === "dateTime") return one(whole);
  const parts = is === "date" ? whole.parts.slice(0, 3) : whole.parts.slice(3);
  return one({ is, parts, offsetMinutes: undefined });
}

function typeInfo(node: Node): Node {
  const [namespace, name] = isSystem(node) ? ["System", node.type.slice(7)] : ["FHIR", node.type];
  return rootNode({ namespace, name: shapeOf(name)?.kind === "inner" ? (shapeOf(name)?.base ?? name) : name }, "");
}

function comparable(run: Run, input: Collection, other: Collection): Collection {
  const [left, right] = [singleValue(run, input), singleValue(run, other)];
  if (left === undefined || right === undefined) return none;
  const [first, second] = [asQuantity(left), asQuantity(right)];
  return one(first !== undefined && second !== undefined && isComparable(first, second));
}
