import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { farFutureMs, farPastMs, parseDateTime, parseReference } from "#standards/fhir";
import type { Coded, DataMeaning, Decision, Rule, RuleActor, RuleData, Span, Terms } from "./rule.ts";

/** A Consent that restricts who sees what, by its id. */
export interface PatientTerms {
  /** `Patient/1` */
  readonly patient: string;
  readonly terms: Terms;
  /** Consents that it says it takes the place of: `Consent/1`. They no longer count if they are older and of one scope with it. */
  readonly replaces: readonly string[];
  readonly scope: string;
  /** When it was given; undefined: not said, and it replaces nothing. */
  readonly givenMs?: number;
}

/** By which a Consent says that it takes the place of another. Source: FHIR R4 StructureDefinition replaces. */
const replacesExtension = "http://hl7.org/fhir/StructureDefinition/replaces";

/** Scopes that are about treatment, and say nothing of who may see what. Source: FHIR R4 consentscope. */
const clinicalScopes: readonly string[] = ["adr", "treatment"];

/**
 * What a Consent says of who may see what. Undefined where it says nothing: it is not active, names no patient of this
 * record, or is about treatment only. What it says in a way that cannot be read is taken to be there and unclear.
 */
export function readTerms(consent: JsonObject): PatientTerms | undefined {
  const scopes = codedIn([consent.scope ?? null]).map(({ code }) => code);
  const patient = literal(objectOf(consent.patient));
  if (consent.status !== "active" || patient === undefined) return undefined;
  if (scopes.length > 0 && scopes.every((scope) => clinicalScopes.includes(scope))) return undefined;
  const givenMs = typeof consent.dateTime === "string" ? parseDateTime(consent.dateTime)?.fromMs : undefined;
  const given = givenMs === undefined ? {} : { givenMs };
  return { patient, terms: termsOf(consent, scopes), replaces: replacedBy(consent), scope: scopes.join(), ...given };
}

/** What changes the meaning of the whole in a way that is not known leaves nothing that could be permitted. */
function termsOf(consent: JsonObject, scopes: readonly string[]): Terms {
  const isForResearch = scopes.length > 0 && scopes.every((scope) => scope === "research");
  if (consent.modifierExtension !== undefined) return { base: "deny", isForResearch };
  const base = baseOf(consent);
  if (!isJsonObject(consent.provision)) return { base, isForResearch };
  return { isForResearch, ...rooted(base, ruleIn(consent.provision)) };
}

/**
 * R4 gives the first provision no type of its own: it is an exception to the base, and so decides the other way round; one
 * that only names a time says when the whole holds; one with rules of its own and without a base, where they hold.
 */
function rooted(base: Decision | undefined, rule: Rule): Pick<Terms, "base" | "frame" | "rule"> {
  if (rule.type !== undefined || rule.isUnclear) return { base, rule: { ...rule, type: rule.type ?? opposite(base) } };
  if (isOnlyTimed(rule)) {
    const { period, ...untimed } = rule;
    const frame = period === undefined ? {} : { frame: period };
    return rule.rules.length === 0 ? { base, ...frame } : { base, ...frame, rule: untimed };
  }
  return { base, rule: { ...rule, type: opposite(base) } };
}

function isOnlyTimed({ actors, actions, purposes, labels, classes, codes, data, dataPeriod }: Rule): boolean {
  const lists = [actors, actions, purposes, labels, classes, codes, data];
  return dataPeriod === undefined && lists.every(({ length }) => length === 0);
}

function opposite(base: Decision | undefined): Decision | undefined {
  if (base === undefined) return undefined;
  return base === "permit" ? "deny" : "permit";
}

/** Source: HL7 v3 ActConsentDirective: opted in or out, with restrictions or exceptions or without. */
const bases: Readonly<Record<string, Decision>> = {
  OPTIN: "permit",
  OPTINR: "permit",
  OPTOUT: "deny",
  OPTOUTE: "deny",
};

function baseOf({ policyRule }: JsonObject): Decision | undefined {
  for (const { code } of codedIn([policyRule ?? null])) if (Object.hasOwn(bases, code)) return bases[code];
  return undefined;
}

