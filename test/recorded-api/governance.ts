import {
  type ClockView,
  type DisclosureView,
  type EvidencePage,
  type GovernanceHome,
  type ItemsPage,
  type ItemView,
  lists,
  type RetentionPage,
  type SheetView,
  type TimelineView,
} from "#departments/information/api";
import { json, notFound, type Row } from "./reply.ts";

const ruth = { by: "User/amadi", display: "Ruth Amadi" };
const answer: ClockView = {
  name: "answer",
  title: "Answer the person",
  state: "running",
  dueDay: "2026-11-26",
  dueAt: "2026-11-27T00:00:00.000Z",
  daysLeft: 3,
  stoppedDays: 4,
  isExtended: false,
  source: "UK GDPR art 12(3) and 12A; Data (Use and Access) Act 2025 s 76",
};
const report: ClockView = {
  name: "report",
  title: "Report to the ICO, or decide that it need not be",
  state: "overdue",
  dueDay: "2026-11-22",
  dueAt: "2026-11-22T16:00:00.000Z",
  hoursLeft: -18,
  stoppedDays: 0,
  isExtended: false,
  source: "UK GDPR art 33(1)",
};

const access: ItemView = {
  id: "g1",
  version: 6,
  list: "subject-access",
  reference: "SAR-2026-0007",
  title: "Mrs Osei asks for her records",
  state: "in-work",
  patient: "Patient/osei",
  fields: { requester: "Mrs Adaeze Osei", relation: "self", contact: "By post", wants: "All that is held since 2020" },
  marks: { received: "2026-10-22T10:00:00.000Z", acknowledged: "2026-10-23T09:00:00.000Z" },
  stops: [{ from: "2026-10-24T09:00:00.000Z", to: "2026-10-28T09:00:00.000Z", reason: "Proof of address" }],
  assignee: { reference: "User/amadi", display: "Ruth Amadi" },
  tags: ["urgent"],
  notes: [{ ...ruth, at: "2026-10-28T09:00:00.000Z", text: "She would like it on paper." }],
  checks: { identity: { ...ruth, at: "2026-10-28T09:05:00.000Z" } },
  clocks: [answer],
  possible: ["wait", "extend", "finish", "refuse"],
  changed: { ...ruth, at: "2026-10-28T09:05:00.000Z", did: "check" },
};

const incident: ItemView = {
  ...access,
  id: "g2",
  list: "incident",
  reference: "INC-2026-0002",
  title: "A discharge letter went to the wrong address",
  state: "received",
  fields: { what: "The letter of another patient was in the envelope.", nature: "confidentiality", people: "1" },
  marks: { received: "2026-11-19T16:00:00.000Z" },
  stops: [],
  tags: [],
  notes: [],
  checks: {},
  clocks: [report],
  possible: ["begin", "report", "not-report"],
};

const items = [incident, access];

const page: ItemsPage = { items };

const home: GovernanceHome = {
  stands: lists.map(({ name }) => ({
    list: name,
    open: name === "subject-access" ? 4 : name === "incident" ? 1 : name === "asset" ? 12 : 0,
    overdue: name === "incident" ? 1 : 0,
    week: name === "subject-access" ? 2 : 0,
    waiting: name === "subject-access" ? 1 : 0,
  })),
  due: items,
  unusual: [{ name: "AuditFinding", title: "Findings in the audit log to be looked at", count: 3, path: "/about" }],
  months: Array.from({ length: 12 }, (_, at) => ({
    month: at === 0 ? "2025-12" : `2026-${String(at).padStart(2, "0")}`,
    closed: 6 + (at % 4),
    onTime: 5 + (at % 4),
  })),
};

const timeline: TimelineView = {
  entries: [
    { ...ruth, at: "2026-10-28T09:05:00.000Z", did: "check", version: 6 },
    { ...ruth, at: "2026-10-28T09:00:00.000Z", did: "resume", version: 5, state: "in-work", why: "A council tax bill" },
    { ...ruth, at: "2026-10-22T10:02:00.000Z", did: "create", version: 1, state: "received" },
  ],
};

const sheet: SheetView = {
  number: 0,
  version: 2,
  entries: [
    { kind: "Patient", id: "osei", version: 3, title: "Who you are", flags: ["third-party"] },
    {
      kind: "Observation",
      id: "k",
      version: 1,
      title: "Potassium",
      date: "2025-11-03",
      flags: [],
      decision: { is: "give", said: { ...ruth, at: "2026-11-20T09:00:00.000Z" } },
    },
    {
      kind: "RelatedPerson",
      id: "son",
      version: 1,
      title: "RelatedPerson",
      flags: ["third-party", "serious-harm"],
      decision: { is: "withhold", ground: "serious-harm", said: { ...ruth, at: "2026-11-20T09:00:00.000Z" } },
    },
  ],
};

