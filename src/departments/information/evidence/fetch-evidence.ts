import type { Context } from "#access";
import { limits, ok, type Result, toIso } from "#kernel";
import { type HealthRecord, parseBody, type Query } from "#record";
import { addMonths } from "../clock/civil-day.ts";
import { type GovernanceItem, itemKind } from "../items/item.ts";
import type { Evidence, EvidencePage } from "./evidence-view.ts";
import { type OutcomeName, outcomes } from "./outcomes.ts";

/** Counts of accounts, which are nobody's to read here: only how many there are. */
export interface AccountFigures {
  readonly users: number;
  readonly withSecondFactor: number;
}

export interface EvidenceNeeds {
  accounts(): Promise<Result<AccountFigures>>;
}

/** What has come of the work of the last twelve months, outcome by outcome. Problems: those of the record. */
export async function fetchEvidence(context: Context, needs: EvidenceNeeds): Promise<Result<EvidencePage>> {
  const position = await context.record.position();
  const items = await everyItem(context.record);
  if (!items.ok) return items;
  const accounts = await needs.accounts();
  if (!accounts.ok) return accounts;
  const { clock, hospitalTime } = context;
  const since = addMonths(hospitalTime.day(clock.now()), -12);
  const evidence = evidenceOf({ items: items.value, since, nowMs: clock.now(), accounts: accounts.value });
  return ok({ at: toIso(clock.now()), position, evidence });
}

async function everyItem(record: HealthRecord): Promise<Result<readonly GovernanceItem[]>> {
  const items: GovernanceItem[] = [];
  let after: Query["after"];
  do {
    const sort = { by: "updated", descending: true } as const;
    const page = await record.search({
      kind: itemKind,
      all: [],
      sort,
      limit: limits.pageSizeMax,
      ...(after && { after }),
    });
    if (!page.ok) return page;
    items.push(...page.value.versions.map((version) => parseBody<GovernanceItem>(version)));
    after = page.value.next;
  } while (after !== undefined && items.length < limits.governanceOpenMax);
  return ok(items);
}

interface Known {
  readonly items: readonly GovernanceItem[];
  readonly since: string;
  readonly nowMs: number;
  readonly accounts: AccountFigures;
}

/** Pure: what can be said of each outcome. */
export function evidenceOf({ items, since, nowMs, accounts }: Known): readonly Evidence[] {
  const of = (...names: readonly string[]) => items.filter(({ list }) => names.includes(list));
  const closed = (...names: readonly string[]) => of(...names).filter(({ marks }) => (marks.closed ?? "") >= since);
  const reviewed = (name: string) => {
    const inForce = of(name).filter(({ state }) => state === "in-force");
    return [inForce.filter(({ dueAt }) => dueAt === undefined || Date.parse(dueAt) > nowMs), inForce] as const;
  };
  const incidents = of("incident").filter(({ marks }) => (marks.received ?? "") >= since);
  const rights = closed("subject-access", "rectification", "restriction", "objection", "erasure", "foi");
  return [
    shareOf("A2.a", "impact assessments in force are not due for review", reviewed("dpia")),
    shareOf("A3.a", "information assets were reviewed in time", reviewed("asset")),
    shareOf("A4.a", "sharing agreements in force are not due for review", reviewed("agreement")),
    said("B2.a", accounts.withSecondFactor, { of: accounts.users, what: "users have a second factor" }),
    missing(
      "B2.c",
      "Every read, write and sign-in is in the audit log with its role; reviews of it are counted on the home page.",
    ),
    shareOf("B3.a", "information flows were reviewed in time", reviewed("flow")),
    missing("B6.b", "Training is not kept in Corridor yet: take this from your training system."),
    missing(
      "C1.a",
      "The log is sealed as it grows. `corridor verify` proves it; when it last did is not kept in the record.",
    ),
    shareOf("D1.a", "incidents of twelve months were reported, or decided on, within 72 hours", [
      incidents.filter(isReportedInTime),
      incidents.filter(({ marks }) => marks.reported !== undefined || isPast72Hours(marks.received, nowMs)),
    ]),
    shareOf("D2.a", "closed incidents of twelve months say what was learnt", [
      closed("incident").filter(({ checks }) => checks.learnt !== undefined),
      closed("incident"),
    ]),
    shareOf("E2.a", "requests of twelve months were answered in time", [rights.filter(({ onTime }) => onTime), rights]),
    shareOf("E2.b", "complaints of twelve months were dealt with in time", [
      closed("complaint").filter(({ onTime }) => onTime),
      closed("complaint"),
    ]),
    shareOf("E3.b", "impact assessments are approved", [
      of("dpia").filter(({ state }) => state === "in-force"),
      of("dpia"),
    ]),
    missing("E4.a", "What is due for disposal is worked out from the record: see Retention."),
  ];
}

type Split = readonly [good: readonly GovernanceItem[], all: readonly GovernanceItem[]];

function shareOf(outcome: OutcomeName, what: string, [good, all]: Split): Evidence {
  return said(outcome, good.length, { of: all.length, what });
}

function said(
  outcome: OutcomeName,
  good: number,
  { of, what }: { readonly of: number; readonly what: string },
): Evidence {
  const title = outcomes[outcome];
  if (of === 0) return { outcome, title, says: `Nothing to measure yet: 0 of 0 ${what}.`, isMissing: true };
  return { outcome, title, says: `${good} of ${of} ${what}.`, share: good / of };
}

function missing(outcome: OutcomeName, says: string): Evidence {
  return { outcome, title: outcomes[outcome], says, isMissing: true };
}

const hours72Ms = 72 * 3_600_000;

function isReportedInTime({ marks }: GovernanceItem): boolean {
  return marks.reported !== undefined && Date.parse(marks.reported) < Date.parse(marks.received ?? "") + hours72Ms;
}

function isPast72Hours(received: string | undefined, nowMs: number): boolean {
  return Date.parse(received ?? "") + hours72Ms < nowMs;
}
