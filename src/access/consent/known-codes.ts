import { type Clock, limits } from "#kernel";
import type { SearchConcepts } from "#record";
import type { Coded } from "./rule.ts";

/** What a rule that names codes is about: each code, and whatever stands below it. */
export interface CodesBelow {
  /** The codes, and those below them as far as they are known. */
  expanded(any: readonly Coded[]): readonly Coded[];
  /** More may be meant than is known: there are too many below one of them, or it could not be looked up. */
  isOpen(any: readonly Coded[]): boolean;
}

/** Codes as they are written, where there is no terminology. */
export const codesAsWritten: CodesBelow = { expanded: (any) => any, isOpen: () => false };

type Below = readonly string[] | "too many" | "not looked up";

/**
 * What stands below the codes that Consents name, as terminology knows it, looked up anew each `limits.consentCodesHeldMs`.
 * A code system that is not known has nothing below.
 */
export class KnownCodes implements CodesBelow {
  readonly #concepts: SearchConcepts | undefined;
  readonly #clock: Clock;
  #below: ReadonlyMap<string, Below> = new Map();
  #looking: Promise<boolean> | undefined;
  #count = 0;
  #untilMs = 0;

  constructor(concepts: SearchConcepts | undefined, clock: Clock) {
    this.#concepts = concepts;
    this.#clock = clock;
  }

  /** Looks up these codes, which are all there are and only grow in number. Returns whether something is known now that was not before. */
  async know(codes: ReadonlyMap<string, Coded>): Promise<boolean> {
    if (this.#concepts === undefined || codes.size === 0) return false;
    if (this.#clock.now() < this.#untilMs && this.#count === codes.size) return false;
    this.#looking ??= this.#lookUp(this.#concepts, [...codes]).finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  expanded(any: readonly Coded[]): readonly Coded[] {
    return any.flatMap((coded): readonly Coded[] => {
      const below = this.#below.get(codedText(coded));
      const { system } = coded;
      if (below === undefined || typeof below === "string" || system === undefined) return [coded];
      return [coded, ...below.map((code) => ({ system, code }))];
    });
  }

  isOpen(any: readonly Coded[]): boolean {
    return any.some((coded) => typeof this.#below.get(codedText(coded)) === "string");
  }

  async #lookUp(concepts: SearchConcepts, codes: readonly (readonly [string, Coded])[]): Promise<boolean> {
    const below = new Map<string, Below>();
    for (const [text, coded] of codes) below.set(text, await belowOf(concepts, coded));
    const isSame =
      below.size === this.#below.size && [...below].every(([text, each]) => isEqual(this.#below.get(text), each));
    const isPartial = [...below.values()].includes("not looked up");
    this.#below = below;
    this.#count = codes.length;
    this.#untilMs = this.#clock.now() + (isPartial ? limits.consentCodesRetryMs : limits.consentCodesHeldMs);
    return !isSame;
  }
}

export function codedText({ system, code }: Coded): string {
  return `${system ?? ""}|${code}`;
}

async function belowOf(concepts: SearchConcepts, { system, code }: Coded): Promise<Below> {
  if (system === undefined) return [];
  const found = await concepts.descendants(system, code);
  if (found.ok) return found.value.filter((each) => each !== code);
  const [problem] = found.problems;
  if (problem.code === "too-costly") return "too many";
  return problem.category === "unavailable" || problem.category === "busy" || problem.category === "fault"
    ? "not looked up"
    : [];
}

function isEqual(one: Below | undefined, other: Below): boolean {
  if (one === undefined || typeof one === "string" || typeof other === "string") return one === other;
  return one.length === other.length && one.every((code, at) => code === other[at]);
}
