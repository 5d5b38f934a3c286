import type { Condition, Operand } from "./condition.ts";
import { type Source, segmentAt, textOf, valueAt } from "./source.ts";

export type Test = (source: Source) => boolean;

/** A condition made ready to be asked of every message. */
export function testOf(condition: Condition): Test {
  switch (condition.is) {
    case "all": {
      const tests = condition.of.map(testOf);
      return (source) => tests.every((test) => test(source));
    }
    case "any": {
      const tests = condition.of.map(testOf);
      return (source) => tests.some((test) => test(source));
    }
    case "not": {
      const test = testOf(condition.of);
      return (source) => !test(source);
    }
    case "valued":
      return valuedTest(condition.subject);
    case "in":
      return (source) =>
        condition.values.some((value) => operandText(value, source) === subjectText(condition.subject, source));
    case "registered":
      return (source) => /^(?:ISO|UUID|URI|DNS)$/.test(textOf(valueAt(condition.subject, source)?.subcomponent(3)));
    case "count":
      return (source) => compare(countOf(condition.subject, source), condition.sign, condition.number);
    case "length":
      return (source) => compare(subjectText(condition.subject, source).length, condition.sign, condition.number);
  }
}

function valuedTest(subject: string): Test {
  if (/^[A-Z][A-Z0-9]{2}$/.test(subject)) return (source) => segmentAt(subject, source) !== undefined;
  return (source) =>
    subject.startsWith("$") ? subjectText(subject, source) !== "" : valueAt(subject, source)?.isValued === true;
}

function operandText(operand: Operand, source: Source): string {
  return "text" in operand ? operand.text : subjectText(operand.subject, source);
}

function subjectText(subject: string, source: Source): string {
  if (subject.startsWith("$")) return source.settings[subject.slice(1)] ?? "";
  return textOf(valueAt(subject, source));
}

function countOf(subject: string, source: Source): number {
  const [name = "", field = ""] = subject.split("-");
  return segmentAt(name, source)?.repetitions(Number(field)).length ?? 0;
}

function compare(value: number, sign: ">" | "<=" | "=", number: number): boolean {
  if (sign === ">") return value > number;
  return sign === "=" ? value === number : value <= number;
}
