import type { RunRow, RunsComparedView, RunView, SimulatorView } from "#departments/clinical/api";
import { json, notFound, type Row } from "./reply.ts";

const view: SimulatorView = {
  own: [{ name: "lab", title: "Westhaven Pathology", address: "127.0.0.1:2575" }],
  allowed: ["mllps://lab-test.westhaven.example:6661"],
  usualMasks: ["MSH-7", "MSH-10"],
};

const settings: RunRow["settings"] = {
  target: { by: "mllp", host: "127.0.0.1", port: 2575, isEncrypted: false, mode: "original" },
  traffic: { by: "day", date: "2026-11-20", seed: 1, patients: 300 },
  pace: { by: "rate", perSecond: 50 },
  connections: 4,
};

const summary: NonNullable<RunRow["summary"]> = {
  messages: 1_369,
  accepted: 1_367,
  refused: 2,
  unanswered: 0,
  unreachable: 0,
  notSent: 0,
  codes: { AA: 1_367, AE: 2 },
  durationMs: 27_380,
  perSecond: 50,
  latency: { p50Ms: 6.2, p95Ms: 14.8, p99Ms: 31, maxMs: 88.4 },
};

const by = { reference: "User/baker", display: "Tom Baker-Hughes" };

const compared: RunView = {
  id: "s2",
  state: "done",
  title: "Microbiology after the new mapping",
  by,
  startedAt: "2026-11-23T08:40:00.000Z",
  endedAt: "2026-11-23T08:40:09.000Z",
  settings: {
    ...settings,
    traffic: { by: "files", name: "culture.hl7 and 11 more", files: 12, hash: "" },
    expected: {
      messages: 12,
      hash: "",
      receiver: { by: "mllp", port: 2600 },
      masks: ["MSH-7", "MSH-10"],
      quietSeconds: 5,
    },
  },
  summary: { ...summary, messages: 12, accepted: 12, refused: 0, codes: { AA: 12 }, durationMs: 240, perSecond: 50 },
  notAsExpected: 2,
  comparison: {
    expected: 12,
    received: 11,
    equal: 10,
    different: 1,
    missing: 1,
    unexpected: 0,
    mismatches: [
      {
        is: "different",
        name: "04-wound.hl7",
        type: "ORU^R01",
        controlId: "M04",
        differences: [
          { where: "OBX[3]-5", expected: "3092008^Staphylococcus aureus^SCT", received: "^Staphylococcus aureus" },
          { where: "OBX[4]-8", expected: "R", received: "" },
        ],
      },
      { is: "missing", name: "11-urine.hl7", type: "ORU^R01", controlId: "M11", differences: [] },
    ],
  },
};

const runs: readonly RunView[] = [
  {
    id: "s3",
    state: "running",
    title: "Day of 2026-11-20",
    by,
    startedAt: "2026-11-23T09:29:30.000Z",
    settings: { ...settings, pace: { by: "speed", times: 60 } },
    progress: { answered: 640, messages: 1_369, refused: 1, elapsedMs: 31_000 },
  },
  compared,
  {
    id: "s1",
    state: "done",
    title: "Day of 2026-11-20",
    by,
    startedAt: "2026-11-22T15:02:00.000Z",
    settings,
    summary,
  },
];

const differences: Omit<RunsComparedView, "first" | "second"> = {
  isSameTraffic: false,
  figures: [
    { name: "Accepted", unit: "messages", first: 1_367, second: 12 },
    { name: "Refused", unit: "messages", first: 2, second: 0 },
    { name: "Acknowledged within, 95 of 100", unit: "ms", first: 14.8, second: 14.8 },
  ],
  answers: [{ name: "04-wound.hl7", controlId: "M04", first: "AE", second: "AA" }],
  answersDiffer: 1,
  broken: compared.comparison?.mismatches ?? [],
  mended: [],
};

function runOf(id: string): RunView | undefined {
  return runs.find((run) => run.id === id);
}

const base = "/api/clinical/simulator";

export const simulatorReplies: readonly Row[] = [
  ["GET", new RegExp(`^${base}$`), () => json(view)],
  ["GET", new RegExp(`^${base}/runs$`), () => json({ runs: runs.map(({ comparison: _, ...row }) => row) })],
  ["POST", new RegExp(`^${base}/runs$`), () => json(runs[0])],
  ["GET", new RegExp(`^${base}/runs/(\\w+)$`), (_, [id = ""]) => (runOf(id) ? json(runOf(id)) : notFound)],
  ["POST", new RegExp(`^${base}/runs/(\\w+)/stop$`), (_, [id = ""]) => json({ ...runOf(id), state: "stopped" })],
  [
    "GET",
    new RegExp(`^${base}/runs/(\\w+)/compare/(\\w+)$`),
    (_, [one = "", other = ""]) => json({ first: runOf(one), second: runOf(other), ...differences }),
  ],
];
