import { type KeptCounts, keptReasons, type RetentionRuleBody } from "#departments/clinical/api";
import { countOf } from "../../parts/format/numbers.ts";

/** What a rule says, in two sentences at most. */
export function retentionSentence(rule: RetentionRuleBody, nodeNamed: (id: string) => string): string {
  const { modalities, descriptions, years, from, childUntilAge, withRecord, keepsUnreported, secondArchive } = rule;
  const which = [
    modalities.length === 0 ? "" : `of ${modalities.join(" or ")}`,
    descriptions.length === 0 ? "" : `whose description has ${descriptions.map((part) => `“${part}”`).join(" or ")}`,
  ].filter((part) => part !== "");
  const base = from === "study" ? "the study" : "the patient's last contact";
  const child = childUntilAge === undefined ? "" : `, a child's at least to the age of ${childUntilAge}`;
  const besides = [
    withRecord ? "the health record is still to be kept" : "",
    keepsUnreported ? "nobody has reported on it" : "",
    secondArchive === undefined ? "" : `${nodeNamed(secondArchive)} does not commit to it`,
  ].filter((part) => part !== "");
  const stays = besides.length === 0 ? "" : ` It stays as long as ${listed(besides)}.`;
  return `A study${which.length === 0 ? "" : ` ${which.join(", ")}`} is kept for ${countOf(years, "year")} after ${base}${child}.${stays}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")}, or ${parts.at(-1)}`;
}

/** Why how many stay, the most frequent first. */
export function keptLines(kept: KeptCounts): readonly string[] {
  return Object.entries(kept)
    .toSorted(([, one], [, other]) => other - one)
    .map(
      ([reason, count]) =>
        `${countOf(count, "study", "studies")}: ${keptReasons[reason as keyof KeptCounts].toLowerCase()}`,
    );
}
