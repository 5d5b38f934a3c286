import type { RetentionRuleView } from "#departments/clinical/api";
import { wordsOf } from "../imaging-words.ts";

/** A rule as the fields of its form hold it. */
export interface RetentionDraft {
  readonly id: string;
  readonly description: string;
  readonly isOn: boolean;
  readonly modalities: string;
  readonly descriptions: string;
  readonly years: string;
  readonly from: RetentionRuleView["from"];
  /** Empty: children's studies are kept as long as others'. */
  readonly childUntilAge: string;
  readonly withRecord: boolean;
  readonly keepsUnreported: boolean;
  /** Empty: none is asked. */
  readonly secondArchive: string;
}

export function draftOf(rule: RetentionRuleView | undefined): RetentionDraft {
  if (rule === undefined)
    return {
      id: "",
      description: "",
      isOn: true,
      modalities: "",
      descriptions: "",
      years: "8",
      from: "last-contact",
      childUntilAge: "25",
      withRecord: true,
      keepsUnreported: true,
      secondArchive: "",
    };
  return {
    ...rule,
    modalities: rule.modalities.join(", "),
    descriptions: rule.descriptions.join(", "),
    years: String(rule.years),
    childUntilAge: rule.childUntilAge === undefined ? "" : String(rule.childUntilAge),
    secondArchive: rule.secondArchive ?? "",
  };
}

/** What is sent of it. */
export function bodyOf(draft: RetentionDraft) {
  const { description, isOn, from, withRecord, keepsUnreported, childUntilAge, secondArchive } = draft;
  return {
    description,
    isOn,
    from,
    withRecord,
    keepsUnreported,
    modalities: wordsOf(draft.modalities),
    descriptions: wordsOf(draft.descriptions),
    years: Number(draft.years),
    ...(childUntilAge.trim() === "" ? {} : { childUntilAge: Number(childUntilAge) }),
    ...(secondArchive === "" ? {} : { secondArchive }),
  };
}

export function isReady({ id, years }: RetentionDraft): boolean {
  return /^[A-Za-z0-9.-]{1,64}$/.test(id.trim()) && Number.isInteger(Number(years)) && Number(years) >= 1;
}
