import { isJsonObject, type Json } from "#kernel";

/** The same value, whatever the order of keys. Source: FHIR R4 ElementDefinition.fixed[x]: an exact match. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((each, index) => isSame(each, other[index]));
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return one === other;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => isSame(one[key], other[key]));
}

/**
 * Whether the value has all that the pattern has, and perhaps more; of an array each part of the pattern must be met by some
 * part of the value. Source: FHIR R4 ElementDefinition.pattern[x].
 */
export function fitsPattern(value: Json | undefined, pattern: Json): boolean {
  if (Array.isArray(pattern)) {
    return Array.isArray(value) && pattern.every((part) => value.some((each) => fitsPattern(each, part)));
  }
  if (!isJsonObject(pattern)) return value === pattern;
  if (!isJsonObject(value)) return false;
  return Object.entries(pattern).every(([key, part]) => fitsPattern(value[key], part));
}
