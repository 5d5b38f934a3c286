import { limits } from "#kernel";
import { resourceTypes } from "#standards/fhir";
import { actorMet, isAuthor } from "./actor-met.ts";
import { type Asker, actionMet, type Met, purposeMet, purposesOf } from "./asker.ts";
import { type CodesBelow, codesAsWritten } from "./known-codes.ts";
import { both, either, everything, not, nothing, type Part, sizeOf } from "./part.ts";
import type { Coded, Rule, RuleData, Span, Terms } from "./rule.ts";

/**
 * What of a patient's record these Consents of theirs deny to the asker now.
 *
 * Within a Consent a nested rule decides against the one around it, and of rules at one level a denial against a permission.
 * Of several Consents each denial counts: what one permits does not open what another denies. What cannot be told (a code
 * of an unknown system, a group whose members are not known) is taken as met by a rule that denies and as not met by one
 * that permits. Without any Consent nothing is denied. See docs/decisions/0017-consent.md.
 */
export function deniedPart(
  all: readonly Terms[],
  asker: Asker,
  nowMs: number,
  codes: CodesBelow = codesAsWritten,
): Part {
  const denied = either(...all.map((terms) => deniedBy(terms, { asker, nowMs, codes })));
  return sizeOf(denied) > limits.consentPartSizeMax ? everything : denied;
}

/** The next moment after now at which a rule of these begins or ceases to hold; Infinity where there is none. */
export function nextChangeMs(all: readonly Terms[], nowMs: number): number {
  const spans = all.flatMap(({ frame, rule }) => [...(frame ? [frame] : []), ...(rule ? spansOf(rule) : [])]);
  const ahead = spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs]).filter((ms) => ms > nowMs);
  return ahead.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...ahead);
}

/** Whether there is an asker from whom it could keep something. */
export function canDeny({ base, rule }: Terms): boolean {
  return base === "deny" || (rule !== undefined && ruleCanDeny(rule));
}

function ruleCanDeny({ type, rules }: Rule): boolean {
  return type === "deny" || rules.some(ruleCanDeny);
}

function spansOf({ period, rules }: Rule): readonly Span[] {
  return [...(period === undefined ? [] : [period]), ...rules.flatMap(spansOf)];
}

interface Situation {
  readonly asker: Asker;
  readonly nowMs: number;
  readonly codes: CodesBelow;
}

function deniedBy({ base, isForResearch, frame, rule }: Terms, situation: Situation): Part {
  if (isForResearch && !purposesOf(situation.asker.purpose).includes("HRESCH")) return nothing;
  if (frame !== undefined && !holds(frame, situation)) return nothing;
  const decided: Decided = rule === undefined ? undecided : decidedBy(rule, situation);
  return base === "deny" ? either(decided.denied, not(decided.permitted)) : decided.denied;
}

function holds({ fromMs, toMs }: Span, { nowMs }: Situation): boolean {
  return fromMs <= nowMs && nowMs < toMs;
}

/** At most what a rule denies, and at least what it permits. */
interface Decided {
  readonly denied: Part;
  readonly permitted: Part;
}

const undecided: Decided = { denied: nothing, permitted: nothing };

function decidedBy(rule: Rule, situation: Situation): Decided {
  const { most, least } = scopeOf(rule, situation);
  if (most.is === "nothing") return undecided;
  const within = rule.rules.map((inner) => decidedBy(inner, situation));
  const denied = either(...within.map((inner) => inner.denied));
  const permitted = either(...within.map((inner) => inner.permitted));
  return {
    denied: both(most, rule.type === "deny" ? either(denied, not(permitted)) : denied),
    permitted: both(least, not(denied), rule.type === "permit" ? everything : permitted),
  };
}

/** What a rule is about: at most, with all that could be meant; at least, with only what is certainly meant. */
interface Bounds {
  readonly most: Part;
  readonly least: Part;
}

function scopeOf(rule: Rule, situation: Situation): Bounds {
  const { asker } = situation;
  const isNow = rule.period === undefined || holds(rule.period, situation);
  const met: readonly Met[] = [
    isNow ? "yes" : "no",
    actorMet(rule.actors, asker),
    purposeMet(rule.purposes, asker),
    actionMet(rule.actions, asker),
    rule.isUnclear ? "unclear" : "yes",
  ];
  const authors = rule.actors.filter(isAuthor);
  const parts: readonly Bounds[] = [
    ...met.map(metBounds),
    labelled(rule.labels),
    ofClass(rule.classes),
    coded(rule.codes, situation.codes),
    rule.dataPeriod === undefined ? exactly(everything) : dated(rule.dataPeriod),
    rule.data.length === 0 ? exactly(everything) : exactly(either(...rule.data.map(dataPart))),
    authors.length === 0 ? exactly(everything) : writtenBy(authors.map(({ reference }) => reference)),
  ];
  return { most: both(...parts.map(({ most }) => most)), least: both(...parts.map(({ least }) => least)) };
}

function exactly(part: Part): Bounds {
  return { most: part, least: part };
}

function metBounds(met: Met): Bounds {
  if (met === "unclear") return { most: everything, least: nothing };
  return exactly(met === "yes" ? everything : nothing);
}

function labelled(labels: readonly Coded[]): Bounds {
  return exactly(labels.length === 0 ? everything : { is: "label", any: labels });
}

/** With what stands below them; of what could not be found out, everything may be meant. */
function coded(any: readonly Coded[], codes: CodesBelow): Bounds {
  if (any.length === 0) return exactly(everything);
  const part: Part = { is: "code", any };
  return { most: codes.isOpen(any) ? everything : part, least: part };
}

/** Source: FHIR R4 consent-content-class: types of resources, and profiles by their url. */
function ofClass(classes: readonly Coded[]): Bounds {
  if (classes.length === 0) return exactly(everything);
  const kinds = classes.filter(isKind).map(({ code }) => code);
  const profiles = classes.filter(({ code }) => /^https?:\/\//.test(code)).map(({ code }) => code);
  const named = either(
    kinds.length === 0 ? nothing : { is: "kind", any: kinds },
    profiles.length === 0 ? nothing : { is: "profile", any: profiles },
  );
  return { most: kinds.length + profiles.length < classes.length ? everything : named, least: named };
}

function isKind({ system, code }: Coded): boolean {
  return (system === undefined || system === "http://hl7.org/fhir/resource-types") && resourceTypes.includes(code);
}

function dated(span: Span): Bounds {
  return { most: either({ is: "touching", span }, { is: "undated" }), least: { is: "within", span } };
}

/** Source: FHIR R4 consent-data-meaning. */
function dataPart({ meaning, reference }: RuleData): Part {
  const any = [reference];
  switch (meaning) {
    case "instance":
      return { is: "itself", any };
    case "related":
      return either({ is: "itself", any }, { is: "referred", any });
    case "dependents":
      return either({ is: "itself", any }, { is: "referring", any });
    case "authoredby":
      return { is: "written-by", any };
  }
}

function writtenBy(authors: readonly (string | undefined)[]): Bounds {
  const any = authors.filter((author) => author !== undefined);
  const part: Part = any.length === 0 ? nothing : { is: "written-by", any };
  return { most: any.length < authors.length ? everything : part, least: part };
}
