import { failed, incorrect, ok, type Result } from "#kernel";
import type { Coding } from "#standards/terminology";
import { type Canonical, parseCanonical } from "../definitions/canonical.ts";
import type { InParameters } from "./in-parameters.ts";

/**
 * The codes an operation is about: `coding`, `codeableConcept`, or `code` with `system`. Problems: incorrect
 * `parameter-missing`.
 */
export function codingsAsked(given: InParameters, systemIfNone?: Canonical): Result<readonly Coding[]> {
  const code = given.text("code");
  const codings = [...given.codings("coding"), ...given.concept("codeableConcept")];
  if (code !== undefined) codings.push(bareCoding(given, code));
  if (codings.length === 0) {
    return failed(
      incorrect("parameter-missing", "Say which code: code, coding or codeableConcept.", { where: "code" }),
    );
  }
  if (systemIfNone === undefined) return ok(codings);
  const { url, version } = systemIfNone;
  const own = version === undefined ? { system: url } : { system: url, version };
  return ok(codings.map((coding) => (coding.system === undefined ? { ...own, ...coding } : coding)));
}

function bareCoding(given: InParameters, code: string): Coding {
  const system = given.text("system");
  const version = given.text("systemVersion") ?? given.text("version");
  const display = given.text("display");
  return {
    code,
    ...(system === undefined ? {} : { system }),
    ...(version === undefined ? {} : { version }),
    ...(display === undefined ? {} : { display }),
  };
}

/** Problems: incorrect `parameter-missing`. */
export function needed(given: InParameters, name: string): Result<string> {
  const value = given.text(name);
  if (value !== undefined) return ok(value);
  return failed(incorrect("parameter-missing", `This operation needs the parameter ${name}.`, { where: name }));
}

/** A canonical url whose version may stand in a parameter of its own. */
export function canonicalAsked(url: string, version: string | undefined): Canonical {
  return version === undefined ? parseCanonical(url) : { url: parseCanonical(url).url, version };
}
