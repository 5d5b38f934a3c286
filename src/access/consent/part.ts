import type { Coded, Span } from "./rule.ts";

/** A part of a patient's record, as data: which documents it holds is said by each of them alone. */
export type Part =
  | { readonly is: "everything" }
  | { readonly is: "nothing" }
  | { readonly is: "kind"; readonly any: readonly string[] }
  | { readonly is: "profile"; readonly any: readonly string[] }
  | { readonly is: "label"; readonly any: readonly Coded[] }
  | { readonly is: "code"; readonly any: readonly Coded[] }
  /** Of care that took place within, or touching, a span; of what says no time it is not known. */
  | { readonly is: "within" | "touching"; readonly span: Span }
  | { readonly is: "undated" }
  /** These documents; those that refer to them; those they refer to; what these wrote. */
  | { readonly is: "itself" | "referring" | "referred" | "written-by"; readonly any: readonly string[] }
  | { readonly is: "both" | "either"; readonly of: readonly Part[] }
  | { readonly is: "not"; readonly of: Part };

export const everything: Part = { is: "everything" };
export const nothing: Part = { is: "nothing" };

/** What is in all of these parts. */
export function both(...parts: readonly Part[]): Part {
  const of = parts.flatMap((part) => (part.is === "both" ? part.of : [part])).filter(({ is }) => is !== "everything");
  if (of.some(({ is }) => is === "nothing")) return nothing;
  const [only] = of;
  if (only === undefined) return everything;
  return of.length === 1 ? only : { is: "both", of };
}

/** What is in one of these parts. */
export function either(...parts: readonly Part[]): Part {
  const of = parts.flatMap((part) => (part.is === "either" ? part.of : [part])).filter(({ is }) => is !== "nothing");
  if (of.some(({ is }) => is === "everything")) return everything;
  const [only] = of;
  if (only === undefined) return nothing;
  return of.length === 1 ? only : { is: "either", of };
}

export function not(part: Part): Part {
  switch (part.is) {
    case "everything":
      return nothing;
    case "nothing":
      return everything;
    case "not":
      return part.of;
    default:
      return { is: "not", of: part };
  }
}

/** How much is said to describe it: values and joints. */
export function sizeOf(part: Part): number {
  switch (part.is) {
    case "both":
    case "either":
      return part.of.reduce((sum, each) => sum + sizeOf(each), 1);
    case "not":
      return 1 + sizeOf(part.of);
    default:
      return "any" in part ? part.any.length : 1;
  }
}
