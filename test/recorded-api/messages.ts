import type { LinkCounts, LinksPage, MessageRow, MessagesPage, MessageView, Overview } from "#departments/clinical/api";
import { resultsOf } from "./charts.ts";
import { pageOf } from "./page.ts";
import { osei, patients } from "./ward.ts";

const at = "2026-11-23T09:30:00.000Z";

const none: LinkCounts = { total: 0, received: 0, mapped: 0, stale: 0, held: 0, rejected: 0, routed: 0, filtered: 0 };
const labToday: LinkCounts = {
  total: 1284,
  received: 0,
  mapped: 1271,
  stale: 6,
  held: 5,
  rejected: 2,
  routed: 0,
  filtered: 0,
};

/** Two hours of a laboratory: rounds in the morning, quiet between. */
const perMinute = Array.from({ length: 120 }, (_, minute) =>
  Math.max(0, Math.round(11 + 9 * Math.sin(minute / 11) + 5 * Math.sin(minute / 3) - (minute % 41 === 7 ? 30 : 0))),
);

export const linksPage: LinksPage = {
  links: [
    {
      name: "lab",
      title: "Westhaven Pathology",
      state: "listening",
      stateText: "Listening on 127.0.0.1:2575",
      connections: 2,
      connectionsMax: 256,
      destinations: ["gp-results", "renal"],
      lastMessage: { id: "m1", at: "2026-11-23T09:29:41.000Z", type: "ORU^R01", state: "mapped" },
      lastError: { at: "2026-11-23T08:12:09.000Z", text: "PID-3 holds no number of a known patient.", messageId: "m3" },
      today: labToday,
      waiting: { held: 5, rejected: 2, received: 0 },
      types: [
        {
          type: "ORU^R01",
          today: { total: 1180, received: 0, mapped: 1168, stale: 6, held: 5, rejected: 1, routed: 0, filtered: 0 },
        },
        {
          type: "ADT^A08",
          today: { total: 92, received: 0, mapped: 92, stale: 0, held: 0, rejected: 0, routed: 0, filtered: 0 },
        },
        {
          type: "ORM^O01",
          today: { total: 12, received: 0, mapped: 11, stale: 0, held: 0, rejected: 1, routed: 0, filtered: 0 },
        },
      ],
      perMinute,
      perMinuteFrom: "2026-11-23T07:31:00.000Z",
    },
    {
      name: "blood-bank",
      title: "Regional blood bank",
      state: "failed",
      stateText: "Port 2576 is in use by another program",
      connections: 0,
      connectionsMax: 256,
      destinations: [],
      today: none,
      waiting: { held: 0, rejected: 0, received: 0 },
      types: [],
      perMinute: Array.from({ length: 120 }, () => 0),
      perMinuteFrom: "2026-11-23T07:31:00.000Z",
    },
  ],
  today: labToday,
  day: "2026-11-23",
  at,
  position: 1000,
};

const raw = [
  "MSH|^~\\&|WINPATH|WESTHAVEN|CORRIDOR|HOSPITAL|20261123092941||ORU^R01|MSG00112|P|2.4",
  "PID|1||9990001234^^^NHS^NH~H0012345^^^HOSPITAL^MR||OSEI^ADAEZE^^^MRS||19610312|F",
  "PV1|1|I|WARD7^^3",
  "OBR|1|4410-22|26N0098|24326-1^Urea and electrolytes^LN|||20261122071000|||||||20261122083000||LINDQVIST^INGRID",
  "OBX|1|NM|2951-2^Sodium^LN||138|mmol/L|133-146||||F",
  "OBX|2|NM|2823-3^Potassium^LN||6.8|mmol/L|3.5-5.3|HH|||F|||20261122071000||OP14^Analyser 14",
  "NTE|1||Repeat sample advised.",
];

