import type { ImageRouteView } from "#departments/clinical/api";
import { wordsOf } from "../imaging-words.ts";

/** A rule as the fields of its form hold it. */
export interface RuleDraft {
  readonly id: string;
  readonly description: string;
  readonly isOn: boolean;
  readonly trigger: ImageRouteView["trigger"];
  readonly sources: string;
  readonly modalities: string;
  readonly bodyParts: string;
  readonly descriptions: string;
  readonly from: string;
  readonly until: string;
  readonly to: readonly string[];
  readonly transferSyntax: string;
  /** Empty: none. */
  readonly priors: string;
  readonly sameModality: boolean;
}

export function draftOf(rule: ImageRouteView | undefined): RuleDraft {
  const { id = "", description = "", isOn = true, trigger = "received", hours, priors, to = [] } = rule ?? {};
  const text = (words: readonly string[] = []) => words.join(", ");
  return {
    id,
    description,
    isOn,
    trigger,
    sources: text(rule?.sources),
    modalities: text(rule?.modalities),
    bodyParts: text(rule?.bodyParts),
    descriptions: text(rule?.descriptions),
    from: hours?.from ?? "",
    until: hours?.to ?? "",
    to,
    transferSyntax: rule?.transferSyntax ?? "",
    priors: priors === undefined ? "" : String(priors.count),
    sameModality: priors?.sameModality ?? true,
  };
}

/** What is sent of it. */
export function bodyOf(draft: RuleDraft) {
  const { description, isOn, trigger, from, until, to, transferSyntax, priors, sameModality } = draft;
  return {
    description,
    isOn,
    trigger,
    sources: wordsOf(draft.sources),
    modalities: wordsOf(draft.modalities),
    bodyParts: wordsOf(draft.bodyParts),
    descriptions: wordsOf(draft.descriptions),
    to,
    ...(from === "" || until === "" ? {} : { hours: { from, to: until } }),
    ...(transferSyntax === "" ? {} : { transferSyntax }),
    ...(priors.trim() === "" ? {} : { priors: { count: Number(priors), sameModality } }),
  };
}
