import type { DayFigures, FiguresPage } from "#departments/clinical/api";

const none = { held: 0, rejected: 0, parked: 0 };

const days: readonly DayFigures[] = [
  { ...none, day: "2026-11-17", received: 1102, sent: 2050 },
  { ...none, day: "2026-11-18", received: 1240, sent: 2310 },
  { ...none, day: "2026-11-19", received: 1198, sent: 2244, rejected: 1 },
  { ...none, day: "2026-11-20", received: 1310, sent: 2461 },
  { ...none, day: "2026-11-21", received: 402, sent: 711 },
  { ...none, day: "2026-11-22", received: 803, sent: 1502 },
  { day: "2026-11-23", received: 1284, sent: 2390, held: 5, rejected: 2, parked: 1 },
];

/** Working hours, and what a laboratory sends at night. */
const hours = [
  ...[61, 48, 40, 37, 44, 82, 170, 310],
  ...[505, 690, 742, 701, 640, 655, 610, 540],
  ...[430, 322, 240, 180, 122, 96, 80, 74],
];

const quick = { count: 7339, medianMs: 24, p95Ms: 88, worstMs: 2_140 };

export const figuresPage: FiguresPage = {
  from: "2026-11-17",
  to: "2026-11-23",
  at: "2026-11-23T09:31:00.000Z",
  days,
  links: [
    { link: "lab", received: 6_812, sent: 13_122, held: 5, rejected: 3, parked: 1 },
    { link: "pas", received: 527, sent: 546, held: 0, rejected: 0, parked: 0 },
  ],
  types: [
    { name: "ORU^R01", count: 6_120 },
    { name: "ORM^O01", count: 692 },
    { name: "ADT^A31", count: 402 },
    { name: "ADT^A40", count: 125 },
  ],
  hours,
  destinations: [
    { name: "gp", count: 7_020, times: { count: 7_020, medianMs: 412, p95Ms: 1_900, worstMs: 3_610_000 } },
    { name: "wards", count: 6_648, times: { count: 6_648, medianMs: 61, p95Ms: 140, worstMs: 12_040 } },
  ],
  reasons: [
    { state: "held", code: "identity-conflict", text: "Number of somebody else", count: 9 },
    { state: "parked", code: "answer-missing", text: "Answer missing", count: 4 },
    { state: "rejected", code: "message-type-unsupported", text: "Message type unsupported", count: 3 },
  ],
  reportedAgain: 212,
  toRecord: quick,
  toDelivery: { count: 13_668, medianMs: 214, p95Ms: 1_410, worstMs: 3_610_000 },
  unknown: [{ sender: "WINPATH at WESTHAVEN", results: 5_804, unknown: 61 }],
  uncounted: 0,
};
