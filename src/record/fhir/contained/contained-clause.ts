import { ok, type Result, unsupported } from "#kernel";
import type { Clause } from "../../documents/clause.ts";
import { containsKey, keyWithin } from "./contained-keys.ts";

/**
 * What a document must have to contain a resource of the type of which all of these may hold: nothing that does is left out,
 * and each is to be looked at.
 */
export function containerClauses(type: string, all: readonly Clause[]): readonly Clause[] {
  return [{ is: "key", any: [containsKey(type)] }, ...all.flatMap((clause) => leading(type, clause))];
}

function leading(type: string, clause: Clause): readonly Clause[] {
  const keys = keysOf(clause);
  return keys === undefined ? [] : [{ is: "key", any: keys.map((key) => keyWithin(type, key)) }];
}

function keysOf(clause: Clause): readonly string[] | undefined {
  if (clause.is === "key") return clause.any;
  const isFiled = (clause.is === "date" || clause.is === "number") && clause.under !== undefined;
  return isFiled ? [clause.under] : undefined;
}

/** Problem: unsupported, where a condition looks beyond the contained resource itself. */
export function checkWithin(all: readonly Clause[]): Result<undefined> {
  return all.every(isWithin) ? ok(undefined) : { ok: false, problems: [beyond] };
}

const beyond = unsupported(
  "unsupported-search",
  "Contained resources are not searched by chains, _has, value sets, hierarchies, places, words or times of change.",
  { where: "_contained" },
);

function isWithin(clause: Clause): boolean {
  switch (clause.is) {
    case "key":
    case "text":
    case "written":
    case "date":
    case "number":
    case "term":
    case "present":
    case "id":
    case "never":
      return true;
    case "all":
    case "any":
      return clause.of.every(isWithin);
    case "not":
      return isWithin(clause.of);
    case "concepts":
    case "updated":
    case "words":
    case "refers":
    case "referred":
    case "near":
    case "lineage":
      return false;
  }
}
