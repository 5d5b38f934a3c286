import { limits, ok, type Result } from "#kernel";
import { canonicalQuantity, isUcumUnit } from "#standards/ucum";
import { type Concept, type MappingTerminology, propertyText, wordsOf } from "#terminology";
import type { TargetCode } from "../api/codes.ts";
import { loincSystem, ucumSystem } from "../messages/coding-systems.ts";
import { printed } from "../results/units.ts";
import type { UnknownCode } from "./unknown-code.ts";

export type Suggestion = TargetCode & { readonly why: string };

const snomedSystem = "http://snomed.info/sct";

/** Of a text with more words, the longest are looked for. */
const wordsMax = 4;

/** What an unknown code may mean, the best first. Nobody but people decides. Problems: unavailable. */
export async function suggest(
  terminology: MappingTerminology,
  unknown: UnknownCode,
): Promise<Result<readonly Suggestion[]>> {
  if (unknown.field === "OBX-6") return ok(suggestUnits(unknown.code));
  const { system, code, text = code } = unknown;
  const mapped = await terminology.translate({ system, code });
  if (!mapped.ok) return mapped;
  const known = mapped.value.flatMap(({ system: to, code: meaning, display }) =>
    to === undefined || meaning === undefined
      ? []
      : [{ system: to, code: meaning, ...(display === undefined ? {} : { display }), why: "a concept map says so" }],
  );
  const words = wordsOf(text)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, wordsMax);
  const found: (Suggestion & { readonly score: number })[] = [];
  for (const target of [loincSystem, snomedSystem]) {
    const concepts = await findByWords(terminology, target, words);
    if (!concepts.ok) return concepts;
    found.push(...concepts.value.map((concept) => scored(concept, { target, words, unit: unknown.units[0] })));
  }
  const ranked = found.toSorted((a, b) => b.score - a.score).map(({ score: _, ...suggestion }) => suggestion);
  return ok([...known, ...ranked].slice(0, limits.codeSuggestionsMax));
}

/** All the words first, then one fewer at a time, the shortest left out first. */
async function findByWords(
  terminology: MappingTerminology,
  system: string,
  words: readonly string[],
): Promise<Result<readonly Concept[]>> {
  for (let count = words.length; count > 0; count -= 1) {
    const found = await terminology.find(system, words.slice(0, count).join(" "), candidatesMax);
    if (!found.ok || found.value.length > 0) return found;
  }
  return ok([]);
}

const candidatesMax = 100;

interface Scoring {
  readonly target: string;
  readonly words: readonly string[];
  readonly unit: string | undefined;
}

/** Words in common count one each, and against that the words that it has besides; a unit of the same kind counts two. */
function scored(concept: Concept, { target, words, unit }: Scoring): Suggestion & { readonly score: number } {
  const { code, display = code } = concept;
  const own = wordsOf(display);
  const common = words.filter((word) => own.some((each) => each.startsWith(word))).length;
  const isUnitAlike = unit !== undefined && unitsOf(concept).some((each) => isSameKind(unit, each));
  const why = isUnitAlike ? "words and unit fit" : "words fit";
  const score = common - (own.length - common) / 20 + (isUnitAlike ? 2 : 0);
  return { system: target, code, display, why, score };
}

/** LOINC gives examples of units, several with semicolons. */
function unitsOf({ properties }: Concept): readonly string[] {
  return properties
    .filter((property) => property.code === "EXAMPLE_UCUM_UNITS" || property.code === "EXAMPLE_UNITS")
    .flatMap((property) => propertyText(property).split(";"));
}

function isSameKind(unit: string, other: string): boolean {
  const [one, two] = [printed(unit).code ?? unit, other].map((each) => canonicalQuantity(1, each)?.unit);
  return one !== undefined && one === two;
}

/** The printed unit, and what it may be when it is written as UCUM writes: never more than a suggestion. */
function suggestUnits(unit: string): readonly Suggestion[] {
  const plain = unit.replace(/\s+/g, "");
  const spelled = [
    unit,
    plain,
    plain.replace(/^x?10[e^*](\d+)/i, "10*$1"),
    plain.replace(/[µμ]/g, "u"),
    plain.replace(/\/l$/, "/L"),
    plain.replace(/^iu\b/i, "[iU]"),
    plain.replace(/\/(\d+)?hrs?$/i, (_, hours: string | undefined) => (hours === undefined ? "/h" : `/(${hours}.h)`)),
    plain.replace(/^([mu]?)mols?\//i, "$1mol/"),
  ];
  const codes = new Set(spelled.flatMap((each) => [printed(each).code ?? each]).filter(isUcumUnit));
  return [...codes].map((code) => ({ system: ucumSystem, code, display: code, why: "the same, as UCUM writes it" }));
}
