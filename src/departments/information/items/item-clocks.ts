import type { ClockRule, ClockRun } from "../clock/clock-rule.ts";
import { type ClockNeeds, type ClockView, dueAtOf, viewClock } from "../clock/clock-view.ts";
import { isOpen } from "../lists/life.ts";
import type { ListClock, ListDefinition } from "../lists/list-definition.ts";
import type { GovernanceItem } from "./item.ts";

/** How the clocks of an item stand, in the order of its list. One that has not begun is not among them. */
export function clocksOf(list: ListDefinition, item: GovernanceItem, needs: ClockNeeds): readonly ClockView[] {
  return list.clocks.flatMap((clock) => {
    const run = runOf(clock, item);
    return run === undefined ? [] : [viewClock(ruleOf(clock, item), run, needs)];
  });
}

/** Stamps what searches need: when the next thing is due, and whether one that is closed was in time. */
export function withDue(list: ListDefinition, item: GovernanceItem, needs: ClockNeeds): GovernanceItem {
  const { dueAt: _, onTime: _before, ...rest } = item;
  const clocks = clocksOf(list, rest, needs);
  if (!isOpen(item.state)) return { ...rest, onTime: clocks.every(({ state }) => state === "met") };
  const running = clocks.filter(({ state }) => state === "running" || state === "overdue");
  const [first] = running.map(({ dueAt }) => dueAt).sort();
  return first === undefined ? rest : { ...rest, dueAt: first };
}

/** The last day on which it could have been in time, whatever else: for a question about an extension. */
export function answerDueMs(list: ListDefinition, item: GovernanceItem, needs: ClockNeeds): number | undefined {
  const clock = list.clocks.find(({ rule }) => rule.extension !== undefined);
  const run = clock && runOf(clock, item);
  return clock && run && dueAtOf(ruleOf(clock, item), run, needs);
}

function ruleOf({ rule, monthsField }: ListClock, { fields }: GovernanceItem): ClockRule {
  const months = Number(monthsField === undefined ? undefined : fields[monthsField]);
  return Number.isInteger(months) && months > 0 ? { ...rule, length: { months } } : rule;
}

function runOf({ startsBy, endsBy, rule }: ListClock, item: GovernanceItem): ClockRun | undefined {
  const { marks, stops, extension, state } = item;
  // What is kept up is reviewed while it is in force, and at no other time.
  if (endsBy === undefined && state !== "in-force") return undefined;
  const startsAt = marks[startsBy] ?? marks.received ?? "";
  const endedAt = endsBy === undefined ? undefined : marks[endsBy];
  return {
    startsAt,
    stops,
    ...(extension === undefined || rule.extension === undefined ? {} : { extension }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}
