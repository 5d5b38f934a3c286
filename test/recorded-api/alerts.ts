import type { AlertsPage, AlertView, WatchPage } from "#departments/clinical/api";
import { json, notFound, type Recorded, type Row } from "./reply.ts";

const parked: AlertView = {
  id: "a1",
  link: "lab",
  rule: "delivery-parked",
  subject: "renal",
  since: "2026-11-23T08:55:00.000Z",
  openedAt: "2026-11-23T08:55:01.000Z",
  text: "Messages for renal are parked: a person decides whether they are tried again.",
  count: 1,
  examples: ["Delivery/d2"],
};

const late: AlertView = {
  id: "a2",
  link: "ward-orders",
  rule: "result-overdue",
  subject: "Potassium",
  since: "2026-11-23T08:10:00.000Z",
  openedAt: "2026-11-23T08:10:20.000Z",
  text: "Results of this test are late: the time set for it has passed.",
  count: 3,
  examples: ["ServiceRequest/order-1"],
};

const silent: AlertView = {
  id: "a3",
  link: "blood-bank",
  rule: "silence",
  since: "2026-11-23T06:41:00.000Z",
  openedAt: "2026-11-23T07:05:30.000Z",
  text: "Nothing has come since 2026-11-23 06:41, when at least 9 messages are usual.",
  count: 9,
  examples: ["LinkMessage/m3"],
  acknowledged: {
    by: "User/baker",
    display: "Tom Baker-Hughes",
    at: "2026-11-23T07:12:00.000Z",
    comment: "Their interface engine is being restarted; they call back by nine.",
  },
};

const over: AlertView = {
  id: "a4",
  link: "lab",
  rule: "sequence-gap",
  subject: "WINPATH|WESTHAVEN",
  since: "2026-11-21T14:02:00.000Z",
  openedAt: "2026-11-21T14:03:10.000Z",
  until: "2026-11-21T14:40:00.000Z",
  text: "Messages with the sequence numbers (MSH-13) 4107 to 4111 have not come.",
  count: 5,
  examples: ["LinkMessage/m1"],
};

const open = [parked, late, silent];

function page(query: URLSearchParams): AlertsPage {
  const [state, link, rule] = ["state", "link", "rule"].map((name) => query.get(name));
  const ofState =
    state === "past" ? [over] : open.filter(({ acknowledged }) => state !== "new" || acknowledged === undefined);
  const alerts = ofState.filter(
    (alert) => (link === null || alert.link === link) && (rule === null || alert.rule === rule),
  );
  return { alerts, open: 3, unacknowledged: 2, position: 1000 };
}

const watch: WatchPage = {
  links: [
    {
      link: "lab",
      state: "fine",
      stateText: "as usual for this hour of the week",
      lastMessageAt: "2026-11-23T09:29:41.000Z",
      overdue: 0,
      unordered: [
        { day: "2026-11-23", results: 1180, unordered: 4, examples: ["m1"] },
        { day: "2026-11-22", results: 780, unordered: 1, examples: [] },
      ],
    },
    {
      link: "blood-bank",
      state: "silent",
      stateText: "silent for longer than usual",
      lastMessageAt: "2026-11-23T06:41:00.000Z",
      silentSince: "2026-11-23T06:41:00.000Z",
      overdue: 0,
      unordered: [],
    },
  ],
};

function acknowledged(id: string, body: string): Recorded {
  const alert = open.find((one) => one.id === id);
  if (alert === undefined) return notFound;
  const { comment } = JSON.parse(body) as { comment: string };
  const by = { by: "User/baker", display: "Tom Baker-Hughes", at: "2026-11-23T09:31:00.000Z", comment };
  return json({ ...alert, acknowledged: by } satisfies AlertView);
}

export const alertReplies: readonly Row[] = [
  ["GET", /^\/api\/clinical\/alerts$/, ({ query }) => json(page(query))],
  ["GET", /^\/api\/clinical\/watch$/, () => json(watch)],
  ["POST", /^\/api\/clinical\/alerts\/([\w-]+)\/acknowledge$/, ({ body }, [id = ""]) => acknowledged(id, body)],
];
