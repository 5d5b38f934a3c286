import type { EdifactMessage } from "./messages.ts";
import { type GroupRule, type Structured, structure } from "./structure.ts";

/** The groups of a pathology report. Source: PMIP EDIFACT, NHS003 (MEDRPT), ISB 1557 Amd 39/2003. */
const rangeGroup: GroupRule = {
  name: "S20",
  trigger: "S20",
  max: 9,
  segments: [
    { tag: "RND", required: true, qualifiers: ["U"] },
    { tag: "FTX", qualifiers: ["RPD"] },
  ],
  groups: [],
};

const resultGroup: GroupRule = {
  name: "GIS",
  trigger: "GIS",
  required: true,
  segments: [
    { tag: "INV", required: true, qualifiers: ["MQ"] },
    { tag: "SEQ" },
    { tag: "RSL" },
    { tag: "STS" },
    { tag: "DTM" },
    { tag: "FTX", qualifiers: ["SPC", "RIT", "CRR"] },
    { tag: "RFF", required: true, qualifiers: ["ASL", "ARL"] },
  ],
  groups: [rangeGroup],
};

const specimenGroup: GroupRule = {
  name: "S16",
  trigger: "S16",
  required: true,
  max: 99,
  segments: [
    { tag: "SEQ" },
    { tag: "SPC", required: true, qualifiers: ["TSP"] },
    { tag: "RFF", qualifiers: ["RTI", "STI"] },
    { tag: "QTY", qualifiers: ["SVO"] },
    { tag: "DTM", qualifiers: ["SCO", "SRI"] },
    { tag: "FTX", qualifiers: ["SPC"] },
  ],
  groups: [],
};

const clinicalGroup: GroupRule = {
  name: "S10",
  trigger: "S10",
  segments: [
    { tag: "CIN", required: true },
    { tag: "FTX", qualifiers: ["CID"] },
  ],
  groups: [],
};

const personGroup: GroupRule = {
  name: "S07",
  trigger: "S07",
  required: true,
  max: 1,
  segments: [{ tag: "PNA", required: true, qualifiers: ["PAT"] }, { tag: "DTM", qualifiers: ["329"] }, { tag: "PDI" }],
  groups: [],
};

const subjectGroup: GroupRule = {
  name: "S06",
  trigger: "S06",
  required: true,
  max: 1,
  segments: [{ tag: "RFF", qualifiers: ["SSI"] }, { tag: "ADR" }],
  groups: [personGroup, clinicalGroup, specimenGroup, resultGroup],
};

const reportGroup: GroupRule = {
  name: "S02",
  trigger: "S02",
  required: true,
  max: 1,
  segments: [
    { tag: "GIS", required: true },
    { tag: "RFF", required: true, qualifiers: ["SRI"] },
    { tag: "STS", required: true },
    { tag: "DTM", required: true, qualifiers: ["ISR"] },
  ],
  groups: [subjectGroup],
};

const partyGroup: GroupRule = {
  name: "S01",
  trigger: "S01",
  required: true,
  segments: [
    { tag: "NAD", qualifiers: ["SLA", "PO", "MR"] },
    { tag: "RFF", qualifiers: ["AHI"] },
    { tag: "SPR", required: true },
  ],
  groups: [],
};

const nhs003: GroupRule = {
  name: "NHS003",
  trigger: "UNH",
  segments: [
    { tag: "UNH", required: true },
    { tag: "BGM", required: true },
    { tag: "DTM", required: true, qualifiers: ["137"] },
    { tag: "UNT", required: true },
  ],
  groups: [partyGroup, reportGroup],
};

/** Whether it is a pathology report. */
export function isNhs003({ type, association }: EdifactMessage): boolean {
  return type === "MEDRPT" && association === "NHS003";
}

/** The groups of a pathology report as sent. Problems: see `Structured`. */
export function structureNhs003(message: EdifactMessage): Structured {
  return structure(message.segments, nhs003);
}
