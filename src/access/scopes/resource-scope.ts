import { failed, incorrect, limits, ok, type Result } from "#kernel";
import { isFhirKind, type RecordAction } from "../policies/index.ts";

/** For whom a scope counts: one patient, a person and what they may see, or a program by itself. */
export type ScopeLevel = "patient" | "user" | "system";

/** One scope over FHIR resources, of SMART 2 or of SMART 1. */
export interface ResourceScope {
  /** As it was written. */
  readonly text: string;
  readonly level: ScopeLevel;
  /** A FHIR type, or `*` for each of them. */
  readonly type: string;
  /** Some of the letters `cruds`, in this order. */
  readonly letters: string;
  /** What resources must meet besides, as a search: `category=laboratory`. Empty for nothing. */
  readonly search: string;
}

/** Source: SMART App Launch 2.2 §3.0.2.6: create, read (an item and its versions), update, delete, search (and history). */
export const actionsOfLetter: Readonly<Record<string, readonly RecordAction[]>> = {
  c: ["create"],
  r: ["read"],
  u: ["update"],
  d: ["delete"],
  s: ["search", "history"],
};

/** Source: SMART App Launch 2.2 §3.0.2.10 (scopes of version 1 and what they are in version 2). */
const lettersOfWord: Readonly<Record<string, string>> = { read: "rs", write: "cud", "*": "cruds" };

const pattern = /^(patient|user|system)\/(\*|[A-Za-z]+)\.([a-z]+|\*)(?:\?(.*))?$/;

/** Whether a text is meant as a scope over resources, right or wrong. */
export function isResourceScope(text: string): boolean {
  return /^(patient|user|system)\//.test(text);
}

/** Problems: incorrect `scope-invalid`, with the scope as its place. Source: SMART App Launch 2.2 §3.0.2. */
export function parseResourceScope(text: string): Result<ResourceScope> {
  const wrong = (message: string) => failed(incorrect("scope-invalid", message, { where: text }));
  const [, level = "", type = "", word = "", search = ""] = pattern.exec(text) ?? [];
  const letters = lettersOfWord[word] ?? (/^(?=.)c?r?u?d?s?$/.test(word) ? word : "");
  if (level === "" || letters === "") return wrong(shape);
  if (type !== "*" && !isFhirKind(type)) return wrong(`${type} is not a FHIR R4 resource type.`);
  if (text.endsWith("?") || (search !== "" && word in lettersOfWord)) return wrong(shape);
  if (search !== "" && type === "*") return wrong("A scope with search parameters names one type.");
  if (search.length > limits.scopeSearchCharactersMax) {
    return wrong(`The search in a scope has ${limits.scopeSearchCharactersMax} characters at most.`);
  }
  return ok({ text, level: level as ScopeLevel, type, letters, search });
}

const shape =
  "A scope is patient/, user/ or system/, a FHIR type or *, a dot, and some of the letters cruds in this order.";

/** The scope as it is written in version 2. */
export function scopeText({ level, type, letters, search }: Omit<ResourceScope, "text">): string {
  return `${level}/${type}.${letters}${search === "" ? "" : `?${search}`}`;
}
