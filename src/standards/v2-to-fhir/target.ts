import { type ElementDefinition, isPrimitiveType, isResourceType, jsonKey, shapeOf } from "#standards/fhir";

/** One step of a target: `performer[1](PractitionerRole…)` goes through a reference into another resource. */
interface TargetStep {
  readonly name: string;
  /** What tells entries of a list apart: `1`, `each`; empty where nothing does. */
  readonly index: string;
  /** The type in brackets. */
  readonly type: string;
}

/** A target worked out against R4. */
export interface Target {
  /** From the resource or element that the map is about, to the one that holds the value. */
  readonly way: readonly Way[];
  /** The last step; absent for `$this` and `$value`, the element itself. */
  readonly last: Way | undefined;
  /** Which sibling of the element a data type map writes: `[2].given` is of the second name. Empty: the first. */
  readonly sibling: string;
}

export interface Way {
  readonly is: "element" | "beside" | "resource";
  readonly key: string;
  readonly isList: boolean;
  readonly index: string;
  /** A repetition of the field is an entry of its own in this list. */
  readonly repeats: boolean;
  /** The R4 type of what is there: `HumanName`, `code`, `Patient.contact`; for `resource`, of the resource. */
  readonly type: string;
  readonly codes: readonly string[] | undefined;
}

/** Undefined when R4 has no such element, or the text is no target. */
export function targetOf(text: string, shape: string): Target | undefined {
  const [, sibling = "", path = ""] = /^(?:\[([^\]]*)\]\.?)?(.*)$/.exec(text) ?? [];
  if (path === "$this" || path === "$value" || path === "") return { way: [], last: undefined, sibling };
  const steps = stepsOf(path);
  const ways = steps && waysOf(steps, shape);
  if (ways === undefined) return undefined;
  const indexed = ways.findIndex(({ isList, index }) => isList && index !== "");
  const repeated = indexed === -1 && ways.at(-1)?.isList === true ? ways.length - 1 : indexed;
  const marked = ways.map((way, at) => ({ ...way, repeats: at === repeated }));
  return { way: marked.slice(0, -1), last: marked.at(-1), sibling };
}

function stepsOf(path: string): readonly TargetStep[] | undefined {
  const steps: TargetStep[] = [];
  const step = /\.?([A-Za-z]+)(?:\[([^\]]*)\])?(?:\(([A-Z][A-Za-z]*)(?:\[[^\]]*\])?)?\)*/y;
  while (step.lastIndex < path.length) {
    const [, name, index = "", type = ""] = step.exec(path) ?? [];
    if (name === undefined) return undefined;
    steps.push({ name, index, type });
  }
  return steps;
}

function waysOf(steps: readonly TargetStep[], start: string): readonly Way[] | undefined {
  const ways: Way[] = [];
  let shape = start;
  for (const step of steps) {
    const found = elementOf(shape, step.name);
    if (found === undefined) return undefined;
    const isLast = ways.length === steps.length - 1;
    const way = wayOf(step, { ...found, isLast });
    ways.push(way);
    shape = way.is === "beside" ? "Element" : way.type;
  }
  return ways;
}

interface Found {
  readonly element: ElementDefinition;
  readonly key: string;
  readonly type: string;
  readonly isLast: boolean;
}

function wayOf({ index, type: named }: TargetStep, { element, key, type, isLast }: Found): Way {
  const isResource = type === "Reference" && isResourceType(named);
  const isBeside = !isLast && isPrimitiveType(type);
  return {
    is: isResource ? "resource" : isBeside ? "beside" : "element",
    key,
    isList: element.max > 1,
    index,
    repeats: false,
    type: isResource ? named : type,
    codes: element.codes?.codes,
  };
}

/** By the name in JSON, `valueQuantity`, or the only type of a choice. */
function elementOf(shapeName: string, name: string): Omit<Found, "isLast"> | undefined {
  for (const element of shapeOf(shapeName)?.elements ?? []) {
    for (const { name: type } of element.types) {
      const key = jsonKey(element, type);
      if (key === name || (element.name === name && !element.choice)) return { element, key, type: plainType(type) };
    }
  }
  return undefined;
}

/** `http://hl7.org/fhirpath/System.String`, the type of ids and urls, is a string. */
function plainType(type: string): string {
  return type.includes("/") ? "string" : type;
}

/** What a map makes: `Identifier` of `EI[Identifier-System]`, `MessageHeader.source` of `HD[MessageHeader.source-name]`. */
export function madeBy(map: string): string {
  const [, made = "", inner = ""] = /\[([A-Za-z]+)(\.[a-z]+)?/.exec(map) ?? [];
  return made === "Extension" ? "DomainResource" : map.includes("udiCarrier") ? "Device.udiCarrier" : made + inner;
}

/** What a map starts from: `CX` of `CX[Identifier]`. */
export function madeFrom(map: string): string {
  return /^[A-Z0-9]+/.exec(map)?.[0] ?? "";
}
