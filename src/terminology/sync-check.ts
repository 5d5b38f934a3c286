import { parseCanonical } from "./definitions/canonical.ts";
import type { Library } from "./definitions/library.ts";
import { type CodeSet, isNamed } from "./systems/code-set.ts";
import type { LocalCodeSystem } from "./systems/local-system.ts";
import type { CompiledValueSet, SystemPart } from "./value-sets/value-set.ts";

/**
 * What can be said of codes at once, for those who cannot wait. It knows what FHIR brings and what the record defines; where
 * only the database knows, or nobody, the answer is undefined.
 */
export interface TerminologyCheck {
  /** A value set by canonical url; a version that is not here is taken for the one that is. */
  isMember(valueSetUrl: string, coding: CheckedCode): boolean | undefined;
  displayOf(system: string, code: string): string | undefined;
  knowsSystem(system: string): boolean;
  isCode(system: string, code: string): boolean | undefined;
}

export interface CheckedCode {
  /** Left out: of any system, as for an element of type code. */
  readonly system?: string;
  readonly code: string;
  readonly display?: string;
}

export function terminologyCheck(library: Library): TerminologyCheck {
  const system = (url: string) => library.codeSystem({ url });
  return {
    isMember: (valueSetUrl, coding) => {
      const valueSet = valueSetOf(library, valueSetUrl);
      return valueSet && isMember(library, valueSet, coding);
    },
    displayOf: (url, code) => system(url)?.find(code)?.display,
    knowsSystem: (url) => system(url) !== undefined,
    isCode: (url, code) => {
      const known = system(url);
      return known?.find(code) !== undefined || (known?.isComplete === true ? false : undefined);
    },
  };
}

function valueSetOf(library: Library, canonical: string): CompiledValueSet | undefined {
  const exact = library.valueSet(canonical);
  if (exact.ok) return exact.value;
  const { url, version } = parseCanonical(canonical);
  const any = version === undefined ? exact : library.valueSet(url);
  return any.ok ? any.value : undefined;
}

function isMember(library: Library, valueSet: CompiledValueSet, coding: CheckedCode): boolean | undefined {
  let answer: boolean | undefined = false;
  for (const part of valueSet.parts) {
    if (coding.system !== undefined && part.system !== coding.system) continue;
    const one = inPart(systemOf(library, part), part.set, coding.code);
    if (one === true) return true;
    if (one === undefined) answer = undefined;
  }
  return answer;
}

/** The version that the value set wants, or else the one that is here. */
function systemOf(library: Library, { system, version }: SystemPart): LocalCodeSystem | undefined {
  const exact = version === undefined ? undefined : library.codeSystem({ url: system, version });
  return exact ?? library.codeSystem({ url: system });
}

function inPart(system: LocalCodeSystem | undefined, set: CodeSet, code: string): boolean | undefined {
  const named = isNamed(set, code);
  if (named !== undefined || system === undefined) return named;
  const concept = system.find(code);
  if (concept !== undefined) return system.test(concept, set);
  return system.isComplete ? false : undefined;
}
