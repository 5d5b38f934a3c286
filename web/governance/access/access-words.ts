import type { ExplainedAction, ExplanationStep, ReachWord } from "#access/api";

export const actionWords: Readonly<Record<ExplainedAction, string>> = {
  read: "read",
  search: "find by a search",
  history: "list the history of",
  update: "change",
  delete: "delete",
};

export const reachWords: Readonly<Record<ReachWord, string>> = {
  all: "All",
  "cared-for": "Of those they care for",
  nobody: "No",
};

export const saysWords: Readonly<Record<ExplanationStep["says"], string>> = {
  allows: "Allows",
  denies: "Denies",
  silent: "Nothing to say",
};

/** `legitimate relationship` as a heading. */
export function ruleTitle(rule: string): string {
  return rule.charAt(0).toUpperCase() + rule.slice(1);
}