const mapped: MessageRow = {
  id: "m1",
  arrivedAt: "2026-11-23T09:29:41.000Z",
  link: "lab",
  type: "ORU^R01",
  hl7Version: "2.4",
  controlId: "MSG00112",
  sender: "WINPATH at WESTHAVEN",
  patient: { nhsNumber: "999 000 1234", hospitalNumbers: ["H0012345"], record: "osei" },
  orders: [{ placer: "4410-22", filler: "26N0098" }],
  state: "mapped",
  stateText: "Its resources are in the record",
  reasons: [],
  ackCode: "AA",
  sizeBytes: raw.join("\r").length,
};

export const held: MessageRow = {
  ...mapped,
  id: "m3",
  arrivedAt: "2026-11-23T08:12:09.000Z",
  controlId: "MSG00088",
  patient: { nhsNumber: "999 000 1235", hospitalNumbers: [] },
  orders: [],
  state: "held",
  stateText: "Kept for a person to look at; nothing was written",
  reasons: [
    {
      category: "conflict",
      code: "nhs-number-check-digit",
      message: "The check digit of the NHS number is wrong.",
      where: "PID-3[1].1",
    },
  ],
  ackCode: "AE",
};

const rejected: MessageRow = {
  ...held,
  id: "m4",
  arrivedAt: "2026-11-23T07:58:33.000Z",
  type: "SIU^S12",
  controlId: "SCH77120",
  sender: "CLINIX at WESTHAVEN",
  state: "rejected",
  stateText: "Refused; nothing was written",
  reasons: [
    { category: "unsupported", code: "message-type", message: "Corridor does not take this type.", where: "MSH-9" },
  ],
  ackCode: "AR",
};

const manyMapped = Array.from({ length: 24 }, (_, index): MessageRow => {
  const minute = String(59 - index).padStart(2, "0");
  return {
    ...mapped,
    id: `m1-${index}`,
    arrivedAt: `2026-11-23T07:${minute}:12.000Z`,
    controlId: `MSG000${60 - index}`,
  };
});

/** A result of one person with the number of another. */
export const conflicting: MessageRow = {
  ...held,
  id: "m5",
  arrivedAt: "2026-11-23T06:40:00.000Z",
  controlId: "MSG00041",
  patient: { nhsNumber: "999 000 1234", hospitalNumbers: [] },
  orders: [{ filler: "26N0071" }],
  reasons: [
    {
      category: "conflict",
      code: "identity-conflict",
      message: "Family name and date of birth are not those of the patient with this number.",
      where: "PID-3[1].1",
    },
  ],
};

const rows: readonly MessageRow[] = [mapped, held, rejected, conflicting, ...manyMapped];

export function messagesPage(query: URLSearchParams): MessagesPage {
  const states = query.get("state")?.split(",");
  const number = query.get("q")?.replaceAll(" ", "");
  const messages = rows.filter(
    (row) =>
      (states === undefined || states.includes(row.state)) &&
      (number === undefined || row.controlId === number || row.patient.nhsNumber?.replaceAll(" ", "") === number),
  );
  return { messages, position: 1000 };
}

export function messageView(id: string): MessageView | undefined {
  const row = rows.find((one) => one.id === id);
  if (row === undefined) return undefined;
  const view: MessageView = {
    ...row,
    connection: "127.0.0.1:50312",
    sentAt: "20261123092941",
    receiver: "CORRIDOR at HOSPITAL",
    patientName: osei.name,
    raw: {
      lines: raw,
      cut: false,
      charset: "utf-8",
      sizeBytes: row.sizeBytes,
      hash: "9f2c4e0b7d3a51c8e6f4b2a19d8c7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a2b1c0d",
      url: `/api/clinical/messages/${id}/raw`,
    },
    segments,
    remarks: [],
    resources: row.state === "mapped" ? written : [],
    acknowledgement: {
      code: row.ackCode ?? "AA",
      sentAt: "2026-11-23T09:29:41.120Z",
      lines: ["MSH|^~\\&|CORRIDOR|HOSPITAL|WINPATH|WESTHAVEN|20261123092941||ACK^R01|C1|P|2.4", "MSA|AA|MSG00112"],
    },
    states: [
      { state: row.state, stateText: row.stateText, at: row.arrivedAt.replace("000Z", "118Z"), reasons: row.reasons },
    ],
  };
  return row.state === "mapped" ? { ...view, ledger } : view;
}

