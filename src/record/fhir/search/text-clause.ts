import { failed, incorrect, ok, type Result } from "#kernel";
import { type Criterion, sameValuesAs } from "#standards/fhir";
import type { Clause, TextMatch } from "../../documents/clause.ts";
import { anyClause, anyKey, type Reading, refused } from "./criterion-clause.ts";

type Of<K extends Criterion["kind"]> = Criterion & { readonly kind: K };
type StringCriterion = Of<"string">;

const matches: Readonly<Record<Exclude<StringCriterion["modifier"], "exact" | undefined>, TextMatch>> = {
  contains: "contains",
  equal: "equal",
  ends: "suffix",
};

/** Source: FHIR R4 §3.1.1.4.8 (string), §3.1.1.5.3 (_text, _content). */
export function stringClause({ parameter, modifier, any }: StringCriterion, reading: Reading): Result<Clause> {
  if (parameter === "_text" || parameter === "_content") return wordsClause({ parameter, modifier, any }, reading);
  const held = sameValuesAs(reading.settings.type, parameter);
  if (modifier === "exact") {
    const written = any.map(({ text, normalised }) => ({ text: normalised, written: text }));
    return ok(anyClause(held.map((code) => ({ is: "written", parameter: code, any: written }))));
  }
  const texts = any.map(({ normalised }) => normalised);
  const match = modifier === undefined ? "prefix" : matches[modifier];
  return ok(anyClause(held.map((code) => ({ is: "text", parameter: code, match, any: texts }))));
}

function wordsClause(
  { parameter, modifier, any }: Pick<StringCriterion, "parameter" | "modifier" | "any">,
  reading: Reading,
): Result<Clause> {
  if (modifier !== undefined) return refused(reading, "This parameter is searched by words, without a modifier.");
  const words = any.map(({ text }) => text.replaceAll("\0", " "));
  if (!words.every((text) => /[\p{L}\p{N}]/u.test(text))) {
    const message = "Words to look for must have letters or digits.";
    return failed(incorrect("wrong-search-value", message, { where: reading.where }));
  }
  return ok({ is: "words", of: parameter === "_text" ? "narrative" : "document", any: words });
}

/**
 * `:below` finds what stands below an address in its path, `:above` what it stands below; the address itself too.
 * Source: FHIR R4 §3.1.1.4.15 (uri).
 */
export function uriClause({ parameter, modifier, any }: Of<"uri">, reading: Reading): Result<Clause> {
  const { type } = reading.settings;
  switch (modifier) {
    case undefined:
      return ok(anyKey(type, parameter, (code) => any.map((value) => `${code}=${value}`)));
    case "above":
      return ok(anyKey(type, parameter, (code) => any.flatMap(addressesAbove).map((value) => `${code}=${value}`)));
    case "below": {
      const equal = anyKey(type, parameter, (code) => any.map((value) => `${code}=${value}`));
      const below = any.filter(isAddress).map((value) => (value.endsWith("/") ? value : `${value}/`));
      const texts = sameValuesAs(type, parameter).map(
        (code): Clause => ({ is: "text", parameter: code, match: "prefix", any: below }),
      );
      return ok(below.length === 0 ? equal : anyClause([equal, ...texts]));
    }
  }
}

/** A URN has no path. */
function isAddress(value: string): boolean {
  return /^[a-z]+:\/\//i.test(value);
}

/** The address, and each that it stands below, with its last slash and without. */
function addressesAbove(value: string): readonly string[] {
  if (!isAddress(value)) return [value];
  const start = value.indexOf("://") + 3;
  const slashes = [...value.slice(start).matchAll(/\//g)].map(({ index }) => start + index);
  return [value, ...slashes.flatMap((at) => [value.slice(0, at), value.slice(0, at + 1)])];
}
