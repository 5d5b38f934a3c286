import type {
  ReplayMessagesPage,
  ReplayPreview,
  ReplaysPage,
  ReplayView,
  ShadowRunsPage,
  ShadowRunView,
} from "#departments/clinical/api";
import { json, type Recorded, type Row } from "./reply.ts";

const baker = { reference: "User/baker", display: "Tom Baker-Hughes" };
const noCounts = { changed: 0, unchanged: 0, refused: 0, sent: 0, notSent: 0 };

const previewed: ReplayView = {
  id: "r1",
  state: "previewed",
  stateText: "Waits for a person to start it",
  choice: { link: "lab", type: "ORU^R01", from: "2026-11-16", to: "2026-11-22" },
  into: "both",
  again: false,
  controlIds: "same",
  askedBy: baker,
  askedAt: "2026-11-23T09:12:00.000Z",
  total: 412,
  done: 0,
  counts: noCounts,
};

const started = {
  by: baker,
  at: "2026-11-23T09:14:00.000Z",
  why: "Potassium was recorded in the wrong unit until Sunday.",
  perSecond: 20,
};

const running: ReplayView = {
  ...previewed,
  id: "r2",
  state: "running",
  stateText: "Runs",
  done: 187,
  started,
  counts: { changed: 171, unchanged: 12, refused: 4, sent: 171, notSent: 16 },
};

const done: ReplayView = {
  ...previewed,
  id: "r3",
  state: "done",
  stateText: "Done",
  choice: { state: ["rejected"], sender: "BLOODBANK" },
  into: "record",
  total: 9,
  done: 9,
  started: { ...started, why: "The contract lacked the blood bank." },
  counts: { ...noCounts, changed: 9 },
  ended: { at: "2026-11-20T14:02:00.000Z" },
};

const previewing: ReplayView = { ...previewed, id: "r4", state: "previewing", stateText: "Looks at what would change" };

const views: readonly ReplayView[] = [previewed, running, done, previewing];

/** What has been decided in this recording. */
const decided = new Map<string, ReplayView>();

function viewOf(id: string): ReplayView | undefined {
  return decided.get(id) ?? views.find((view) => view.id === id);
}

const preview: ReplayPreview = {
  record: {
    messages: 412,
    different: 388,
    groups: [
      {
        difference: { is: "element", kind: "Observation", element: "valueQuantity.unit", change: "changed" },
        messages: 388,
        examples: [
          { message: "m1", resource: "Observation/k-22", where: "valueQuantity.unit", before: "mg/L", after: "mmol/L" },
          { message: "m3", resource: "Observation/k-19", where: "valueQuantity.unit", before: "mg/L", after: "mmol/L" },
        ],
      },
      {
        difference: { is: "element", kind: "Observation", element: "code.coding.display", change: "added" },
        messages: 41,
        examples: [
          { message: "m1", resource: "Observation/k-22", where: "code.coding[1].display", after: "Potassium in serum" },
        ],
      },
      {
        difference: { is: "resource", kind: "Specimen", change: "created" },
        messages: 3,
        examples: [{ message: "m3", resource: "Specimen/s-3" }],
      },
    ],
    groupsLeftOut: 0,
  },
  destinations: [
    {
      destination: "gp-results",
      effects: { new: 0, changed: 388, duplicate: 20, "under-way": 2, parked: 1, "let-go": 0, "not-made": 0 },
      sent: 388,
    },
    {
      destination: "surveillance",
      effects: { new: 12, changed: 0, duplicate: 0, "under-way": 0, parked: 0, "let-go": 1, "not-made": 0 },
      sent: 12,
    },
  ],
  duplicates: { messages: 20, examples: ["m2"] },
  left: [
    {
      code: "held: identity-conflict",
      text: "The NHS number is recorded for somebody with another name and date of birth.",
      messages: 4,
      examples: ["m5"],
    },
  ],
};

