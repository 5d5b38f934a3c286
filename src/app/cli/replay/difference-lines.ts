import type { DifferenceReport } from "#departments/clinical/api";

type Group = DifferenceReport["groups"][number];

/** What differs, a line a kind of difference with its first example. */
export function differenceLines({ groups, groupsLeftOut, messages, different }: DifferenceReport): readonly string[] {
  return [
    `${different} of ${messages} messages differ.`,
    ...groups.map((group) => `${String(group.messages).padStart(8)}  ${words(group)}${example(group)}`),
    ...(groupsLeftOut === 0 ? [] : [`          and ${groupsLeftOut} further kinds of difference`]),
  ];
}

function words({ difference }: Group): string {
  switch (difference.is) {
    case "element":
      return `${difference.kind}.${difference.element} ${difference.change}`;
    case "resource":
      return `${difference.kind} ${difference.change === "created" ? "created" : "not made"}`;
    case "outcome":
      return `${difference.before} → ${difference.after}`;
    case "destination":
      return `destination ${difference.destination} ${difference.change}`;
  }
}

/** Values may be of a patient: whoever runs the command holds the data folder. */
function example({ difference, examples: [first] }: Group): string {
  if (first === undefined) return "";
  const change = difference.is === "element" ? `: ${first.before ?? "nothing"} → ${first.after ?? "nothing"}` : "";
  return `   (${first.message}${change})`;
}
