import { limits } from "#kernel";
import {
  type EclCardinality,
  type EclExpression,
  type EclRefinement,
  type EclValue,
  eclComparisons,
} from "./expression.ts";
import type { EclReader } from "./reader.ts";

/** How an operand is read; given by the parser, as the two need each other. */
type ReadOperand = (reader: EclReader, depth: number) => EclExpression;

interface Place {
  readonly depth: number;
  readonly operand: ReadOperand;
  /** Inside `{ … }`, which has no groups in it. */
  readonly isInGroup: boolean;
}

export function readRefinement(reader: EclReader, depth: number, operand: ReadOperand): EclRefinement {
  return readParts(reader, { depth, operand, isInGroup: false });
}

function readParts(reader: EclReader, place: Place): EclRefinement {
  const first = readPart(reader, place);
  for (const is of ["and", "or"] as const) {
    const of = [first];
    while (reader.takesConnective(is)) of.push(readPart(reader, place));
    if (of.length === 1) continue;
    if (reader.takesConnective("and") || reader.takesConnective("or"))
      reader.fault("AND and OR beside each other need brackets");
    return { is, of };
  }
  return first;
}

function readPart(reader: EclReader, place: Place): EclRefinement {
  if (place.depth > limits.eclDepthMax) reader.fault(`Brackets stand within ${limits.eclDepthMax} others at most`);
  const start = reader.place;
  const cardinality = readCardinality(reader);
  if (reader.takes("{")) {
    if (place.isInGroup) reader.fault("A group has no groups in it");
    const of = readParts(reader, { ...place, depth: place.depth + 1, isInGroup: true });
    reader.needs("}");
    return { is: "group", cardinality: cardinality ?? atLeastOne, of };
  }
  if (cardinality === undefined && reader.sees("(")) {
    const inner = bracketed(reader, place);
    if (inner !== undefined) return inner;
    reader.backTo(start);
  }
  return readAttribute(reader, place, cardinality ?? atLeastOne);
}

/** Brackets around conditions; undefined where they are around the name of an attribute. */
function bracketed(reader: EclReader, place: Place): EclRefinement | undefined {
  const start = reader.place;
  const name = nameBefore(reader, place);
  reader.backTo(start);
  if (name) return undefined;
  reader.needs("(");
  const inner = readParts(reader, { ...place, depth: place.depth + 1 });
  reader.needs(")");
  return inner;
}

/** Whether an operand comes next that a comparison follows. */
function nameBefore(reader: EclReader, { depth, operand }: Place): boolean {
  try {
    operand(reader, depth + 1);
    return eclComparisons.some((comparison) => reader.sees(comparison));
  } catch {
    return false;
  }
}

const atLeastOne: EclCardinality = { min: 1, max: undefined };

function readCardinality(reader: EclReader): EclCardinality | undefined {
  const text = reader.takesMatch(/\[\s*\d{1,4}\s*\.\.\s*(?:\d{1,4}|\*)\s*\]/y);
  if (text === undefined)
    return reader.sees("[") ? reader.fault("A cardinality is written [1..3] or [0..*]") : undefined;
  const [min = "", max = ""] = text.slice(1, -1).split("..");
  const most = max.trim() === "*" ? undefined : Number(max);
  if (most !== undefined && most < Number(min)) reader.fault("The least of a cardinality is above its most");
  return { min: Number(min), max: most };
}

function readAttribute(reader: EclReader, place: Place, cardinality: EclCardinality): EclRefinement {
  const { depth, operand } = place;
  const isReversed = reader.takesMatch(/R(?![A-Za-z])/y) !== undefined;
  const name = operand(reader, depth + 1);
  const value = readValue(reader, (inner) => operand(inner, depth + 1));
  if (isReversed && (place.isInGroup || value.is !== "concepts")) reader.fault("R is of concepts, outside of groups");
  const isCounted = cardinality.min > 1 || (cardinality.max ?? 0) > 0;
  if (isReversed && isCounted) reader.refuse("how often something is referred to");
  return { is: "attribute", cardinality, isReversed, name, value };
}

function readValue(reader: EclReader, operand: (reader: EclReader) => EclExpression): EclValue {
  const comparison = reader.takesOne(eclComparisons);
  if (comparison === undefined) return reader.fault("Behind the name of an attribute must be a comparison");
  if (reader.takes("#")) {
    const number = reader.takesMatch(/[+-]?\d+(?:\.\d+)?/y) ?? reader.fault("Behind # must be a number");
    return { is: "number", comparison, number: Number(number) };
  }
  if (comparison !== "=" && comparison !== "!=") return reader.fault("Only numbers are compared so");
  const isNegated = comparison === "!=";
  const text = reader.takesMatch(/"(?:[^"\\]|\\.)*"/y);
  if (text !== undefined) return { is: "text", isNegated, text: text.slice(1, -1).replace(/\\(.)/g, "$1") };
  const boolean = reader.takesMatch(/(?:true|false)(?![A-Za-z])/iy);
  if (boolean !== undefined) return { is: "boolean", isNegated, boolean: boolean.toLowerCase() === "true" };
  return { is: "concepts", isNegated, of: operand(reader) };
}
