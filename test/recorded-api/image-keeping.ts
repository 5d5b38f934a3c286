import type {
  AssociationsPage,
  ImageRouteView,
  ImageSendsPage,
  ImagingWorklistPage,
  NodesPage,
  StorageView,
  TwinView,
  WaitingStudiesPage,
} from "#departments/clinical/api";
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

const base = "\\/api\\/clinical\\/images";
const at = (path: string) => new RegExp(`^${base}${path}$`);

/** What the PACS administrator's pages ask for. */
export const imageKeepingReplies: readonly Row[] = [
  ["GET", at("\\/waiting"), ({ query }) => json(query.get("state") === "conflicting" ? noneWaiting : waiting)],
  ["GET", at("\\/twins"), () => json({ twins })],
  ["GET", at("\\/storage"), () => json(storage)],
  ["GET", at("\\/nodes"), () => json(nodes)],
  ["POST", at("\\/nodes\\/[\\w-]+\\/echo"), () => json({ answered: true, tookMs: 7 })],
  ["GET", at("\\/associations"), () => json(associations)],
  ["GET", at("\\/sends"), () => json(sends)],
  ["GET", at("\\/rules"), () => json({ rules })],
  ["GET", at("\\/worklist"), () => json(worklist)],
];
