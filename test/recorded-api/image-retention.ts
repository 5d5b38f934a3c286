import type {
  ImageDisposalView,
  ImageRetentionPage,
  JudgedStudyView,
  RetentionRuleView,
} from "#departments/clinical/api";

const rules: readonly RetentionRuleView[] = [
  {
    id: "general",
    description: "Records Management Code of Practice",
    isOn: true,
    modalities: [],
    descriptions: [],
    years: 8,
    from: "last-contact",
    childUntilAge: 25,
    withRecord: true,
    keepsUnreported: true,
    secondArchive: "reading-room",
  },
];

const proposed: ImageDisposalView = {
  id: "d2",
  state: "proposed",
  day: "2026-11-23",
  rules,
  proposed: { by: "User/kim", display: "Jin Kim", at: "2026-11-23T08:10:00Z", why: "Yearly review of the archive" },
  foreseen: { studies: 1_204, objects: 88_310, kept: { "not-yet": 412, unreported: 38, held: 3 } },
  gone: { studies: 0, objects: 0, versions: 0 },
  kept: {},
  waiting: 0,
};

const done: ImageDisposalView = {
  ...proposed,
  id: "d1",
  state: "done",
  day: "2025-11-20",
  decided: { by: "User/ferreira", display: "Nuno Ferreira", at: "2025-11-20T09:00:00Z", why: "Sampled 20, all right" },
  gone: { studies: 1_190, objects: 87_002, versions: 3_411 },
  kept: { "not-yet": 412, unreported: 38, held: 4, archive: 13 },
  finishedAt: "2025-11-20T11:42:00Z",
};

export const retention: ImageRetentionPage = { rules, disposals: [proposed, done] };

const first: JudgedStudyView = {
  uid: "1.2.826.0.1.3680043.10.1400.7",
  name: "WHITLOCK^Arthur",
  patientId: "RX4402001",
  date: "20140305",
  description: "CT thorax",
  modalities: ["CT", "SR"],
  instances: 214,
  goes: true,
  rule: "general",
  until: "2022-06-01",
  why: "By general its time was over on 2022-06-01.",
};

export const judged: readonly JudgedStudyView[] = [
  first,
  {
    ...first,
    uid: "1.2.826.0.1.3680043.10.1400.8",
    date: "20131120",
    description: "",
    goes: false,
    kept: "held",
    why: "Information governance holds it: A hold is in force: nothing of it may be disposed of.",
  },
];