function replacedBy({ extension }: JsonObject): readonly string[] {
  return objectsIn(extension).flatMap(({ url, valueReference, valueUri, valueCanonical }) => {
    if (url !== replacesExtension) return [];
    const named = literal(objectOf(valueReference)) ?? valueUri ?? valueCanonical;
    const target = typeof named === "string" ? literal({ reference: named }) : undefined;
    return target?.startsWith("Consent/") ? [target] : [];
  });
}

const known: ReadonlySet<string> = new Set(
  "id,extension,type,period,actor,action,securityLabel,purpose,class,code,dataPeriod,data,provision".split(","),
);

function ruleIn(provision: JsonObject): Rule {
  const { type } = provision;
  const [period, dataPeriod] = [spanIn(provision.period), spanIn(provision.dataPeriod)];
  const actors = objectsIn(provision.actor).map(actorIn);
  const data = objectsIn(provision.data).map(dataIn);
  const lists = ["action", "purpose", "securityLabel", "class", "code"] as const;
  const coded = lists.map((name) => codesOf(provision[name]));
  const [actions = [], purposes = [], labels = [], classes = [], codes = []] = coded.map(({ codes }) => codes);
  const isUnclear =
    Object.keys(provision).some((name) => !known.has(name)) ||
    coded.some((list) => list.isUnclear) ||
    [period, dataPeriod].includes("unclear") ||
    data.includes(undefined) ||
    !(type === undefined || type === "permit" || type === "deny");
  return {
    type: type === "permit" || type === "deny" ? type : undefined,
    ...(period === undefined || period === "unclear" ? {} : { period }),
    actors,
    actions,
    purposes,
    labels,
    classes,
    codes,
    ...(dataPeriod === undefined || dataPeriod === "unclear" ? {} : { dataPeriod }),
    data: data.filter((each) => each !== undefined),
    rules: objectsIn(provision.provision).map(ruleIn),
    isUnclear,
  };
}

/** Without an end on one side it reaches as far as time does. */
function spanIn(value: Json | undefined): Span | "unclear" | undefined {
  if (!isJsonObject(value)) return value === undefined ? undefined : "unclear";
  const { start, end } = value;
  const from = typeof start === "string" ? parseDateTime(start)?.fromMs : farPastMs;
  const to = typeof end === "string" ? parseDateTime(end)?.toMs : farFutureMs;
  return from === undefined || to === undefined ? "unclear" : { fromMs: from, toMs: to };
}

function actorIn({ role, reference }: JsonObject): RuleActor {
  const named = objectOf(reference);
  const target = literal(named);
  const { system, value } = objectOf(named.identifier);
  return {
    roles: codedIn([role ?? null]),
    ...(target === undefined ? {} : { reference: target }),
    ...(typeof value === "string"
      ? { identifier: { code: value, ...(typeof system === "string" ? { system } : {}) } }
      : {}),
  };
}

const meanings: readonly DataMeaning[] = ["instance", "related", "dependents", "authoredby"];

function dataIn({ meaning, reference }: JsonObject): RuleData | undefined {
  const target = literal(objectOf(reference));
  const meant = meanings.find((each) => each === meaning);
  return target === undefined || meant === undefined ? undefined : { meaning: meant, reference: target };
}

/** The codings of a list of concepts or codings; unclear where one has none. */
function codesOf(value: Json | undefined): { readonly codes: readonly Coded[]; readonly isUnclear: boolean } {
  if (value === undefined) return { codes: [], isUnclear: false };
  const items = objectsIn(value);
  const codes = items.map((item) => codedIn([item]));
  return { codes: codes.flat(), isUnclear: items.length === 0 || codes.some(({ length }) => length === 0) };
}

function codedIn(values: readonly Json[]): readonly Coded[] {
  return values.filter(isJsonObject).flatMap((value): readonly Coded[] => {
    if (Array.isArray(value.coding)) return codedIn(value.coding as readonly Json[]);
    const { system, code } = value;
    return typeof code === "string" ? [{ code, ...(typeof system === "string" ? { system } : {}) }] : [];
  });
}

/** `Patient/1`, without a version; undefined for what another server holds: the record writes its own without an address. */
function literal({ reference }: JsonObject): string | undefined {
  const target = typeof reference === "string" ? parseReference(reference) : undefined;
  return target === undefined || target.base !== undefined ? undefined : `${target.type}/${target.id}`;
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter(isJsonObject) : [];
}
