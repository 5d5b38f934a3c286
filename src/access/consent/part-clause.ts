import type { Clause, Kind } from "#record";
import {
  authorKeys,
  codeKeys,
  dateParameters,
  labelKeys,
  patientKeys,
  referenceKeys,
  referenceParametersTo,
} from "./index-parameters.ts";
import { type CodesBelow, codesAsWritten } from "./known-codes.ts";
import { both, either, everything, not, nothing, type Part } from "./part.ts";
import type { Span } from "./rule.ts";

/** The documents of a kind that concern one of the patients, `Patient/1`, and are in the part; `never` where there can be none. */
export function partClause(
  kind: Kind,
  patients: readonly string[],
  part: Part,
  codes: CodesBelow = codesAsWritten,
): Clause {
  const ofKind = partOfKind(kind, part);
  const concerned = concernedClause(kind, patients);
  if (ofKind.is === "nothing" || concerned.is === "never") return never;
  return ofKind.is === "everything" ? concerned : { is: "all", of: [concerned, clauseOf(kind, ofKind, codes)] };
}

const never: Clause = { is: "never" };
const always: Clause = { is: "all", of: [] };

/** The documents of a kind that concern one of the patients. */
export function concernedClause(kind: Kind, patients: readonly string[]): Clause {
  const keys = patientKeys(kind, patients);
  const carriers: readonly Clause[] = keys.length === 0 ? [] : [{ is: "key", any: keys }];
  const ids = patients.map((patient) => patient.slice("Patient/".length));
  return anyOf(kind === "Patient" ? [{ is: "id", any: ids }, ...carriers] : carriers);
}

/** What is left to be decided about documents of the kind. */
function partOfKind(kind: Kind, part: Part): Part {
  switch (part.is) {
    case "kind":
      return part.any.includes(kind) ? everything : nothing;
    case "itself": {
      const any = part.any.filter((reference) => reference.startsWith(`${kind}/`));
      return any.length === 0 ? nothing : { is: "itself", any };
    }
    case "both":
      return both(...part.of.map((each) => partOfKind(kind, each)));
    case "either":
      return either(...part.of.map((each) => partOfKind(kind, each)));
    case "not":
      return not(partOfKind(kind, part.of));
    default:
      return part;
  }
}

function clauseOf(kind: Kind, part: Part, codes: CodesBelow): Clause {
  switch (part.is) {
    case "everything":
      return always;
    case "nothing":
    case "kind":
      return never;
    case "profile":
      return profileClause(part.any);
    case "label":
      return keyClause(labelKeys(part.any));
    case "code":
      return keyClause(codeKeys(kind, codes.expanded(part.any)));
    case "within":
    case "touching":
      return anyOf(dateParameters(kind).map((parameter) => datedClause(parameter, part.is, part.span)));
    case "undated":
      return { is: "not", of: anyOf(dateParameters(kind).map((parameter) => ({ is: "date", parameter, any: [{}] }))) };
    case "itself":
      return { is: "id", any: part.any.map((reference) => reference.slice(kind.length + 1)) };
    case "referring":
      return keyClause(referenceKeys(kind, part.any));
    case "written-by":
      return keyClause(authorKeys(kind, part.any));
    case "referred":
      return anyOf(part.any.map((reference) => referredClause(kind, reference)));
    case "both":
      return { is: "all", of: part.of.map((each) => clauseOf(kind, each, codes)) };
    case "either":
      return anyOf(part.of.map((each) => clauseOf(kind, each, codes)));
    case "not":
      return { is: "not", of: clauseOf(kind, part.of, codes) };
  }
}

function keyClause(any: readonly string[]): Clause {
  return any.length === 0 ? never : { is: "key", any };
}

function anyOf(of: readonly Clause[]): Clause {
  const [only] = of;
  return of.length > 1 ? { is: "any", of } : (only ?? never);
}

/** With a version behind it too. */
function profileClause(urls: readonly string[]): Clause {
  return anyOf([
    { is: "key", any: urls.map((url) => `_profile=${url}`) },
    { is: "text", parameter: "_profile", match: "prefix", any: urls.map((url) => `${url}|`) },
  ]);
}

function datedClause(parameter: string, is: "within" | "touching", { fromMs, toMs }: Span): Clause {
  const bounds = is === "within" ? { fromMinMs: fromMs, toMaxMs: toMs } : { fromMaxMs: toMs - 1, toMinMs: fromMs + 1 };
  return { is: "date", parameter, any: [bounds] };
}

function referredClause(kind: Kind, reference: string): Clause {
  const [from = "", id = ""] = reference.split("/");
  const parameters = referenceParametersTo(from, kind);
  return parameters.length === 0 ? never : { is: "referred", from, parameters, all: [{ is: "id", any: [id] }] };
}