const messages: ReplayMessagesPage = {
  total: 412,
  next: 10,
  messages: [
    {
      id: "m1",
      arrivedAt: "2026-11-16T08:12:00.000Z",
      link: "lab",
      type: "ORU^R01",
      controlId: "MSG00112",
      stateText: "In the record",
      isDuplicate: false,
      differences: [
        {
          message: "m1",
          difference: { is: "element", kind: "Observation", element: "valueQuantity.unit", change: "changed" },
          resource: "Observation/k-22",
          where: "valueQuantity.unit",
          before: "mg/L",
          after: "mmol/L",
        },
      ],
      differencesLeftOut: 0,
      deliveries: [{ destination: "gp-results", effect: "changed", isSent: true }],
    },
    {
      id: "m2",
      arrivedAt: "2026-11-16T08:14:00.000Z",
      link: "lab",
      type: "ORU^R01",
      controlId: "MSG00113",
      stateText: "In the record",
      isDuplicate: true,
      differences: [],
      differencesLeftOut: 0,
      deliveries: [{ destination: "gp-results", effect: "duplicate", isSent: false }],
    },
  ],
};

function decide(id: string, deed: string, body: string): Recorded {
  const replay = viewOf(id) ?? previewed;
  const { why = "", perSecond = 10 } = JSON.parse(body) as { why?: string; perSecond?: number };
  const at = "2026-11-23T09:31:00.000Z";
  const states = { start: "running", resume: "running", pause: "paused", stop: "stopped" } as const;
  const texts = { running: "Runs", paused: "Paused", stopped: "Stopped by a person" } as const;
  const state = states[deed as keyof typeof states];
  const view: ReplayView = {
    ...replay,
    state,
    stateText: texts[state],
    ...(deed === "start" ? { started: { by: baker, at, why, perSecond } } : {}),
    ...(deed === "stop" ? { ended: { by: baker, at, why } } : {}),
  };
  decided.set(id, view);
  return json(view);
}

const shadow: ShadowRunView = {
  id: "s1",
  state: "done",
  stateText: "Done",
  against: "deployed",
  deployedVersion: 2,
  choice: { link: "lab", from: "2026-11-16T09:00:00.000Z" },
  askedBy: baker,
  askedAt: "2026-11-23T09:00:00.000Z",
  total: 1204,
  done: 1204,
  endedAt: "2026-11-23T09:00:21.000Z",
  report: {
    messages: 1204,
    different: 61,
    groups: [
      {
        difference: { is: "destination", destination: "surveillance", change: "added" },
        messages: 58,
        examples: [{ message: "m1" }, { message: "m3" }],
      },
      {
        difference: { is: "outcome", before: "taken", after: "held: sender-not-agreed" },
        messages: 3,
        examples: [{ message: "m2", before: "taken", after: "held: sender-not-agreed" }],
      },
    ],
    groupsLeftOut: 0,
  },
};

const { report: _, ...shadowRow } = shadow;
const shadowRunning: ShadowRunView = {
  ...shadowRow,
  id: "s2",
  state: "running",
  stateText: "Runs",
  done: 410,
  version: 1,
};
const shadowRuns: ShadowRunsPage = { runs: [shadowRunning, shadowRow] };

export const replayReplies: readonly Row[] = [
  ["GET", /^\/api\/clinical\/replays$/, () => json({ replays: views } satisfies ReplaysPage)],
  ["POST", /^\/api\/clinical\/replays$/, () => json(previewed)],
  ["GET", /^\/api\/clinical\/replays\/(\w+)$/, (_asked, [id = ""]) => json(viewOf(id))],
  ["GET", /^\/api\/clinical\/replays\/\w+\/preview$/, () => json(preview)],
  ["GET", /^\/api\/clinical\/replays\/\w+\/messages$/, () => json(messages)],
  [
    "POST",
    /^\/api\/clinical\/replays\/(\w+)\/(start|pause|resume|stop)$/,
    ({ body }, [id = "", deed = ""]) => decide(id, deed, body),
  ],
  ["GET", /^\/api\/clinical\/shadow-runs$/, () => json(shadowRuns)],
  ["POST", /^\/api\/clinical\/shadow-runs$/, () => json(shadow)],
  ["GET", /^\/api\/clinical\/shadow-runs\/s1$/, () => json(shadow)],
  ["GET", /^\/api\/clinical\/shadow-runs\/s2$/, () => json(shadowRunning)],
];