const mappedTo = (element: string) => ({ is: "mapped", element }) as const;
const equipment = {
  is: "unmapped",
  code: "no-place",
  reason: "FHIR R4 has no place for it in an Observation of this kind.",
} as const;

const segments: MessageView["segments"] = [
  {
    name: "PID",
    title: "Patient Identification",
    where: "PID",
    fields: [
      {
        where: "PID-3[1]",
        number: 3,
        title: "Patient Identifier List",
        raw: "9990001234^^^NHS^NH",
        isNull: false,
        components: [
          {
            where: "PID-3[1].1",
            title: "ID Number",
            text: "9990001234",
            isNull: false,
            outcome: mappedTo("Patient.identifier.value"),
          },
          {
            where: "PID-3[1].5",
            title: "Identifier Type Code",
            text: "NH",
            isNull: false,
            outcome: mappedTo("Patient.identifier.type"),
          },
        ],
      },
      {
        where: "PID-8",
        number: 8,
        title: "Administrative Sex",
        raw: "F",
        text: "F",
        isNull: false,
        components: [],
        outcome: mappedTo("Patient.gender"),
      },
    ],
  },
  {
    name: "OBX",
    title: "Observation/Result",
    where: "OBX[2]",
    fields: [
      {
        where: "OBX[2]-5",
        number: 5,
        title: "Observation Value",
        raw: "6.8",
        text: "6.8",
        isNull: false,
        components: [],
        outcome: mappedTo("Observation.value"),
      },
      {
        where: "OBX[2]-16",
        number: 16,
        title: "Responsible Observer",
        raw: "OP14^Analyser 14",
        isNull: false,
        components: [
          { where: "OBX[2]-16.1", title: "ID Number", text: "OP14", isNull: false, outcome: equipment },
          { where: "OBX[2]-16.2", title: "Family Name", text: "Analyser 14", isNull: false, outcome: equipment },
        ],
      },
    ],
  },
];

const written: MessageView["resources"] = [
  {
    kind: "DiagnosticReport",
    id: "r-ue-0098",
    version: 1,
    effect: "created",
    text: "Urea and electrolytes",
    url: "/fhir/DiagnosticReport/r-ue-0098/_history/1",
  },
  {
    kind: "Observation",
    id: "k-22",
    version: 2,
    effect: "updated",
    text: "Potassium 6.8 mmol/L",
    url: "/fhir/Observation/k-22/_history/2",
  },
];

const ledger: NonNullable<MessageView["ledger"]> = {
  mapping: "oru-r01/1",
  leaves: 61,
  mapped: 59,
  unmapped: [
    { where: "OBX[2]-16[1].1.1", code: equipment.code, reason: equipment.reason },
    { where: "OBX[2]-16[1].2.1", code: equipment.code, reason: equipment.reason },
  ],
};

const reportsOnPage = 4;

/** `permissions`: of the reader, as the server would leave out what they may not see. */
export function overviewFor(permissions: readonly string[], query: URLSearchParams): Overview {
  const arrived = resultsOf("osei", true).panels.map((report, index) => ({
    report,
    patient: patients[index % 3] ?? osei,
    results: report.results.length,
    abnormal: report.results.filter((result) => result.interpretation !== undefined).length,
    ...(report.worst === undefined ? {} : { worst: report.worst }),
  }));
  const page = pageOf(arrived, { query, size: reportsOnPage });
  const results = {
    since: "2026-11-22T09:30:00.000Z",
    reports: 148,
    inpatients: 96,
    arrived: page.items,
    ...page.more,
  };
  return {
    at,
    position: 1000,
    ...(permissions.includes("messages.read")
      ? {
          links: {
            held: 5,
            rejected: 2,
            proposed: 1,
            parked: 1,
            alerts: 3,
            unacknowledged: 2,
            today: labToday,
            newest: [held, rejected],
          },
        }
      : {}),
    ...(permissions.includes("chart.open") ? { results } : {}),
  };
}
