import type { PrimitiveForm } from "./element-plan.ts";

export interface PrimitiveValue {
  readonly value: string | number | boolean;
  /** The text of a number that JavaScript would write differently. */
  readonly written?: string;
}

export type PrimitiveRead =
  | ({ readonly ok: true } & PrimitiveValue)
  | { readonly ok: false; readonly expected: string };

/** The number texts of JSON, which are those of FHIR. Source: RFC 8259 §6; FHIR R4 §2.24.0.1. */
const numberPattern = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/** Of short whole numbers it is known that JavaScript writes them as they stand. */
const plainNumber = /^[1-9][0-9]{0,8}$/;

/** The JSON value of a `value` attribute, or what it should have been. */
export function readPrimitive(text: string, { json }: PrimitiveForm): PrimitiveRead {
  switch (json) {
    case "string":
      return { ok: true, value: text };
    case "boolean":
      if (text === "true" || text === "false") return { ok: true, value: text === "true" };
      return { ok: false, expected: "true or false" };
    case "number":
      return readNumber(text);
  }
}

function readNumber(text: string): PrimitiveRead {
  const value = Number(text);
  if (plainNumber.test(text)) return { ok: true, value };
  if (!numberPattern.test(text)) return { ok: false, expected: "a number" };
  if (!Number.isFinite(value)) return { ok: false, expected: "a number that a computer's arithmetic holds" };
  return String(value) === text ? { ok: true, value } : { ok: true, value, written: text };
}
