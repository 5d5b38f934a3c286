import { isJsonObject, type JsonObject } from "#kernel";
import { roles as allRoles, isRoleName } from "../../roles/index.ts";
import { roleSystem } from "../asker.ts";
import { readTerms } from "../read-terms.ts";
import type { Coded, Rule, RuleActor, Span } from "../rule.ts";
import { subjectKinds } from "./consent-of.ts";

/** What an active Consent says, in plain sentences; the exceptions after what they are exceptions to. */
export function sentencesOf(consent: JsonObject): readonly string[] {
  const read = readTerms({ ...consent, status: "active" });
  if (read === undefined) return ["This says nothing about who may see the record."];
  const { base, frame, rule, isForResearch } = read.terms;
  const when = frame === undefined ? "" : spanText(frame);
  const based = base === "deny" ? [`Nobody may see this record${when}, but for what follows.`] : [];
  const only = isForResearch ? ["This is about research only."] : [];
  const told = [...only, ...based, ...(rule === undefined ? [] : ruleSentences(rule, ""))];
  return told.length === 0 ? ["Nobody is kept from seeing the record."] : told;
}

function ruleSentences(rule: Rule, before: string): readonly string[] {
  const own = rule.type === undefined ? [] : [`${before}${sentence(rule)}`];
  const unclear = rule.isUnclear ? ["Part of this cannot be read; it is taken as meant wherever it denies."] : [];
  return [...own, ...unclear, ...rule.rules.flatMap((inner) => ruleSentences(inner, "Except: "))];
}

function sentence(rule: Rule): string {
  const { type, actors, purposes, period } = rule;
  const told = `${whatText(rule)}${purposeText(purposes)}${period ? spanText(period) : ""}.`;
  if (actors.length === 0) return `${type === "deny" ? "Nobody may see" : "Everybody may see"} ${told}`;
  return `${whoText(actors)} ${type === "deny" ? "may not see" : "may see"} ${told}`;
}

function whoText(actors: readonly RuleActor[]): string {
  return `Whoever is ${listed(actors.map(actorText), "or")}`;
}

function actorText({ identifier, reference, roles }: RuleActor): string {
  const named =
    identifier?.system === roleSystem ? identifier.code : roles.find((role) => role.system === roleSystem)?.code;
  if (named !== undefined) return isRoleName(named) ? allRoles[named].title : named;
  return reference ?? identifier?.code ?? "somebody who is only described";
}

function whatText({ classes, codes, labels, data, dataPeriod }: Rule): string {
  const parts = [
    ...(classes.length === 0 ? [] : [classText(classes)]),
    ...(codes.length === 0 ? [] : [`what has the code ${listed(codes.map(codeText), "or")}`]),
    ...(labels.length === 0 ? [] : [`what is labelled ${listed(labels.map(codeText), "or")}`]),
    ...(data.length === 0
      ? []
      : [
          `what concerns ${listed(
            data.map(({ reference }) => reference),
            "or",
          )}`,
        ]),
  ];
  const what = parts.length === 0 ? "anything of the record" : parts.join(", ");
  return dataPeriod === undefined ? what : `${what} of the time${spanText(dataPeriod)}`;
}

function classText(classes: readonly Coded[]): string {
  const kinds = classes.map(({ code }) => code);
  const subject = Object.entries(subjectKinds).find(
    ([, of]) => of.length === kinds.length && of.every((kind) => kinds.includes(kind)),
  );
  return subject?.[0] ?? listed(kinds, "or");
}

function purposeText(purposes: readonly Coded[]): string {
  return purposes.length === 0 ? "" : ` for the purpose ${listed(purposes.map(codeText), "or")}`;
}

function codeText({ code }: Coded): string {
  return code;
}

function listed(words: readonly string[], joint: string): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} ${joint} ${words.at(-1)}`;
}

const farPastYear = 1;
const farFutureYear = 9_999;

/** By whole days, as people say it; the end is exclusive. */
function spanText({ fromMs, toMs }: Span): string {
  const [from, to] = [new Date(fromMs), new Date(toMs - 1)];
  const begins = from.getUTCFullYear() > farPastYear ? ` from ${dayText(from)}` : "";
  return to.getUTCFullYear() < farFutureYear ? `${begins} until ${dayText(to)}` : begins;
}

function dayText(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** Of a stored Consent, as written. */
export function givenOf({ dateTime }: JsonObject): string | undefined {
  return typeof dateTime === "string" ? dateTime : undefined;
}

export function statusOf(consent: JsonObject): string {
  return isJsonObject(consent) && typeof consent.status === "string" ? consent.status : "unknown";
}
