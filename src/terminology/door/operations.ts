import { failed, incorrect, ok, type Result } from "#kernel";
import type { StatedOperation } from "#record";
import type { DefinitionKind } from "../definitions/stored-definitions.ts";
import { closure } from "../operations/closure.ts";
import { expand } from "../operations/expand.ts";
import { lookup } from "../operations/lookup.ts";
import { oneSystem, subsumes } from "../operations/subsumes.ts";
import { translate } from "../operations/translate.ts";
import { validateCode } from "../operations/validate-code.ts";
import { versionsOf } from "../operations/version-rules.ts";
import type { Terms } from "../terms.ts";
import type { CompiledValueSet, SystemPart } from "../value-sets/value-set.ts";
import { type Asked, codeSystemAsked, conceptMapAsked, valueSetAsked } from "./definition-asked.ts";
import { expandedValueSet } from "./expansion.ts";
import { canonicalAsked, codingsAsked, needed } from "./order.ts";

export interface OperationRow {
  readonly name: string;
  /** Undefined: of the whole server. */
  readonly type?: DefinitionKind;
  readonly levels: readonly ("system" | "type" | "instance")[];
  readonly summary: string;
  /** Every parameter it acts on. */
  readonly parameters: readonly string[];
  /** It keeps something, so it is never a GET. */
  readonly isChange?: true;
  run(terms: Terms, asked: Asked): Promise<Result<object>>;
}

/** Source: FHIR R4 §4.7 (terminology service), and the definition of each operation. */
export const terminologyOperations: readonly OperationRow[] = [
  {
    name: "lookup",
    type: "CodeSystem",
    levels: ["type"],
    summary: "What is known of a code",
    parameters: ["code", "system", "version", "coding", "displayLanguage", "property"],
    run: runLookup,
  },
  {
    name: "validate-code",
    type: "CodeSystem",
    levels: ["type", "instance"],
    summary: "Whether a code is in a code system",
    parameters: ["url", "code", "version", "display", "coding", "codeableConcept", "abstract", "displayLanguage"],
    run: runValidateInSystem,
  },
  {
    name: "subsumes",
    type: "CodeSystem",
    levels: ["type", "instance"],
    summary: "How two codes are related",
    parameters: ["codeA", "codeB", "system", "version", "codingA", "codingB"],
    run: runSubsumes,
  },
  {
    name: "expand",
    type: "ValueSet",
    levels: ["type", "instance"],
    summary: "The codes of a value set",
    parameters: [
      "url",
      "valueSet",
      "valueSetVersion",
      "filter",
      "offset",
      "count",
      "includeDesignations",
      "includeDefinition",
      "activeOnly",
      "excludeNested",
      "excludeNotForUI",
      "excludePostCoordinated",
      "designation",
      "exclude-system",
      "displayLanguage",
      "system-version",
      "check-system-version",
      "force-system-version",
    ],
    run: runExpand,
  },
  {
    name: "validate-code",
    type: "ValueSet",
    levels: ["type", "instance"],
    summary: "Whether a code is in a value set",
    parameters: [
      "url",
      "valueSet",
      "valueSetVersion",
      "code",
      "system",
      "systemVersion",
      "display",
      "coding",
      "codeableConcept",
      "abstract",
      "displayLanguage",
    ],
    run: runValidateInValueSet,
  },
  {
    name: "translate",
    type: "ConceptMap",
    levels: ["type", "instance"],
    summary: "The codes that maps lead to",
    parameters: [
      "url",
      "conceptMapVersion",
      "code",
      "system",
      "version",
      "coding",
      "codeableConcept",
      "source",
      "target",
      "targetsystem",
      "reverse",
    ],
    run: runTranslate,
  },
  {
    name: "closure",
    levels: ["system"],
    summary: "Keep a table of which codes are under which",
    parameters: ["name", "concept", "version"],
    isChange: true,
    run: runClosure,
  },
];

/** How the CapabilityStatement names it. */
export function statedOperation({ name, type, levels }: OperationRow): StatedOperation {
  return {
    code: name,
    ...(type === undefined ? {} : { types: [type] }),
    levels,
    definition: `http://hl7.org/fhir/OperationDefinition/${type ?? "ConceptMap"}-${name}`,
  };
}

async function runLookup(terms: Terms, { given, languages }: Asked): Promise<Result<object>> {
  const codings = codingsAsked(given);
  if (!codings.ok) return codings;
  const { system, version, code } = codings.value[0] ?? {};
  if (system === undefined || code === undefined) {
    return failed(incorrect("parameter-missing", "Say of which code system the code is.", { where: "system" }));
  }
  return lookup(terms, {
    system: canonicalAsked(system, version),
    code,
    properties: given.texts("property"),
    languages,
  });
}

async function runValidateInSystem(terms: Terms, asked: Asked): Promise<Result<object>> {
  const system = await codeSystemAsked(asked, "url");
  if (!system.ok) return system;
  const codings = codingsAsked(asked.given, system.value);
  if (!codings.ok) return codings;
  const isAbstractAllowed = asked.given.truth("abstract");
  if (!isAbstractAllowed.ok) return isAbstractAllowed;
  const { languages } = asked;
  return validateCode(terms, {
    codings: codings.value,
    isAbstractAllowed: isAbstractAllowed.value ?? true,
    languages,
  });
}