const disclosure: DisclosureView = {
  sheets: [{ number: 0, kinds: ["Patient", "Observation", "RelatedPerson"], entries: 3, unsettled: 2 }],
  entries: 3,
  undecided: 1,
  unconfirmed: 1,
  given: 1,
  withheld: 1,
  redacted: 0,
  flagged: 2,
};

const retention: RetentionPage = {
  rows: [
    {
      patient: "Patient/penn",
      name: "PENN, Walter",
      birthDate: "1931-02-01",
      lastContact: "2015-06-01",
      rule: "adult",
      title: "Adult health record: 8 years after the last care",
      until: "2023-06-01",
      state: "due",
    },
    {
      patient: "Patient/quill",
      name: "QUILL, Rosa",
      birthDate: "1940-05-12",
      lastContact: "2015-06-01",
      rule: "adult",
      title: "Adult health record: 8 years after the last care",
      until: "2023-06-01",
      state: "held",
      hold: "HOL-2026-0002",
    },
  ],
  disposals: [
    {
      id: "d1",
      patient: "Patient/old",
      state: "proposed",
      rule: "adult",
      until: "2022-01-01",
      lastContact: "2014-01-01",
      proposed: {
        by: "User/ashe",
        display: "Ben Ashe",
        at: "2026-11-20T09:00:00.000Z",
        why: "Nothing of lasting worth",
      },
    },
    {
      id: "d2",
      patient: "Patient/quill",
      state: "agreed",
      rule: "adult",
      until: "2023-06-01",
      lastContact: "2015-06-01",
      proposed: { by: "User/ashe", display: "Ben Ashe", at: "2026-11-22T09:00:00.000Z", why: "Eight years are over" },
      decided: { by: "User/amadi", display: "Ruth Amadi", at: "2026-11-23T08:00:00.000Z", why: "Checked" },
      progress: { done: 1_400, total: 5_118 },
      stopped: { code: "on-hold", at: "2026-11-23T08:01:00.000Z" },
    },
    {
      id: "d3",
      patient: "Patient/7c41f09a",
      state: "done",
      rule: "adult",
      until: "2021-03-01",
      lastContact: "2013-03-01",
      proposed: {
        by: "User/amadi",
        display: "Ruth Amadi",
        at: "2026-11-02T09:00:00.000Z",
        why: "Eight years are over",
      },
      decided: { by: "User/ashe", display: "Ben Ashe", at: "2026-11-03T08:00:00.000Z", why: "Checked" },
      heldBack: 1,
      certificate: {
        number: "DC-2026-11-03-7c41f09a",
        at: "2026-11-03T08:00:24.000Z",
        deleted: { DocumentReference: 12, Encounter: 3, LinkMessage: 41, Observation: 388, Patient: 1 },
        versions: 913,
        blobs: 44,
        blobsKept: 1,
        studies: 2,
        images: 96,
        kept: { Group: 1 },
      },
    },
  ],
};

const evidence: EvidencePage = {
  at: "2026-11-23T09:30:00.000Z",
  position: 4211,
  evidence: [
    { outcome: "E2.a", title: "Rights: requests are answered in time", says: "71 of 78 requests were.", share: 0.91 },
    { outcome: "B6.b", title: "Training", says: "Training is not kept in Corridor yet.", isMissing: true },
  ],
};

const root = "/api/information";
const row = (path: string, reply: Row[2]): Row => ["GET", new RegExp(`^${root}${path}$`), reply];

/** One request in work, one incident that is late, and what the pages around them show. */
export const governanceReplies: readonly Row[] = [
  row("/home", () => json(home)),
  row("/items", () => json(page)),
  row("/items/([\\w-]+)/timeline", () => json(timeline)),
  row("/items/([\\w-]+)/disclosure", () => json(disclosure)),
  row("/items/([\\w-]+)/disclosure/sheet", () => json(sheet)),
  row("/items/([\\w-]+)", (_, [id]) => {
    const found = items.find((item) => item.id === id);
    return found === undefined ? notFound : json(found);
  }),
  row("/retention", () => json(retention)),
  row("/evidence", () => json(evidence)),
];
