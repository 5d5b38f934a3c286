import type { QueryExtensions } from "./service.ts";

export const noExtensions: QueryExtensions = {
  isRelational: false,
  hasCombinedDateTime: false,
  hasFuzzyNames: false,
  hasTimezoneAdjustment: false,
};

/** Service-class application information of queries; bytes that are absent say no. Source: PS3.4 Tables C.5.1-1, C.5.2-1. */
export function readQueryExtensions(information: Uint8Array): QueryExtensions {
  return {
    isRelational: information[0] === 1,
    hasCombinedDateTime: information[1] === 1,
    hasFuzzyNames: information[2] === 1,
    hasTimezoneAdjustment: information[3] === 1,
  };
}

export function writeQueryExtensions(extensions: QueryExtensions): Uint8Array {
  const { isRelational, hasCombinedDateTime, hasFuzzyNames, hasTimezoneAdjustment } = extensions;
  return Uint8Array.from([isRelational, hasCombinedDateTime, hasFuzzyNames, hasTimezoneAdjustment], Number);
}

/** What both sides can. */
export function sharedExtensions(one: QueryExtensions, other: QueryExtensions): QueryExtensions {
  return {
    isRelational: one.isRelational && other.isRelational,
    hasCombinedDateTime: one.hasCombinedDateTime && other.hasCombinedDateTime,
    hasFuzzyNames: one.hasFuzzyNames && other.hasFuzzyNames,
    hasTimezoneAdjustment: one.hasTimezoneAdjustment && other.hasTimezoneAdjustment,
  };
}
