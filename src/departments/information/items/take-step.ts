import { conflict, failed, incorrect, ok, type Problem, type Result } from "#kernel";
import type { ClockNeeds } from "../clock/clock-view.ts";
import { type StepName, steps } from "../lists/life.ts";
import type { ListDefinition, Mark } from "../lists/list-definition.ts";
import type { GovernanceItem, Said } from "./item.ts";
import { answerDueMs } from "./item-clocks.ts";

export interface StepOrder {
  readonly step: StepName;
  readonly said: Said;
  readonly outcome?: string | undefined;
}

/**
 * The item after a step. Pure. Problems: conflict `step-not-possible`, `checks-open`, `second-person-needed`, `outcome-untrue`, `extended-already`,
 * `too-late-to-extend`, `not-marked`; incorrect `why-missing`, `outcome-missing`.
 */
export function takeStep(
  { list, item, needs }: { readonly list: ListDefinition; readonly item: GovernanceItem; readonly needs: ClockNeeds },
  order: StepOrder,
): Result<GovernanceItem> {
  const problem = stepProblem(list, item, order) ?? extensionProblem({ list, item, needs }, order);
  return problem === undefined ? ok(stepped(list, item, order)) : failed(problem);
}

/** The steps that an item may take now, as far as nothing else is missing. */
export function possibleSteps({ steps: known, markOf }: ListDefinition, item: GovernanceItem): readonly StepName[] {
  return known.filter((name) => {
    if (!steps[name].from.includes(item.state)) return false;
    if (name === "mark") return markOf !== undefined && item.flag === undefined;
    if (name === "unmark") return item.flag !== undefined;
    if (name === "extend") return item.extension === undefined;
    if (name === "report" || name === "not-report") return item.marks.reported === undefined;
    if (name === "acknowledge") return item.marks.acknowledged === undefined;
    return true;
  });
}

function stepProblem(
  list: ListDefinition,
  item: GovernanceItem,
  { step, said, outcome }: StepOrder,
): Problem | undefined {
  if (!possibleSteps(list, item).includes(step)) {
    return conflict("step-not-possible", `“${steps[step].title}” is not possible as it stands now.`);
  }
  if (steps[step].needsWhy && said.why === undefined) {
    return incorrect("why-missing", "Say why: it is kept, and read later.", { where: "why" });
  }
  if (steps[step].needsOutcome && list.outcomes.length > 0 && !list.outcomes.some(({ value }) => value === outcome)) {
    return incorrect("outcome-missing", "Choose what came of it.", { where: "outcome" });
  }
  const isEnd = step === "finish" || step === "approve";
  const missing = isEnd ? list.checks.filter(({ name, isNeeded }) => isNeeded && item.checks[name] === undefined) : [];
  if (missing.length > 0) {
    return conflict("checks-open", `Still to be ticked off: ${missing.map(({ label }) => label).join("; ")}.`);
  }
  const [alone] = isEnd
    ? list.checks.filter(({ name, byAnother }) => byAnother && item.checks[name]?.by === said.by)
    : [];
  if (alone !== undefined) {
    return conflict("second-person-needed", `“${alone.label}” is for somebody else to tick off than who finishes.`);
  }
  const isMarked = list.outcomes.find(({ value }) => value === outcome)?.isMarked;
  if (step === "finish" && isMarked !== undefined && isMarked !== (item.flag !== undefined))
    return outcomeUntrue(isMarked);
  if (
    step === "finish" &&
    list.clocks.some(({ endsBy }) => endsBy === "reported") &&
    item.marks.reported === undefined
  ) {
    return conflict("report-open", "Decide first whether it is reported to the ICO.");
  }
  return undefined;
}

function outcomeUntrue(isMarked: boolean): Problem {
  return conflict(
    "outcome-untrue",
    isMarked ? "Mark the patient's record first: without the mark nothing is held back." : "Take the mark away first.",
    { where: "outcome" },
  );
}

interface Extending {
  readonly list: ListDefinition;
  readonly item: GovernanceItem;
  readonly needs: ClockNeeds;
}

/** The person must be told of an extension within the first month. Source: UK GDPR art 12(3). */
function extensionProblem({ list, item, needs }: Extending, { step }: StepOrder): Problem | undefined {
  if (step !== "extend") return undefined;
  const dueMs = answerDueMs(list, item, needs);
  if (dueMs === undefined) return conflict("step-not-possible", "The time of this list cannot be extended.");
  const isLate = needs.now >= dueMs;
  return isLate ? conflict("too-late-to-extend", "The time is over: it had to be extended before.") : undefined;
}

function stepped(list: ListDefinition, item: GovernanceItem, { step, said, outcome }: StepOrder): GovernanceItem {
  const { to } = steps[step];
  const next: GovernanceItem = {
    ...item,
    ...(to === undefined ? {} : { state: to }),
    changed: { ...said, did: step },
  };
  switch (step) {
    case "wait":
      return { ...next, stops: [...item.stops, { from: said.at, reason: said.why ?? "" }] };
    case "resume":
      return { ...next, stops: ended(item, said.at) };
    case "extend":
      return { ...next, extension: { at: said.at, reason: said.why ?? "" } };
    case "acknowledge":
      return marked(next, said.at, "acknowledged");
    case "report":
    case "not-report":
      return marked(next, said.at, "reported");
    case "finish":
    case "refuse": {
      const closed = { ...next, stops: ended(item, said.at), outcome: outcome ?? step };
      return marked(closed, said.at, "closed", ...acknowledgedBy(list, item));
    }
    case "approve":
      return marked(next, said.at, "closed", "reviewed");
    case "review":
      return marked(next, said.at, "reviewed");
    case "retire":
      return marked(next, said.at, "closed");
    case "reopen":
      return reopened(next);
    case "begin":
    case "mark":
    case "unmark":
      return next;
  }
}

function ended({ stops }: GovernanceItem, at: string): GovernanceItem["stops"] {
  return stops.map((stop) => (stop.to === undefined ? { ...stop, to: at } : stop));
}

function marked(item: GovernanceItem, at: string, ...marks: readonly Mark[]): GovernanceItem {
  return { ...item, marks: { ...item.marks, ...Object.fromEntries(marks.map((mark) => [mark, at])) } };
}

/** An answer within the time is an acknowledgement too. Source: ICO, how to deal with data protection complaints. */
function acknowledgedBy(list: ListDefinition, { marks }: GovernanceItem): readonly Mark[] {
  const isAsked = list.clocks.some(({ endsBy }) => endsBy === "acknowledged");
  return isAsked && marks.acknowledged === undefined ? ["acknowledged"] : [];
}

function reopened(item: GovernanceItem): GovernanceItem {
  const { outcome: _, marks, ...rest } = item;
  const { closed: _closed, ...kept } = marks;
  return { ...rest, marks: kept };
}
