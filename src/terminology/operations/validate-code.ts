import { ok, type Result } from "#kernel";
import type { Coding } from "#standards/terminology";
import type { Concept } from "../systems/concept.ts";
import { findSystem, type Terms } from "../terms.ts";
import type { CompiledValueSet, Listed } from "../value-sets/value-set.ts";
import { displayOf, isDisplay } from "./display.ts";
import { membership } from "./membership.ts";
import { type OutParameters, parametersOf, stringParameter } from "./parameters.ts";

export interface ValidateOrder {
  /** One is enough to be valid; a codeable concept has several. */
  readonly codings: readonly Coding[];
  /** Left out: only the code system is asked. */
  readonly valueSet?: CompiledValueSet;
  /** False where a concept that only groups others is not allowed. */
  readonly isAbstractAllowed: boolean;
  readonly languages: readonly string[];
}

interface Verdict {
  readonly isValid: boolean;
  readonly message?: string;
  readonly display?: string;
  readonly coding: Coding;
}

/**
 * Whether a code, or one of several, is valid; a wrong display makes it invalid, and the right one is told.
 * Source: FHIR R4, operations CodeSystem-validate-code and ValueSet-validate-code.
 */
export async function validateCode(terms: Terms, order: ValidateOrder): Promise<Result<OutParameters>> {
  const verdicts: Verdict[] = [];
  for (const coding of order.codings) {
    const verdict = await (order.valueSet === undefined
      ? inSystem(terms, coding, order)
      : inValueSet(terms, coding, { ...order, valueSet: order.valueSet }));
    if (verdict.isValid) return ok(answer(verdict));
    verdicts.push(verdict);
  }
  const messages = verdicts.map(({ message }) => message ?? "").join(" ");
  return ok(answer({ ...verdicts[0], isValid: false, message: messages || "There is no code to check.", coding: {} }));
}

function answer({ isValid, message, display, coding }: Verdict): OutParameters {
  return parametersOf([
    { name: "result", valueBoolean: isValid },
    stringParameter("message", message),
    stringParameter("display", display),
    coding.code === undefined ? undefined : { name: "code", valueCode: coding.code },
    coding.system === undefined ? undefined : { name: "system", valueUri: coding.system },
    stringParameter("version", coding.version),
  ]);
}

async function inSystem(terms: Terms, coding: Coding, order: ValidateOrder): Promise<Verdict> {
  const { system, version, code } = coding;
  if (code === undefined || code === "") return { isValid: false, message: "There is no code.", coding };
  if (system === undefined) return { isValid: false, message: `The code ${code} is of no code system.`, coding };
  const source = await findSystem(terms, { url: system, ...(version === undefined ? {} : { version }) });
  if (source === undefined) return { isValid: false, message: `The code system ${system} is not known here.`, coding };
  const concept = await source.find(code);
  if (concept === undefined) {
    return { isValid: false, message: `The code ${code} is not in the code system ${system}.`, coding };
  }
  return judged({ concept, coding: versioned(coding, source.version), order });
}

async function inValueSet(
  terms: Terms,
  coding: Coding,
  order: ValidateOrder & { readonly valueSet: CompiledValueSet },
): Promise<Verdict> {
  const { system, version, code } = coding;
  if (code === undefined || code === "") return { isValid: false, message: "There is no code.", coding };
  const asked = { code, ...(system === undefined ? {} : { system }), ...(version === undefined ? {} : { version }) };
  const found = await membership(terms, order.valueSet, asked);
  const name = order.valueSet.url ?? "that was sent";
  const what = system === undefined ? code : `${system}#${code}`;
  if (found.isMember === undefined) {
    const unknown = found.system ?? system ?? "";
    return {
      isValid: false,
      message: `Whether ${what} is in the value set is not known: ${unknown} is not here.`,
      coding,
    };
  }
  if (!found.isMember) return { isValid: false, message: `The code ${what} is not in the value set ${name}.`, coding };
  const placed = versioned(
    found.system === undefined ? coding : { ...coding, system: found.system },
    found.source?.version,
  );
  const { concept, listed } = found;
  if (concept === undefined) {
    return { isValid: true, ...(listed?.display === undefined ? {} : { display: listed.display }), coding: placed };
  }
  return judged({ concept, coding: placed, order, ...(listed === undefined ? {} : { listed }) });
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
    return { isValid: false, message: `The code ${concept.code} only groups others.`, ...display, coding };
  }
  const sent = coding.display;
  if (sent !== undefined && sent !== "" && shown !== undefined && !isDisplay(concept, sent, listed)) {
    const message = `"${sent}" is not a display of ${concept.code}; it is "${shown}".`;
    return { isValid: false, message, ...display, coding };
  }
  return { isValid: true, ...display, coding: { ...coding, code: concept.code } };
}

function versioned(coding: Coding, version: string | undefined): Coding {
  return version === undefined ? coding : { ...coding, version };
}
