import type {
  ArchivePolicyBody,
  ArrivalsView,
  AssociationsPage,
  HiddenView,
  ImageExportsPage,
  ImageRouteView,
  ImageSendsPage,
  ImagingWorklistPage,
  NodesPage,
  StorageView,
  StudyHistoryPage,
  TwinView,
  WaitingStudiesPage,
} from "#departments/clinical/api";
import { judged, retention } from "./image-retention.ts";
import { json, type Row } from "./reply.ts";

const study = "1.2.826.0.1.3680043.10.1400.1";

const waiting: WaitingStudiesPage = {
  unmatched: 1,
  conflicting: 0,
  keptAside: 1,
  studies: [
    {
      uid: study,
      state: "unmatched",
      patientId: "RX4402720",
      issuer: "WESTHAVEN",
      name: "OSEI^Adwoa",
      birthDate: "19610312",
      sex: "F",
      accession: "WH26-104412",
      date: "20261123",
      description: "MRI head",
      modalities: ["MR"],
      series: 3,
      instances: 120,
      candidates: [
        { id: "osei", display: "OSEI, Adwoa", birthDate: "1961-03-21", sex: "F", numbers: ["9991234567", "RX4402719"] },
      ],
    },
  ],
};
const noneWaiting: WaitingStudiesPage = { ...waiting, studies: [] };

const twins: readonly TwinView[] = [
  {
    id: "1",
    instance: `${study}.1.9`,
    why: "instance-differs",
    source: "CT1",
    at: "2026-11-23T08:10:00Z",
    sizeBytes: 526_400,
  },
];

const storage: StorageView = {
  figures: [
    { month: "2026-10", modality: "CT", studies: 310, instances: 120_000, sizeBytes: 63_000_000_000 },
    { month: "2026-10", modality: "CR", studies: 900, instances: 1_400, sizeBytes: 14_000_000_000 },
    { month: "2026-11", modality: "CT", studies: 240, instances: 96_000, sizeBytes: 50_000_000_000 },
  ],
  totalBytes: 127_000_000_000,
  freeBytes: 900_000_000_000,
  bytesADay: 2_400_000_000,
  fullOn: "2027-12-02",
};

const nodes: NodesPage = {
  ownAeTitle: "CORRIDOR",
  nodes: [
    {
      id: "reading-room",
      aeTitle: "READING1",
      description: "Reporting workstation",
      host: "10.20.4.7",
      port: 11_112,
      tls: false,
      addresses: [],
      mayStore: false,
      mayFind: true,
      mayRetrieve: true,
      mayWorklist: false,
      commits: false,
      mayReject: true,
      isPaused: false,
    },
  ],
};

const associations: AssociationsPage = {
  isOpen: true,
  associations: [
    {
      id: "dimse-17",
      callingAe: "READING1",
      remoteAddress: "10.20.4.7",
      openedAt: "2026-11-23T09:29:00Z",
      instancesReceived: 0,
      instancesSent: 212,
      bytesReceived: 14_200,
      operationsUnderWay: 1,
    },
  ],
};

const sends: ImageSendsPage = {
  waiting: 1,
  parked: 0,
  sends: [
    {
      id: "i1",
      study,
      node: "reading-room",
      state: "waiting",
      why: "by hand",
      sent: 40,
      failed: 1,
      total: 120,
      attempts: 1,
      nextAt: "2026-11-23T09:35:00Z",
      reason: "The node did not answer in time.",
      commitment: "not-asked",
    },
  ],
};

const rules: readonly ImageRouteView[] = [
  {
    id: "stroke-to-network",
    description: "Out-of-hours stroke reading",
    isOn: true,
    trigger: "received",
    sources: [],
    modalities: ["CT"],
    bodyParts: ["HEAD"],
    descriptions: [],
    hours: { from: "18:00", to: "07:30" },
    to: ["reading-room"],
  },
];

const worklist: ImagingWorklistPage = {
  steps: [
    {
      order: "o1",
      state: "ready",
      patientId: "osei",
      patientName: "OSEI, Adwoa (Mrs)",
      accession: "WH26-104412",
      studyUid: study,
      description: "MRI head",
      modality: "MR",
      stationAe: "MR1",
      priority: "urgent",
      plannedAt: "2026-11-23T10:30:00Z",
    },
  ],
};

const hidden: readonly HiddenView[] = [
  {
    study,
    series: `${study}.4`,
    code: "113001",
    objects: 24,
    shown: 0,
    sizeBytes: 12_600_000,
    modality: "MR",
    seriesDescription: "T2 axial, moved",
    studyDescription: "MRI head",
    date: "20261123",
    name: "OSEI^Adwoa",
    patientId: "RX4402720",
    decision: { by: "Rosa Ferreira", at: "2026-11-23T09:12:00Z", reason: "The patient moved; it was taken again" },
  },
];

