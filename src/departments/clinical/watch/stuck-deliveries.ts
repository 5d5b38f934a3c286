import { limits, ok, type Result } from "#kernel";
import { parseBody, type Version } from "#record";
import { anyKey } from "../clauses.ts";
import { type Delivery, deliveryKind } from "../deliveries/delivery.ts";
import { type DeliveryStage, stageKey } from "../deliveries/delivery-kind.ts";
import type { Finding } from "./link-alert.ts";
import type { WatchedRecord } from "./watch-needs.ts";

/**
 * Destinations with deliveries that are parked, or sent (or due to be) and unanswered for `limits.watchUnansweredMs`: for each
 * at most one finding of either rule, of the link that its oldest delivery came over. Problems: those of the record.
 */
export async function stuckFindings(
  look: Pick<WatchedRecord, "search" | "count">,
  destinations: readonly string[],
  nowMs: number,
): Promise<Result<readonly Finding[]>> {
  const findings: Finding[] = [];
  for (const destination of destinations) {
    const parked = await inStages(look, destination, ["parked"]);
    if (!parked.ok) return parked;
    const waiting = await inStages(look, destination, ["tried", "fresh"]);
    if (!waiting.ok) return waiting;
    const late = waiting.value.oldest.filter(({ delivery }) => nowMs - queuedMs(delivery) >= limits.watchUnansweredMs);
    findings.push(
      ...finding({ rule: "delivery-parked", destination, found: parked.value.oldest, count: parked.value.count }),
      ...finding({ rule: "delivery-unanswered", destination, found: late, count: waiting.value.count }),
    );
  }
  return ok(findings);
}

interface Stuck {
  readonly id: string;
  readonly delivery: Delivery;
}

const oldestRead = 50;

async function inStages(
  look: Pick<WatchedRecord, "search" | "count">,
  destination: string,
  stages: readonly DeliveryStage[],
): Promise<Result<{ readonly oldest: readonly Stuck[]; readonly count: number }>> {
  const oldest: Stuck[] = [];
  let count = 0;
  for (const stage of stages) {
    const sort = { by: "updated", descending: false } as const;
    const query = { kind: deliveryKind, all: [anyKey(stageKey(destination, stage))], sort, limit: oldestRead };
    const page = await look.search(query);
    if (!page.ok) return page;
    oldest.push(...page.value.versions.map(stuckOf));
    const isMore = page.value.next !== undefined;
    const counted = isMore ? await look.count(query) : ok(page.value.versions.length);
    if (!counted.ok) return counted;
    count += counted.value;
  }
  return ok({ oldest: oldest.sort((a, b) => queuedMs(a.delivery) - queuedMs(b.delivery)), count });
}

function stuckOf(version: Version): Stuck {
  return { id: version.id, delivery: parseBody<Delivery>(version) };
}

function queuedMs({ queuedAt }: Delivery): number {
  return Date.parse(queuedAt);
}

interface StuckAt {
  readonly rule: "delivery-parked" | "delivery-unanswered";
  readonly destination: string;
  readonly found: readonly Stuck[];
  readonly count: number;
}

const texts = {
  "delivery-parked": "are parked: a person decides whether they are tried again.",
  "delivery-unanswered": "wait for an acknowledgement, the oldest of them for longer than it should.",
} as const;

function finding({ rule, destination, found, count }: StuckAt): readonly Finding[] {
  const [first] = found;
  if (first === undefined) return [];
  const { link, queuedAt, settledAt } = first.delivery;
  const examples = found.slice(0, limits.watchExamplesMax).map(({ id }) => `${deliveryKind}/${id}`);
  const text = `Messages for ${destination} ${texts[rule]}`;
  return [{ link, rule, subject: destination, since: settledAt ?? queuedAt, text, count, examples }];
}
