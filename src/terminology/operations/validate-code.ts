import { ok, type Result } from "#kernel";
import type { Coding } from "#standards/terminology";
import type { Concept } from "../systems/concept.ts";
import { findSystem, type Terms } from "../terms.ts";
import type { CompiledValueSet, Listed } from "../value-sets/value-set.ts";
import { displayOf, isDisplay } from "./display.ts";
import { membership } from "./membership.ts";
import { type OutParameters, parametersOf, stringParameter } from "./parameters.ts";

export interface ValidateOrder {
  /** One must be valid and none wrong; a codeable concept has several. */
  readonly codings: readonly Coding[];
  /** Left out: only the code system is asked. */
  readonly valueSet?: CompiledValueSet;
  /** False where a concept that only groups others is not allowed. */
  readonly isAbstractAllowed: boolean;
  readonly languages: readonly string[];
}

interface Verdict {
  /** `outside`: not in the value set, or not to be judged here; `wrong`: nobody may say so. */
  readonly is: "valid" | "outside" | "wrong";
  readonly message?: string;
  readonly display?: string;
  readonly coding: Coding;
}

/**
 * Whether a code, or one of several, is valid; a code that does not exist or has another's display makes it invalid, and the right
 * display is told. Source: FHIR R4, operations CodeSystem-validate-code and ValueSet-validate-code.
 */
export async function validateCode(terms: Terms, order: ValidateOrder): Promise<Result<OutParameters>> {
  const verdicts: Verdict[] = [];
  for (const coding of order.codings) {
    verdicts.push(
      await (order.valueSet === undefined ? inSystem(terms, coding, order) : inValueSet(terms, coding, order)),
    );
  }
  const wrong = verdicts.filter(({ is }) => is === "wrong");
  const valid = verdicts.find(({ is }) => is === "valid");
  if (valid !== undefined && wrong.length === 0) return ok(answer(valid, valid.message));
  const told = wrong.length > 0 ? wrong : verdicts;
  const message = told.map((verdict) => verdict.message).join(" ") || "There is no code to check.";
  const { display } = valid ?? told[0] ?? {};
  return ok(answer({ is: "wrong", ...(display === undefined ? {} : { display }), coding: {} }, message));
}

function answer({ is, display, coding }: Verdict, message: string | undefined): OutParameters {
  return parametersOf([
    { name: "result", valueBoolean: is === "valid" },
    stringParameter("message", message),
    stringParameter("display", display),
    coding.code === undefined ? undefined : { name: "code", valueCode: coding.code },
    coding.system === undefined ? undefined : { name: "system", valueUri: coding.system },
    stringParameter("version", coding.version),
  ]);
}

async function inSystem(terms: Terms, coding: Coding, order: ValidateOrder): Promise<Verdict> {
  const { system, version, code } = coding;
  if (code === undefined || code === "") return { is: "wrong", message: "There is no code.", coding };
  if (system === undefined) return { is: "outside", message: `The code ${code} is of no code system.`, coding };
  const source = await findSystem(terms, { url: system, ...(version === undefined ? {} : { version }) });
  if (source === undefined) return { is: "outside", message: `The code system ${system} is not known here.`, coding };
  const concept = await source.find(code);
  if (concept !== undefined) return judged({ concept, coding: versioned(coding, source.version), order });
  if (!source.isComplete) return { is: "valid", message: unchecked(system), coding };
  return { is: "wrong", message: `The code ${code} is not in the code system ${system}.`, coding };
}

function unchecked(system: string): string {
  return `Only a part of ${system} is here, so the code could not be checked.`;
}

async function inValueSet(terms: Terms, coding: Coding, order: ValidateOrder): Promise<Verdict> {
  const { system, version, code } = coding;
  const { valueSet } = order;
  if (code === undefined || code === "" || valueSet === undefined) return inSystem(terms, coding, order);
  const asked = { code, ...(system === undefined ? {} : { system }), ...(version === undefined ? {} : { version }) };
  const found = await membership(terms, valueSet, asked);
  const what = system === undefined ? code : `${system}#${code}`;
  const inside = system ?? found.system;
  if (found.isMember === undefined) {
    const message = `Whether ${what} is in the value set is not known: ${inside ?? "its code system"} is not here.`;
    return { is: "outside", message, coding };
  }
  if (!found.isMember) {
    const message = `The code ${what} is not in the value set ${valueSet.url ?? "that was sent"}.`;
    return outside(terms, coding, { message, order });
  }
  const placed = versioned(inside === undefined ? coding : { ...coding, system: inside }, found.source?.version);
  const { concept, listed, isUnchecked } = found;
  if (concept === undefined) {
    const message = isUnchecked && inside !== undefined ? { message: unchecked(inside) } : {};
    return {
      is: "valid",
      ...message,
      ...(listed?.display === undefined ? {} : { display: listed.display }),
      coding: placed,
    };
  }
  return judged({ concept, coding: placed, order, ...(listed === undefined ? {} : { listed }) });
}

interface Outside {
  readonly message: string;
  readonly order: ValidateOrder;
}

/** What is not in a value set may still be no code at all, or have another's display. */
async function outside(terms: Terms, coding: Coding, { message, order }: Outside): Promise<Verdict> {
  if (coding.system === undefined) return { is: "outside", message, coding };
  const own = await inSystem(terms, coding, order);
  if (own.is === "valid") return { ...own, is: "outside", message };
  return { ...own, message: own.is === "wrong" ? `${own.message} ${message}` : message };
}

interface Found {
  readonly concept: Concept;
  readonly coding: Coding;
  readonly order: ValidateOrder;
  readonly listed?: Listed;
}

/** A code that exists and is allowed, as far as how it was sent goes. */
function judged({ concept, coding, order, listed }: Found): Verdict {
  const shown = displayOf(concept, order.languages, listed);
  const display = shown === undefined ? {} : { display: shown };
  if (concept.isAbstract && !order.isAbstractAllowed) {
    return { is: "wrong", message: `The code ${concept.code} only groups others.`, ...display, coding };
  }
  const sent = coding.display;
  if (sent !== undefined && sent !== "" && shown !== undefined && !isDisplay(concept, sent, listed)) {
    return {
      is: "wrong",
      message: `"${sent}" is not a display of ${concept.code}; it is "${shown}".`,
      ...display,
      coding,
    };
  }
  return { is: "valid", ...display, coding: { ...coding, code: concept.code } };
}

function versioned(coding: Coding, version: string | undefined): Coding {
  return version === undefined ? coding : { ...coding, version };
}
