import { isResourceType } from "./definitions.ts";
import type { Criterion } from "./search-criterion.ts";
import { type SearchParameter, searchParametersOf } from "./search-parameters.ts";
import { splitEscaped } from "./search-text.ts";
import {
  dateValue,
  nearValue,
  numberValue,
  quantityValue,
  referenceValue,
  stringValue,
  textValue,
  tokenValue,
  typedIdentifier,
} from "./search-value.ts";

/** How values are read; `criterion` gives undefined where one of them has a wrong form. */
export interface Reading {
  readonly expected: string;
  criterion(texts: readonly string[]): Criterion | undefined;
}

export interface Asked {
  /** The type that is searched. */
  readonly type: string;
  readonly parameter: SearchParameter;
  readonly modifier: string | undefined;
  /** How far the wall clock is ahead of UTC where a date states no offset. */
  readonly offsetMinutes: number;
}

type StringModifier = (Criterion & { readonly kind: "string" })["modifier"];

/** Undefined for a modifier that the type of the parameter does not have. */
export function readingOf(asked: Asked): Reading | undefined {
  switch (asked.parameter.type) {
    case "token":
      return tokenReading(asked);
    case "string":
      return stringReading(asked);
    case "reference":
      return referenceReading(asked);
    case "uri":
      return uriReading(asked);
    default:
      return asked.modifier === undefined ? plainReading(asked) : undefined;
  }
}

function eachValue<T>(
  expected: string,
  read: (text: string) => T | undefined,
  criterion: (any: readonly T[]) => Criterion,
): Reading {
  return {
    expected,
    criterion: (texts) => {
      const values = texts.map(read).filter((value) => value !== undefined);
      return values.length === texts.length ? criterion(values) : undefined;
    },
  };
}

const tokenForm = "A token must be written code, system|code, |code or system|.";

function tokenReading({ parameter: { code: parameter }, modifier }: Asked): Reading | undefined {
  switch (modifier) {
    case undefined:
    case "not":
    case "above":
    case "below":
      return eachValue(tokenForm, tokenValue, (any) => ({ kind: "token", parameter, modifier, any }));
    case "text":
      return eachValue("A text must not be empty.", textValue, (any) => ({ kind: "token-text", parameter, any }));
    case "in":
    case "not-in": {
      const negated = modifier === "not-in";
      const expected = "The value must be the address of a value set.";
      return eachValue(expected, textValue, (any) => ({ kind: "token-in", parameter, negated, any }));
    }
    case "of-type": {
      const expected = "The value must be written system|code|value.";
      return eachValue(expected, typedIdentifier, (any) => ({ kind: "token-of-type", parameter, any }));
    }
    default:
      return undefined;
  }
}

function stringReading({ parameter: { code: parameter }, modifier }: Asked): Reading | undefined {
  const known = ["exact", "contains", undefined] as const;
  if (!known.some((candidate) => candidate === modifier)) return undefined;
  return stringReadingBy(
    parameter,
    known.find((candidate) => candidate === modifier),
  );
}

/** `modifier` may also be one that only filters have. */
export function stringReadingBy(parameter: string, modifier: StringModifier): Reading {
  return eachValue("A text must not be empty.", stringValue, (any) => ({ kind: "string", parameter, modifier, any }));
}

const referenceForm = "A reference must be written id, Type/id or as a URL.";

function referenceReading({ parameter: { code: parameter, targets }, modifier }: Asked): Reading | undefined {
  if (modifier === "identifier") {
    return eachValue(tokenForm, tokenValue, (any) => ({ kind: "reference-identifier", parameter, any }));
  }
  if (modifier === undefined || modifier === "above" || modifier === "below") {
    const read = (text: string) => referenceValue(text, targets);
    return eachValue(referenceForm, read, (any) => ({ kind: "reference", parameter, modifier, any }));
  }
  if (!isResourceType(modifier) || (targets.length > 0 && !targets.includes(modifier))) return undefined;
  const read = (text: string) => {
    const value = referenceValue(text, [modifier]);
    return value?.form === "id" && value.types[0] !== modifier ? undefined : value;
  };
  return eachValue(referenceForm, read, (any) => ({ kind: "reference", parameter, modifier: undefined, any }));
}

function uriReading({ parameter: { code: parameter }, modifier }: Asked): Reading | undefined {
  if (modifier !== undefined && modifier !== "above" && modifier !== "below") return undefined;
  return eachValue("A URI must not be empty.", textValue, (any) => ({ kind: "uri", parameter, modifier, any }));
}

function plainReading(asked: Asked): Reading | undefined {
  const { code } = asked.parameter;
  switch (asked.parameter.type) {
    case "date": {
      const expected =
        "A date must be written YYYY, YYYY-MM, YYYY-MM-DD or with time and offset, after a prefix or none.";
      const read = (text: string) => dateValue(text, asked.offsetMinutes);
      return eachValue(expected, read, (any) => ({ kind: "date", parameter: code, any }));
    }
    case "number":
      return eachValue("The value must be a number.", numberValue, (any) => ({ kind: "number", parameter: code, any }));
    case "quantity": {
      const expected = "A quantity must be written number, number|system|code or number||code.";
      return eachValue(expected, quantityValue, (any) => ({ kind: "quantity", parameter: code, any }));
    }
    case "composite":
      return compositeReading(asked);
    case "special":
      if (code === "near") return nearReading;
      return eachValue("The value must not be empty.", textValue, (any) => ({ kind: "special", parameter: code, any }));
    default:
      return undefined;
  }
}

const nearForm = "A place must be written latitude|longitude, or with |distance and |unit behind it.";
const nearReading = eachValue(nearForm, nearValue, (any) => ({ kind: "near", parameter: "near", any }));

function compositeReading({ type, parameter, offsetMinutes }: Asked): Reading {
  const known = searchParametersOf(type);
  const readings = parameter.components.map(({ url }) => {
    const component = known.find((candidate) => candidate.url === url);
    return component && readingOf({ type, parameter: component, modifier: undefined, offsetMinutes });
  });
  const read = (text: string): readonly Criterion[] | undefined => {
    const parts = splitEscaped(text, "$");
    if (parts.length !== readings.length) return undefined;
    const criteria = parts
      .map((part, index) => readings[index]?.criterion([part]))
      .filter((part) => part !== undefined);
    return criteria.length === parts.length ? criteria : undefined;
  };
  const expected = "The values of a composite must be written with $ between them.";
  return eachValue(expected, read, (any) => ({ kind: "composite", parameter: parameter.code, any }));
}