async function runValidateInValueSet(terms: Terms, asked: Asked): Promise<Result<object>> {
  const valueSet = await valueSetAsked(terms, asked);
  if (!valueSet.ok) return valueSet;
  const codings = codingsAsked(asked.given);
  if (!codings.ok) return codings;
  const isAbstractAllowed = asked.given.truth("abstract");
  if (!isAbstractAllowed.ok) return isAbstractAllowed;
  return validateCode(terms, {
    codings: codings.value,
    valueSet: valueSet.value,
    isAbstractAllowed: isAbstractAllowed.value ?? true,
    languages: asked.languages,
  });
}

async function runSubsumes(terms: Terms, asked: Asked): Promise<Result<object>> {
  const { given } = asked;
  const named = await codeSystemAsked(asked, "system");
  if (!named.ok) return named;
  const [a] = given.codings("codingA");
  const [b] = given.codings("codingB");
  const codeA = a?.code === undefined ? needed(given, "codeA") : ok(a.code);
  if (!codeA.ok) return codeA;
  const codeB = b?.code === undefined ? needed(given, "codeB") : ok(b.code);
  if (!codeB.ok) return codeB;
  const url = oneSystem([named.value?.url, a?.system, b?.system]);
  if (!url.ok) return url;
  const system = canonicalAsked(url.value, named.value?.version ?? a?.version);
  return subsumes(terms, { system, codeA: codeA.value, codeB: codeB.value });
}

async function runExpand(terms: Terms, asked: Asked): Promise<Result<object>> {
  const { given, languages, context } = asked;
  const valueSet = await valueSetAsked(terms, asked);
  if (!valueSet.ok) return valueSet;
  const offset = given.count("offset");
  if (!offset.ok) return offset;
  const count = given.count("count");
  if (!count.ok) return count;
  // No code that is listed is post-coordinated, so leaving those out changes nothing.
  const names = [
    "activeOnly",
    "includeDesignations",
    "excludeNested",
    "includeDefinition",
    "excludeNotForUI",
    "excludePostCoordinated",
  ];
  const truths = names.map((name) => given.truth(name));
  const wrong = truths.find((truth) => !truth.ok);
  if (wrong !== undefined) return wrong as Result<never>;
  const [isActiveOnly, hasDesignations, isFlat, isDefinitionIncluded, isForChoiceOnly] = truths.map(
    (truth) => truth.ok && truth.value === true,
  );
  const filter = given.text("filter");
  const designations = given.texts("designation");
  const order = {
    valueSet: withoutSystems(valueSet.value, given.texts("exclude-system")),
    isForChoiceOnly: isForChoiceOnly === true,
    ...(designations.length === 0 ? {} : { designations }),
    ...(filter === undefined ? {} : { filter }),
    offset: offset.value ?? 0,
    ...(count.value === undefined ? {} : { count: count.value }),
    isActiveOnly: isActiveOnly === true,
    hasDesignations: hasDesignations === true || designations.length > 0,
    isNested: isFlat !== true,
    languages,
    versions: {
      otherwise: versionsOf(given.texts("system-version")),
      checked: versionsOf(given.texts("check-system-version")),
      forced: versionsOf(given.texts("force-system-version")),
    },
  };
  const shown = { order, isDefinitionIncluded: isDefinitionIncluded === true };
  const expansion = await expand(terms, order);
  return expansion.ok ? ok(expandedValueSet(shown, expansion.value, context)) : expansion;
}

/** `url`, or `url|version` for one version of it. */
function withoutSystems(valueSet: CompiledValueSet, excluded: readonly string[]): CompiledValueSet {
  const isLeft = ({ system, version }: SystemPart) =>
    !excluded.includes(system) && (version === undefined || !excluded.includes(`${system}|${version}`));
  return excluded.length === 0 ? valueSet : { ...valueSet, parts: valueSet.parts.filter(isLeft) };
}

async function runTranslate(terms: Terms, asked: Asked): Promise<Result<object>> {
  const { given } = asked;
  const map = await conceptMapAsked(terms, asked);
  if (!map.ok) return map;
  const codings = codingsAsked(given);
  if (!codings.ok) return codings;
  const isReverse = given.truth("reverse");
  if (!isReverse.ok) return isReverse;
  const [source, target, targetSystem] = ["source", "target", "targetsystem"].map((name) => given.text(name));
  return translate(terms, {
    codings: codings.value,
    ...(map.value === undefined ? {} : { map: map.value }),
    ...(source === undefined ? {} : { source }),
    ...(target === undefined ? {} : { target }),
    ...(targetSystem === undefined ? {} : { targetSystem }),
    isReverse: isReverse.value === true,
  });
}

async function runClosure(terms: Terms, { given, context }: Asked): Promise<Result<object>> {
  const name = needed(given, "name");
  if (!name.ok) return name;
  const version = given.count("version");
  if (!version.ok) return version;
  return closure(terms, {
    name: `${context.actor.reference} ${name.value}`,
    codings: given.codings("concept"),
    ...(version.value === undefined ? {} : { version: version.value }),
  });
}
