import { failed, incorrect, ok, type Problem, type Result } from "#kernel";
import type { Value } from "./value.ts";

/**
 * NM as a FHIR decimal: the digits as sent, so that `5.0` stays `5.0` and says how well it was measured. A plus sign
 * and leading zeros go, `.5` becomes `0.5`. `number-invalid` otherwise; an exponent is not in NM.
 * Source: HL7 v2.5.1 §2.A.47 (NM); FHIR R4 §2.24.0.1 (decimal).
 */
export function readNumber(value: { readonly text: string; readonly where?: string }): Result<string> {
  const decimal = decimalOf(value.text);
  if (decimal !== undefined) return ok(decimal);
  const place: Pick<Problem, "where"> = value.where === undefined ? {} : { where: value.where };
  return failed(incorrect("number-invalid", "The value is not a decimal number.", place));
}

/**
 * SN, structured numeric. Numbers are decimal texts as from `readNumber`.
 *
 * | sent         | read                                                      |
 * |--------------|-----------------------------------------------------------|
 * | `>^100`      | number, comparator `>`                                    |
 * | `^100^-^200` | range                                                     |
 * | `^1^:^128`   | ratio; `/` likewise                                       |
 * | `^2^+`       | grade, as in two plus                                     |
 *
 * Source: HL7 v2.5.1 §2.A.71 (SN).
 */
export type StructuredNumber =
  | { readonly kind: "number"; readonly comparator: Comparator | undefined; readonly value: string }
  | { readonly kind: "range"; readonly low: string; readonly high: string }
  | { readonly kind: "ratio"; readonly numerator: string; readonly denominator: string; readonly separator: ":" | "/" }
  | { readonly kind: "grade"; readonly value: string };

export type Comparator = "<" | "<=" | ">" | ">=" | "<>" | "=";

const comparators: readonly Comparator[] = ["<", "<=", ">", ">=", "<>", "="];

/** `number-invalid` when the components do not make one of the four. */
export function readStructuredNumber(value: Value): Result<StructuredNumber> {
  const [sign, first, separator, second] = [1, 2, 3, 4].map((number) => value.component(number).text.trim());
  const low = decimalOf(first ?? "");
  const high = second ? decimalOf(second) : undefined;
  const number = low === undefined ? undefined : structured({ sign, low, separator, second, high });
  if (number !== undefined) return ok(number);
  const message = "The value is not a structured number.";
  return failed(incorrect("number-invalid", message, { where: value.where }));
}

interface Components {
  readonly sign: string | undefined;
  readonly low: string;
  readonly separator: string | undefined;
  /** As sent; `high` is absent when it is no number. */
  readonly second: string | undefined;
  readonly high: string | undefined;
}

function structured({ sign, low, separator, second, high }: Components): StructuredNumber | undefined {
  const comparator = comparators.find((known) => known === sign);
  if (separator === "" && second === "" && (sign === "" || comparator !== undefined)) {
    return { kind: "number", comparator, value: low };
  }
  if (sign !== "") return undefined;
  if (separator === "+" && second === "") return { kind: "grade", value: low };
  if (high === undefined) return undefined;
  if (separator === "-") return { kind: "range", low, high };
  if (separator === ":" || separator === "/") return { kind: "ratio", numerator: low, denominator: high, separator };
  return undefined;
}

function decimalOf(text: string): string | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = ""] = match;
  if (whole === "" && fraction === "") return undefined;
  const digits = whole.replace(/^0+(?=\d)/, "") || "0";
  return (sign === "-" ? "-" : "") + digits + (fraction === "" ? "" : `.${fraction}`);
}
