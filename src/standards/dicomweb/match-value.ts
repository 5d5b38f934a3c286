import { failed, incorrect, limits, ok, type Problem, type Result, unsupported } from "#kernel";
import { vrNamed } from "#standards/dicom";
import type { AttributePath } from "./attribute-path.ts";

/** What the value of an attribute is compared with. Source: PS3.4 §C.2.2.2. */
export type Match =
  | { readonly is: "one-of"; readonly values: readonly string[] }
  /** `*` stands for any characters, `?` for one. */
  | { readonly is: "wildcard"; readonly pattern: string }
  /** Both ends are included; one may be open. */
  | { readonly is: "range"; readonly from?: string; readonly to?: string }
  /** Has no value. */
  | { readonly is: "empty" };

/** VRs in whose values `*` and `?` stand for others. Source: PS3.4 §C.2.2.2.4. */
const wild: ReadonlySet<string> = new Set(["AE", "CS", "LO", "LT", "PN", "SH", "ST", "UC", "UR", "UT"]);

const dateForm = /^\d{8}$|^\d{4}(?:\d{2})?$/;
const timeForm = /^\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,6})?)?)?$/;
const dateTimeForm =
  /^\d{4}(?:\d{2}(?:\d{2}(?:\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,6})?)?)?)?)?)?(?:[+-](?:0\d|1[0-4])[0-5]\d)?$/;

/**
 * How a value of a query matches; `any` where everything does, as an empty one. Problems: `value-invalid`, `values-too-many`,
 * `attribute-not-matched` (unsupported: sequences and bytes). Source: PS3.18 §8.3.4.1; PS3.4 §C.2.2.2.
 */
export function parseMatch({ vr, text }: AttributePath, value: string): Result<Match | "any"> {
  const content = vrNamed(vr).content;
  if (value === "" || (value === "*" && wild.has(vr))) return ok("any");
  if (value === '""') return ok({ is: "empty" });
  if (content === "sequence" || content === "bytes") {
    const message = `${text} has no value to be compared; name an attribute within it.`;
    return failed(unsupported("attribute-not-matched", message, { where: text }));
  }
  switch (vr) {
    case "DA":
      return rangeOf(text, { value: value.replace(/(\d{4})\.(\d{2})\.(\d{2})/g, "$1$2$3"), form: dateForm });
    case "TM":
      return rangeOf(text, { value: value.replace(/(\d{2}):(\d{2})/g, "$1$2").replaceAll(":", ""), form: timeForm });
    case "DT":
      return rangeOf(text, { value, form: dateTimeForm });
    case "UI":
      return listOf(text, value.split(/[\\,]/), /^[0-9.]{1,64}$/);
    case "AT":
      return listOf(text, value.split("\\"), /^[0-9A-Fa-f]{8}$/);
    default:
      return content === "number" || vr === "IS" || vr === "DS"
        ? listOf(text, value.split("\\"), /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/)
        : textMatch({ vr, text }, value);
  }
}

function textMatch({ vr, text }: { readonly vr: string; readonly text: string }, value: string): Result<Match> {
  const values = vrNamed(vr).isMultiple ? value.split("\\") : [value];
  const isWild = wild.has(vr) && /[*?]/.test(value);
  if (!isWild) return listOf(text, values);
  if (values.length === 1) return ok({ is: "wildcard", pattern: value });
  const message = "Several values have no wildcards among them.";
  return failed(unsupported("value-invalid", message, { where: text }));
}

function listOf(where: string, values: readonly string[], form?: RegExp): Result<Match> {
  const trimmed = values.map((value) => value.trim()).filter((value) => value !== "");
  if (trimmed.length > limits.queryValuesMax) {
    const message = `A query has ${limits.queryValuesMax} values of an attribute at most.`;
    return failed(incorrect("values-too-many", message, { where }));
  }
  if (trimmed.some((value) => form?.test(value) === false)) return failed(invalid(where));
  return ok({ is: "one-of", values: trimmed });
}

/** A hyphen parts both ends, and begins what is left of UTC. */
function rangeOf(where: string, { value, form }: { readonly value: string; readonly form: RegExp }): Result<Match> {
  if (form.test(value)) return ok({ is: "one-of", values: [value] });
  for (let at = value.indexOf("-"); at !== -1; at = value.indexOf("-", at + 1)) {
    const from = value.slice(0, at).trim();
    const to = value.slice(at + 1).trim();
    const isRange = (from !== "" || to !== "") && [from, to].every((end) => end === "" || form.test(end));
    if (isRange) return ok({ is: "range", ...(from === "" ? {} : { from }), ...(to === "" ? {} : { to }) });
  }
  return value.includes("\\") ? listOf(where, value.split("\\"), form) : failed(invalid(where));
}

function invalid(where: string): Problem {
  return incorrect("value-invalid", `The value of ${where} is none that the attribute may have.`, { where });
}
