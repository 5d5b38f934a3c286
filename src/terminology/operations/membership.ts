import { type Canonical, isVersion } from "../definitions/canonical.ts";
import { isNamed } from "../systems/code-set.ts";
import type { Concept } from "../systems/concept.ts";
import type { CodeSystemSource } from "../systems/source.ts";
import { findSystem, type Terms } from "../terms.ts";
import type { CompiledValueSet, Listed, SystemPart } from "../value-sets/value-set.ts";

/** A code as it is asked about; without a system any part of a value set may have it. */
export interface AskedCode {
  readonly system?: string;
  readonly version?: string;
  readonly code: string;
}

export interface Membership {
  /** Undefined where a code system that is not here would have to say. */
  readonly isMember: boolean | undefined;
  /** Taken for a member because its code system is here in part only and may have it. */
  readonly isUnchecked?: true;
  readonly system?: string;
  readonly source?: CodeSystemSource;
  /** The concept, where its code system is here and has it. */
  readonly concept?: Concept;
  readonly listed?: Listed;
}

/** Whether a code is in a value set. */
export async function membership(terms: Terms, valueSet: CompiledValueSet, asked: AskedCode): Promise<Membership> {
  let answer: Membership = { isMember: false };
  for (const part of valueSet.parts) {
    if (asked.system !== undefined && part.system !== asked.system) continue;
    const one = await inPart(terms, part, asked);
    if (one.isMember === true) {
      const isRefused = !valueSet.isInactiveIncluded && one.concept?.isInactive === true;
      return isRefused ? { ...one, isMember: false } : one;
    }
    if (one.isMember === undefined || answer.concept === undefined)
      answer = answer.isMember === undefined ? answer : one;
  }
  return answer;
}

async function inPart(terms: Terms, part: SystemPart, asked: AskedCode): Promise<Membership> {
  if (isOtherVersion(part, asked)) return { system: part.system, isMember: false };
  const source = await findSystem(terms, systemOf(part, asked));
  const named = isNamed(part.set, asked.code);
  const listed = part.listed.get(asked.code);
  const known = { system: part.system, ...(listed === undefined ? {} : { listed }) };
  if (source === undefined) return { ...known, isMember: named };
  const concept = await source.find(asked.code);
  if (concept === undefined) {
    if (source.isComplete || named === false) return { ...known, source, isMember: false };
    return part.set.is === "all"
      ? { ...known, source, isMember: true, isUnchecked: true }
      : { ...known, source, isMember: named };
  }
  const isMember = named ?? (await source.test(concept, part.set));
  return { ...known, source, concept, isMember };
}

/** A code of one version is not in a value set of another. */
function isOtherVersion({ version }: SystemPart, asked: AskedCode): boolean {
  return version !== undefined && asked.version !== undefined && !isVersion(asked.version, version);
}

/** The version that the value set wants outweighs the one that the code was sent with. */
export function systemOf({ system, version }: SystemPart, asked?: AskedCode): Canonical {
  const wanted = version ?? asked?.version;
  return { url: system, ...(wanted === undefined ? {} : { version: wanted }) };
}
