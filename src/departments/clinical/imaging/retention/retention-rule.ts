import { incorrect } from "#kernel";
import type { KindDefinition } from "#record";
import { noEntries } from "#record";
import { type RetentionRuleBody, type RetentionRuleView, retentionRuleBody } from "../../api/image-retention.ts";

export const retentionRuleKind = "ImageRetentionRule";

export const retentionRuleDefinition: KindDefinition = {
  kind: retentionRuleKind,
  check: (body) => {
    const { resourceType: _, ...own } = body;
    const parsed = retentionRuleBody.safeParse(own);
    const [issue] = parsed.success ? [] : parsed.error.issues;
    if (issue === undefined) return [];
    return [incorrect("element-invalid", issue.message, { where: `${retentionRuleKind}.${issue.path.join(".")}` })];
  },
  index: () => noEntries,
};

/** What rules look at. Days are `2014-05-01`. */
export interface AgeingStudy {
  readonly day: string;
  readonly modalities: readonly string[];
  readonly description: string;
  /** Undefined where it is not known. */
  readonly birthDay: string | undefined;
  /** The last day of care; undefined where the record knows of none. */
  readonly lastContact: string | undefined;
}

export type RuleJudgement =
  | { readonly is: "no-rule" }
  /** A rule makes a difference for children, and nobody knows whether it is about one. */
  | { readonly is: "birth-unknown"; readonly rule: string }
  | {
      readonly is: "until";
      readonly day: string;
      /** The one that keeps it longest. */
      readonly rule: string;
      readonly withRecord: boolean;
      readonly keepsUnreported: boolean;
      /** Names of nodes. */
      readonly secondArchives: readonly string[];
    };

/** How long the rules keep a study: the longest of those that are about it counts, and whatever any of them asks for besides. */
export function judgeByRules(rules: readonly RetentionRuleView[], study: AgeingStudy): RuleJudgement {
  const applying = rules.filter((rule) => rule.isOn && isAbout(rule, study));
  const [first] = applying;
  if (first === undefined) return { is: "no-rule" };
  const unsure = applying.find(({ childUntilAge }) => childUntilAge !== undefined && study.birthDay === undefined);
  if (unsure !== undefined) return { is: "birth-unknown", rule: unsure.id };
  const longest = applying.reduce((one, other) => (untilOf(other, study) > untilOf(one, study) ? other : one), first);
  return {
    is: "until",
    day: untilOf(longest, study),
    rule: longest.id,
    withRecord: applying.some(({ withRecord }) => withRecord),
    keepsUnreported: applying.some(({ keepsUnreported }) => keepsUnreported),
    secondArchives: [...new Set(applying.flatMap(({ secondArchive }) => secondArchive ?? []))],
  };
}

function isAbout({ modalities, descriptions }: RetentionRuleBody, study: AgeingStudy): boolean {
  const shown = new Set(study.modalities.map((each) => each.toUpperCase()));
  if (modalities.length > 0 && !modalities.some((each) => shown.has(each.toUpperCase()))) return false;
  const said = study.description.toLowerCase();
  return descriptions.length === 0 || descriptions.some((part) => said.includes(part.toLowerCase()));
}

function untilOf({ years, from, childUntilAge }: RetentionRuleBody, study: AgeingStudy): string {
  const { day, lastContact = day, birthDay } = study;
  const base = from === "last-contact" && lastContact > day ? lastContact : day;
  const usual = yearsOn(base, years);
  if (childUntilAge === undefined || birthDay === undefined || day >= yearsOn(birthDay, 18)) return usual;
  const grown = yearsOn(birthDay, childUntilAge);
  return grown > usual ? grown : usual;
}

/** The same day some years on; 29 February becomes 1 March, so that nothing goes a day early. */
export function yearsOn(day: string, years: number): string {
  const [year = "", month = "01", date = "01"] = day.split("-");
  const to = new Date(Date.UTC(Number(year) + years, Number(month) - 1, Number(date)));
  return to.toISOString().slice(0, 10);
}

/** No study from after this day may go by any of these rules; undefined where none is on. */
export function latestDueDay(rules: readonly RetentionRuleView[], today: string): string | undefined {
  const years = rules.filter(({ isOn }) => isOn).map((rule) => rule.years);
  return years.length === 0 ? undefined : yearsOn(today, -Math.min(...years));
}
