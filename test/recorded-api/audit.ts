import type {
  AuditCounts,
  AuditPage,
  AuditRow,
  FindingsPage,
  FindingView,
  WhoLooked,
} from "#departments/information/api";
import { json, notFound, type Row } from "./reply.ts";

const looked: AuditRow = {
  id: "4107",
  sequence: 4107,
  at: "2026-11-23T08:41:00.000Z",
  who: "Dr Ingrid Lindqvist",
  reference: "User/lindqvist",
  roles: ["doctor"],
  act: "read",
  why: "TREAT",
  outcome: "0",
  patients: ["Patient/osei"],
  entities: ["Observation/k-22/_history/1"],
  address: "10.20.4.7",
};

const rows: readonly AuditRow[] = [
  looked,
  {
    ...looked,
    id: "4106",
    sequence: 4106,
    at: "2026-11-23T08:40:00.000Z",
    who: "Tom Osei",
    reference: "User/tosei",
    outcome: "4",
    problem: "not-found",
    entities: ["Patient/osei"],
  },
  {
    ...looked,
    id: "4105",
    sequence: 4105,
    act: "110127",
    why: "BTG",
    reason: "Resus call in A and E",
    entities: ["Relationship/r1"],
  },
];

const page: AuditPage = { rows, next: 4105 };

const counts: AuditCounts = {
  total: 4107,
  isCut: false,
  acts: [{ name: "read", count: 4107 }],
  people: [{ name: "Dr Ingrid Lindqvist", count: 4107 }],
  days: [{ name: "2026-11-23", count: 4107 }],
};

const whoLooked: WhoLooked = {
  patient: "Patient/osei",
  patientName: "OSEI, Abena",
  people: [
    {
      day: "2026-11-23",
      who: "Dr Ingrid Lindqvist",
      roles: ["doctor"],
      did: ["Looked at", "Searched"],
      what: ["Test results and measurements"],
      why: "Treatment",
      first: "08:31",
      last: "08:41",
      times: 14,
    },
  ],
  systems: [
    {
      day: "2026-11-22",
      who: "Link lab",
      roles: [],
      did: ["Wrote"],
      what: ["Reports of tests"],
      why: "Treatment",
      first: "17:02",
      last: "17:02",
      times: 1,
    },
  ],
  isCut: true,
  at: "2026-11-23T09:30:00.000Z",
};

const finding: FindingView = {
  id: "f1",
  person: "User/tosei",
  personName: "Tom Osei",
  roles: ["doctor"],
  patient: "Patient/osei",
  patientName: "OSEI, Abena",
  day: "2026-11-23",
  at: "2026-11-23T08:40:00.000Z",
  evidence: [
    { rule: "same-surname", weight: 2 },
    { rule: "unusual-volume", weight: 3, value: 4.2 },
  ],
  weight: 5,
  entry: 4106,
};

const findings: FindingsPage = { findings: [finding], hasMore: false };
const none: FindingsPage = { findings: [], hasMore: false };

const root = "/api/information";

/** Three entries of the log, and what was unusual about one of them. */
export const auditReplies: readonly Row[] = [
  ["GET", new RegExp(`^${root}/audit$`), () => json(page)],
  ["GET", new RegExp(`^${root}/audit-counts$`), () => json(counts)],
  [
    "GET",
    new RegExp(`^${root}/audit/(\\d+)$`),
    (_, [id]) => {
      const row = rows.find((one) => one.id === id);
      return row === undefined ? notFound : json({ row, resource: { resourceType: "AuditEvent", id: row.id } });
    },
  ],
  ["GET", new RegExp(`^${root}/who-looked$`), () => json(whoLooked)],
  ["GET", new RegExp(`^${root}/findings$`), ({ query }) => json(query.get("outcome") === "open" ? findings : none)],
];