const history: StudyHistoryPage = {
  study: { ...(waiting.studies[0] as WaitingStudiesPage["studies"][number]), state: "matched" },
  patient: { id: "osei", display: "OSEI, Adwoa" },
  series: [
    { uid: `${study}.1`, modality: "MR", number: 1, description: "T1 sagittal", shown: 24, hidden: 0 },
    { uid: `${study}.4`, modality: "MR", number: 4, description: "T2 axial, moved", shown: 0, hidden: 24 },
  ],
  events: [
    {
      is: "hidden",
      at: "2026-11-23T09:12:00Z",
      by: "Rosa Ferreira",
      part: "24 objects",
      reason: "The patient moved; it was taken again",
      changes: [],
    },
    {
      is: "corrected",
      at: "2026-11-23T09:02:00Z",
      by: "Rosa Ferreira",
      part: "",
      reason: "Two digits were turned round at the scanner",
      changes: [{ what: "PatientBirthDate", before: "19610312", after: "19610321" }],
    },
    {
      is: "moved",
      at: "2026-11-23T08:31:00Z",
      by: "Corridor",
      part: "",
      changes: [{ what: "Patient", before: "", after: "OSEI, Adwoa" }],
    },
    { is: "received", at: "2026-11-23T08:30:00Z", by: "MR1", part: "", changes: [] },
  ],
};

const policy: ArchivePolicyBody = {
  duplicates: "keep-both",
  hideFor: ["113001", "113037", "113038", "113039"],
};

const arrivals: ArrivalsView = {
  day: "2026-11-23",
  total: { studies: 42, objects: 9_310, sizeBytes: 4_900_000_000 },
  hours: [6, 7, 8, 9].map((hour) => ({ hour, studies: 10, objects: hour * 310, sizeBytes: 1_200_000_000 })),
  modalities: [
    { modality: "CT", studies: 14, objects: 8_400, sizeBytes: 4_400_000_000 },
    { modality: "DX", studies: 28, objects: 61, sizeBytes: 500_000_000 },
  ],
  sources: [
    { source: "CT1", studies: 14, objects: 8_400, sizeBytes: 4_400_000_000 },
    { source: "DX2", studies: 28, objects: 61, sizeBytes: 500_000_000 },
  ],
  refusals: [
    {
      source: "US3",
      code: "uid-missing",
      message: "The object has no Study Instance UID.",
      count: 3,
      at: "2026-11-23T08:47:00Z",
    },
  ],
  check: {
    at: "2026-11-22T02:00:00Z",
    tookMs: 1_260_000,
    objects: 217_400,
    problemCount: 1,
    problems: [
      {
        code: "image-missing",
        message: "The file of this object is missing.",
        where: "1.2.826.0.1.3680043.10.1400.7.1.3",
      },
    ],
  },
};

const exports: ImageExportsPage = {
  rules: ["research", "teaching"],
  options: ["retain-uids"],
  exports: [
    {
      id: "e2",
      state: "running",
      askedAt: "2026-11-23T09:20:00Z",
      by: "Rosa Ferreira",
      isOwn: true,
      what: "CT, 2026-01-01 to 2026-03-31",
      rules: "research",
      project: "lung-nodules",
      purpose: "HRESCH",
      objects: 4_120,
      objectsTotal: 18_300,
      sizeBytes: 2_100_000_000,
      refusals: {},
    },
    {
      id: "e1",
      state: "done",
      askedAt: "2026-11-22T15:02:00Z",
      by: "Rosa Ferreira",
      isOwn: true,
      what: "accession WH26-104412",
      purpose: "HOPERAT",
      objects: 120,
      objectsTotal: 121,
      sizeBytes: 63_000_000,
      fileBytes: 41_000_000,
      expiresAt: "2026-11-24T15:04:00Z",
      refusals: { "object-unreadable": 1 },
    },
  ],
};

const base = "\\/api\\/clinical\\/images";
const at = (path: string) => new RegExp(`^${base}${path}$`);

/** What the PACS administrator's pages ask for. */
export const imageKeepingReplies: readonly Row[] = [
  ["GET", at("\\/waiting"), ({ query }) => json(query.get("state") === "conflicting" ? noneWaiting : waiting)],
  ["GET", at("\\/twins"), () => json({ twins })],
  ["GET", at("\\/hidden"), () => json({ hidden })],
  ["GET", at("\\/studies\\/[\\d.]+\\/history"), () => json(history)],
  ["GET", at("\\/policy"), () => json(policy)],
  ["GET", at("\\/arrivals"), () => json(arrivals)],
  ["GET", at("\\/exports"), () => json(exports)],
  ["GET", at("\\/storage"), () => json(storage)],
  ["GET", at("\\/nodes"), () => json(nodes)],
  ["POST", at("\\/nodes\\/[\\w-]+\\/echo"), () => json({ answered: true, tookMs: 7 })],
  ["GET", at("\\/associations"), () => json(associations)],
  ["GET", at("\\/sends"), () => json(sends)],
  ["GET", at("\\/rules"), () => json({ rules })],
  ["GET", at("\\/retention"), () => json(retention)],
  ["GET", at("\\/retention\\/studies"), () => json({ studies: judged })],
  ["GET", at("\\/worklist"), () => json(worklist)],
];
