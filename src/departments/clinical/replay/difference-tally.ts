import { limits } from "#kernel";
import type { DifferenceExample, DifferenceGroup, DifferenceReport } from "../api/replays.ts";
import type { FoundDifference } from "./foreseen.ts";

interface Group {
  readonly difference: DifferenceGroup["difference"];
  readonly examples: DifferenceExample[];
  messages: number;
}

/** Counts the differences of many messages: the same one in how many of them, with the first examples. */
export class DifferenceTally {
  readonly #groups = new Map<string, Group>();
  readonly #leftOut = new Set<string>();
  #messages = 0;
  #different = 0;

  add(message: string, differences: readonly FoundDifference[]): void {
    this.#messages += 1;
    if (differences.length > 0) this.#different += 1;
    const seen = new Set<string>();
    for (const { difference, ...values } of differences) {
      const key = JSON.stringify(difference);
      const group = this.#group(key, difference);
      if (group === undefined) continue;
      if (!seen.has(key)) {
        group.messages += 1;
        // One example a message, so that the examples are of several.
        if (group.examples.length < limits.replayExamplesMax) group.examples.push({ message, ...shortened(values) });
      }
      seen.add(key);
    }
  }

  report(): DifferenceReport {
    const groups = [...this.#groups.values()].sort((one, other) => other.messages - one.messages);
    return {
      messages: this.#messages,
      different: this.#different,
      groups: groups.map(({ difference, messages, examples }) => ({ difference, messages, examples: [...examples] })),
      groupsLeftOut: this.#leftOut.size,
    };
  }

  #group(key: string, difference: Group["difference"]): Group | undefined {
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    if (this.#groups.size >= limits.replayGroupsMax) {
      if (this.#leftOut.size < limits.replayGroupsMax) this.#leftOut.add(key);
      return undefined;
    }
    const group: Group = { difference, examples: [], messages: 0 };
    this.#groups.set(key, group);
    return group;
  }
}

/** Long values are cut: an example shows what differs, the message has the whole. */
export function shortened<T extends Pick<DifferenceExample, "before" | "after">>(values: T): T {
  const { before, after } = values;
  return {
    ...values,
    ...(before === undefined ? {} : { before: cut(before) }),
    ...(after === undefined ? {} : { after: cut(after) }),
  };
}

function cut(text: string): string {
  const { replayValueCharactersMax: most } = limits;
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}
