import { failed, incorrect, ok, type Result } from "#kernel";
import type { Coding, ConceptMapDefinition, MapElement, MapGroup, MapTarget } from "#standards/terminology";
import { parseCanonical } from "../definitions/canonical.ts";
import type { Terms } from "../terms.ts";
import { type OutParameter, type OutParameters, parametersOf, stringParameter } from "./parameters.ts";

export interface TranslateOrder {
  readonly codings: readonly Coding[];
  /** Left out: every map that fits. */
  readonly map?: ConceptMapDefinition;
  /** Canonical urls of value sets. */
  readonly source?: string;
  readonly target?: string;
  readonly targetSystem?: string;
  /** From target to source. */
  readonly isReverse: boolean;
}

interface Match {
  readonly equivalence: string;
  readonly concept: Coding;
  readonly comment?: string;
  readonly map: ConceptMapDefinition;
}

/** What is no match although it is listed. Source: FHIR R4, value set concept-map-equivalence. */
const noMatch: ReadonlySet<string> = new Set(["unmatched", "disjoint"]);

/**
 * The codes that maps lead to. Problems: incorrect `map-missing` when nothing says which maps to take.
 * Source: FHIR R4, operation ConceptMap-translate.
 */
export function translate({ library }: Terms, order: TranslateOrder): Result<OutParameters> {
  const maps = order.map === undefined ? library.conceptMaps().filter((map) => isFitting(map, order)) : [order.map];
  if (order.map === undefined && order.codings.every(({ system }) => system === undefined)) return failed(nothingSaid);
  const matches = maps.flatMap((map) => order.codings.flatMap((coding) => matchesOf(map, coding, order)));
  const isFound = matches.some(({ equivalence }) => !noMatch.has(equivalence));
  return ok(
    parametersOf([
      { name: "result", valueBoolean: isFound },
      stringParameter("message", isFound ? undefined : "No map leads from here to a code."),
      ...matches.map(matchParameter),
    ]),
  );
}

/** The codes that any map leads to from this one. */
export function matchesIn({ library }: Terms, coding: Coding): readonly Coding[] {
  const matches = library
    .conceptMaps()
    .flatMap((map) => matchesOf(map, coding, { codings: [coding], isReverse: false }));
  return matches.filter(({ equivalence }) => !noMatch.has(equivalence)).map(({ concept }) => concept);
}

const nothingSaid = incorrect("map-missing", "Name a concept map by url, or the code system of the code.", {
  where: "url",
});

function isFitting(map: ConceptMapDefinition, { source, target, isReverse }: TranslateOrder): boolean {
  const [from, to] = isReverse ? [target, source] : [source, target];
  return isSame(from, map.sourceCanonical ?? map.sourceUri) && isSame(to, map.targetCanonical ?? map.targetUri);
}

function isSame(asked: string | undefined, own: string | undefined): boolean {
  return asked === undefined || (own !== undefined && parseCanonical(asked).url === parseCanonical(own).url);
}

function matchesOf(map: ConceptMapDefinition, coding: Coding, order: TranslateOrder): readonly Match[] {
  const { targetSystem, isReverse } = order;
  return (map.group ?? []).flatMap((group) => {
    const [from, to] = isReverse ? [group.target, group.source] : [group.source, group.target];
    if (coding.system !== undefined && from !== undefined && from !== coding.system) return [];
    if (targetSystem !== undefined && to !== targetSystem) return [];
    const matches = isReverse ? backward(group, coding) : forward(group, coding);
    return matches.map((match) => ({ ...match, map }));
  });
}

type GroupMatch = Omit<Match, "map">;

function forward(group: MapGroup, coding: Coding): readonly GroupMatch[] {
  const elements = (group.element ?? []).filter(({ code }) => code === coding.code);
  if (elements.length === 0) return unmapped(group, coding);
  return elements.flatMap(({ target = [] }) => target.map((one) => targetMatch(group, one)));
}

function targetMatch(
  { target }: MapGroup,
  { code, display, equivalence = "relatedto", comment }: MapTarget,
): GroupMatch {
  const concept = {
    ...(target === undefined ? {} : { system: target }),
    ...(code === undefined ? {} : { code }),
    ...(display === undefined ? {} : { display }),
  };
  return { equivalence, concept, ...(comment === undefined ? {} : { comment }) };
}

/** Source: FHIR R4 §4.10.5 (unmapped: provided, fixed). */
function unmapped({ target, unmapped: rule }: MapGroup, coding: Coding): readonly GroupMatch[] {
  if (rule?.mode === "provided") {
    return [{ equivalence: "equal", concept: { ...coding, ...(target === undefined ? {} : { system: target }) } }];
  }
  if (rule?.mode !== "fixed" || rule.code === undefined) return [];
  const { code, display } = rule;
  const concept = { ...(target === undefined ? {} : { system: target }), code };
  return [{ equivalence: "wider", concept: display === undefined ? concept : { ...concept, display } }];
}

const turned: Readonly<Record<string, string>> = {
  wider: "narrower",
  narrower: "wider",
  subsumes: "specializes",
  specializes: "subsumes",
};

function backward(group: MapGroup, coding: Coding): readonly GroupMatch[] {
  return (group.element ?? []).flatMap((element) =>
    (element.target ?? [])
      .filter(({ code }) => code === coding.code)
      .map((target) => sourceMatch(group, element, target)),
  );
}

function sourceMatch({ source }: MapGroup, { code, display }: MapElement, target: MapTarget): GroupMatch {
  const { equivalence = "relatedto", comment } = target;
  const concept = {
    ...(source === undefined ? {} : { system: source }),
    ...(code === undefined ? {} : { code }),
    ...(display === undefined ? {} : { display }),
  };
  return { equivalence: turned[equivalence] ?? equivalence, concept, ...(comment === undefined ? {} : { comment }) };
}

function matchParameter({ equivalence, concept, comment, map }: Match): OutParameter {
  return {
    name: "match",
    part: [
      { name: "equivalence", valueCode: equivalence },
      { name: "concept", valueCoding: concept },
      ...(comment === undefined ? [] : [{ name: "comment", valueString: comment }]),
      { name: "source", valueUri: map.url },
    ],
  };
}
