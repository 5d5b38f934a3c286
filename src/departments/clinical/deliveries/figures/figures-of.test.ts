import assert from "node:assert/strict";
import { test } from "node:test";
import type { LinkMessage } from "../../messages/link-message.ts";
import { emptyBook } from "../books/link-book.ts";
import type { Delivery } from "../delivery.ts";
import { figuresOf } from "./figures-of.ts";
import { noTimes, quantileMs, withTime } from "./time-tally.ts";
import { arriving, decided, noTraffic, otherTypes, settled, type Traffic } from "./traffic.ts";

const arrivedAt = "2026-11-23T09:30:00.000Z";

function aMessage(changes: Partial<LinkMessage> = {}): LinkMessage {
  return {
    arrivedAt,
    state: "mapped",
    type: "ORU^R01",
    reasons: [],
    resources: [],
    ...changes,
  } as unknown as LinkMessage;
}

function after(ms: number): string {
  return new Date(Date.parse(arrivedAt) + ms).toISOString();
}

function aDelivery(changes: Partial<Delivery>): Delivery {
  return { destination: "gp", queuedAt: arrivedAt, state: "delivered", ...changes } as unknown as Delivery;
}

test("the median, the 95th of a hundred and the worst of times are told within a twentieth", () => {
  const times = Array.from({ length: 100 }, (_, at) => (at + 1) * 7).reduce(withTime, noTimes);
  const [median = 0, p95 = 0] = [0.5, 0.95].map((share) => quantileMs(times, share));
  assert.ok(Math.abs(median - 350) <= 18, String(median));
  assert.ok(Math.abs(p95 - 665) <= 33, String(p95));
  assert.equal(times.worstMs, 700);
  assert.equal(quantileMs(noTimes, 0.5), undefined);
});

test("what comes in is told by day, link, type, hour and reason, and what goes out by destination", () => {
  const again = { kind: "Observation", id: "k", version: 2, effect: "updated" } as const;
  const conflict = { category: "conflict", code: "identity-conflict", message: "" } as const;
  const traffic: Traffic = [
    arriving({ hour: "09" }),
    decided(aMessage({ mappedAt: after(40), resources: [again] })),
    arriving({ hour: "23" }),
    decided(aMessage({ type: "ADT^A31", state: "held", reasons: [conflict] })),
    settled(aDelivery({ settledAt: after(900) })),
    settled(aDelivery({ state: "parked", lastProblem: { category: "fault", code: "answer-missing", message: "" } })),
  ].reduce((sum, noting) => noting(sum), noTraffic);
  const book = { ...emptyBook("lab", "2026-11-23"), received: 2, held: 1, traffic };
  const before = { ...emptyBook("lab", "2026-11-21"), received: 5 };
  const figures = figuresOf([before, book], ["2026-11-21", "2026-11-22", "2026-11-23"]);
  assert.deepEqual(
    figures.days.map(({ received, sent }) => [received, sent]),
    [
      [5, 0],
      [0, 0],
      [2, 1],
    ],
  );
  assert.deepEqual(figures.links, [{ link: "lab", received: 7, sent: 1, held: 1, rejected: 0, parked: 0 }]);
  assert.deepEqual(
    figures.types.map(({ name }) => name),
    ["ORU^R01", "ADT^A31"],
  );
  assert.deepEqual([figures.hours[9], figures.hours[23], figures.hours[0]], [1, 1, 0]);
  assert.deepEqual(
    figures.reasons.map(({ state, text }) => [state, text]),
    [
      ["held", "Number of somebody else"],
      ["parked", "Answer missing"],
    ],
  );
  assert.deepEqual([figures.reportedAgain, figures.uncounted], [1, 5]);
  assert.deepEqual(figures.toRecord, { count: 1, medianMs: 40, p95Ms: 40, worstMs: 40 });
  assert.deepEqual(figures.destinations, [
    { name: "gp", count: 1, times: { count: 1, medianMs: 900, p95Ms: 900, worstMs: 900 } },
  ]);
});

test("types without end are counted together from the forty-first on", () => {
  const types = Array.from({ length: 60 }, (_, at) => decided(aMessage({ type: `Z${at}` })));
  const { byType } = types.reduce((sum, noting) => noting(sum), noTraffic);
  assert.equal(Object.keys(byType).length, 41);
  assert.equal(byType[otherTypes], 20);
});
