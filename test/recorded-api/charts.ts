import type {
  CumulativeTable,
  Panel,
  Result,
  ResultsPage,
  TimelineEntry,
  TimelinePage,
  Trend,
} from "#departments/clinical/api";
import { pageOf } from "./page.ts";
import { flagFor, flags, loinc, measured, numberValue, rangeText, statuses, worded } from "./words.ts";

const now = "2026-11-23T09:30:00.000Z";
const dr = { text: "Dr Ingrid Lindqvist", reference: "Practitioner/lindqvist" };
const blood = { type: "Venous blood" };

interface ReportFacts {
  readonly name: { readonly text: string; readonly code: string };
  readonly discipline: string;
  readonly taken: string;
  readonly results: readonly Result[];
}

function panel(id: string, facts: ReportFacts, over: Partial<Panel> = {}): Panel {
  const worst = facts.results.map((result) => result.interpretation).find((flag) => flag?.tone === "critical");
  const abnormal = facts.results.map((result) => result.interpretation).find((flag) => flag?.tone === "abnormal");
  const gravest = worst ?? abnormal;
  return {
    id,
    name: { ...facts.name, system: loinc },
    discipline: facts.discipline,
    status: statuses.final,
    taken: facts.taken,
    reported: facts.taken.replace("T07", "T09").replace("T06", "T08"),
    specimens: [{ ...blood, notes: [] }],
    requester: dr,
    performers: [{ text: "Westhaven Pathology" }],
    accessionNumber: `26N${id.slice(-4)}`,
    results: facts.results,
    notes: [],
    texts: [],
    attachments: [],
    earlierVersions: 0,
    messages: ["m1"],
    recorded: now,
    ...(gravest === undefined ? {} : { worst: gravest }),
    ...over,
  };
}

const ureaName = { text: "Urea and electrolytes", code: "24326-1" };
const countName = { text: "Full blood count", code: "58410-2" };

function ureaAndElectrolytes(day: string, potassium: number, creatinine: number): readonly Result[] {
  return [
    measured(`na-${day}`, { name: "Sodium", code: "2951-2", number: 138, unit: "mmol/L", low: 133, high: 146 }),
    measured(`k-${day}`, {
      name: "Potassium",
      code: "2823-3",
      number: potassium,
      unit: "mmol/L",
      low: 3.5,
      high: 5.3,
      criticalHigh: 6.5,
    }),
    measured(`ur-${day}`, { name: "Urea", code: "3094-0", number: 14.2, unit: "mmol/L", low: 2.5, high: 7.8 }),
    measured(`cr-${day}`, {
      name: "Creatinine",
      code: "2160-0",
      number: creatinine,
      unit: "µmol/L",
      low: 45,
      high: 84,
    }),
    measured(
      `gfr-${day}`,
      { name: "eGFR (CKD-EPI)", code: "62238-1", number: 38, unit: "mL/min/1.73m²", low: 90 },
      { notes: ["Not valid in acute kidney injury or pregnancy."] },
    ),
  ];
}

const bloodCount: readonly Result[] = [
  measured("hb", { name: "Haemoglobin", code: "718-7", number: 92, unit: "g/L", low: 115, high: 165 }),
  measured("wcc", { name: "White cell count", code: "6690-2", number: 11.9, unit: "10⁹/L", low: 4, high: 11 }),
  measured("plt", { name: "Platelets", code: "777-3", number: 244, unit: "10⁹/L", low: 150, high: 450 }),
  measured(
    "mcv",
    { name: "Mean cell volume", code: "787-2", number: 81.2, unit: "fL", low: 80, high: 100 },
    {
      status: statuses.corrected,
      version: 2,
      earlier: [
        {
          version: 1,
          value: numberValue(101.2, "fL"),
          status: statuses.final,
          interpretation: flags.high,
          recorded: "2026-11-22T09:10:00.000Z",
        },
      ],
    },
  ),
  worded(
    "film",
    "Blood film",
    {
      kind: "text",
      text: "Normochromic, normocytic red cells. Mild neutrophilia with left shift. Platelets appear adequate in number.",
    },
    {},
  ),
  worded("retic", "Reticulocytes", { kind: "absent", text: "Insufficient sample" }, { status: statuses.cancelled }),
];

const sensitivities: readonly Result[] = [
  worded("s1", "Nitrofurantoin", { kind: "coded", text: "Susceptible" }, { interpretation: flags.susceptible }),
  worded("s2", "Trimethoprim", { kind: "coded", text: "Resistant" }, { interpretation: flags.resistant }),
  worded("s3", "Gentamicin", { kind: "coded", text: "Susceptible" }, { interpretation: flags.susceptible }),
];

const urine = panel(
  "r-mc-0091",
  {
    name: { text: "Urine culture", code: "630-4" },
    discipline: "Microbiology",
    taken: "2026-11-20T07:15:00+00:00",
    results: [
      worded(
        "wbc",
        "White cells",
        { kind: "number", text: ">100 /µL", amount: ">100", unit: "/µL" },
        {
          interpretation: flags.abnormal,
        },
      ),
      worded(
        "growth",
        "Culture",
        { kind: "coded", text: ">10⁵ CFU/mL" },
        {
          organism: "Escherichia coli",
          interpretation: flags.abnormal,
          parts: sensitivities,
        },
      ),
    ],
  },
  { status: statuses.preliminary, specimens: [{ type: "Mid-stream urine", notes: [] }] },
);

const electrophoresis = panel(
  "r-im-0412",
  {
    name: { text: "Protein electrophoresis", code: "24351-9" },
    discipline: "Immunology",
    taken: "2026-11-14T07:05:00+00:00",
    results: [],
  },
  {
    texts: [
      {
        title: "Report",
        laidOut: true,
        text: [
          "FRACTION        g/L    REFERENCE",
          "---------------------------------",
          "Albumin        33.1    35.0 - 50.0  *",
          "Alpha-1         3.4     2.1 -  3.5",
          "Alpha-2         8.9     5.1 -  8.5  *",
          "Beta            7.7     6.0 -  9.4",
          "Gamma          10.2     8.0 - 13.5",
          "",
          "No paraprotein detected.",
        ].join("\n"),
      },
    ],
    conclusion: "No paraprotein detected. Acute-phase pattern.",
    attachments: [
      {
        title: "Electrophoresis trace",
        contentType: "application/pdf",
        url: "/api/clinical/patients/osei/attachments/trace",
        sizeBytes: 48_213,
      },
    ],
  },
);

export const arrivingPanel: Panel = panel("r-ue-0099", {
  name: ureaName,
  discipline: "Clinical biochemistry",
  taken: "2026-11-23T07:10:00+00:00",
  results: ureaAndElectrolytes("23", 4.9, 131),
});

const oseiPanels: readonly Panel[] = [
  panel("r-ue-0098", {
    name: ureaName,
    discipline: "Clinical biochemistry",
    taken: "2026-11-22T07:10:00+00:00",
    results: ureaAndElectrolytes("22", 6.8, 148),
  }),
  panel("r-fb-0097", {
    name: countName,
    discipline: "Haematology",
    taken: "2026-11-22T07:10:00+00:00",
    results: bloodCount,
  }),
  urine,
  electrophoresis,
  panel("r-ue-0071", {
    name: ureaName,
    discipline: "Clinical biochemistry",
    taken: "2026-11-12T06:40:00+00:00",
    results: ureaAndElectrolytes("12", 5.1, 122),
  }),
];

/** `arrived`: whether the result that comes in while the chart is open is there already. */
export function resultsOf(id: string, arrived: boolean): ResultsPage {
  const panels = id === "osei" ? [...(arrived ? [arrivingPanel] : []), ...oseiPanels] : [];
  return { panels, unreported: [], position: 1000 };
}

const potassiums = [4.1, 4.4, 4.3, 4.8, 5.1, 5.6, 5.2, 4.9, 5.1, 6.8, 5.9];

export function trendOf(): Trend {
  const points = potassiums.map((number, index) => {
    const timeMs = Date.parse("2025-01-14T07:30:00Z") + index * 66 * 24 * 3600 * 1000;
    const bounds = { low: 3.5, high: index < 4 ? 5.1 : 5.3 };
    const flag = flagFor({ number, ...bounds, criticalHigh: 6.5 });
    return {
      observationId: `k-${index}`,
      time: new Date(timeMs).toISOString(),
      timeMs,
      value: numberValue(number, "mmol/L"),
      number,
      unit: "mmol/L",
      ...bounds,
      range: rangeText(bounds) ?? "",
      ...(flag === undefined ? {} : { interpretation: flag }),
      status: index === potassiums.length - 1 ? statuses.preliminary : statuses.final,
      drawn: true,
    };
  });
  return {
    name: { text: "Potassium", code: "2823-3", system: loinc },
    points,
    units: ["mmol/L"],
    older: false,
    position: 1000,
  };
}

export function cumulativeOf(): CumulativeTable {
  const reports = oseiPanels.filter((report) => report.name.code === ureaName.code).toReversed();
  const tests = reports.at(-1)?.results ?? [];
  return {
    panel: { ...ureaName, system: loinc },
    columns: reports.map((report) => ({
      reportId: report.id,
      status: report.status,
      ...(report.taken === undefined ? {} : { taken: report.taken }),
    })),
    rows: tests.map((test) => ({
      name: test.name,
      trendCode: `${loinc}|${test.name.code}`,
      ...(test.value.unit === undefined ? {} : { unit: test.value.unit }),
      ...(test.range === undefined ? {} : { range: test.range }),
      cells: reports.map((report) => {
        const result = report.results.find((one) => one.name.code === test.name.code);
        if (result === undefined) return null;
        const { value, status, interpretation } = result;
        return { observationId: result.id, value, status, ...(interpretation === undefined ? {} : { interpretation }) };
      }),
    })),
    older: false,
  };
}

interface TimelineAsked {
  readonly arrived: boolean;
  readonly query: URLSearchParams;
}

export function timelineOf(id: string, { arrived, query }: TimelineAsked): TimelinePage {
  if (id !== "osei") return { entries: [], position: 1000 };
  const reports = resultsOf(id, arrived).panels.map((report): TimelineEntry => {
    const abnormal = report.results.filter((result) => result.interpretation !== undefined).length;
    return {
      kind: "report",
      id: report.id,
      title: report.name.text,
      summary: report.results.length === 0 ? "Text report" : `${abnormal} of ${report.results.length} abnormal`,
      status: report.status,
      open: { is: "report", id: report.id },
      ...(report.taken === undefined ? {} : { time: report.taken }),
      ...(report.worst === undefined ? {} : { worst: report.worst }),
    };
  });
  const kind = query.get("kind");
  const entries = [...reports, ...otherEntries].filter((entry) => kind === null || entry.kind === kind);
  const page = pageOf(entries.toSorted(newestFirst), { query, size: kind === "order" ? 1 : entries.length });
  return { entries: page.items, ...page.more, position: 1000 };
}

const otherEntries: readonly TimelineEntry[] = [
  {
    kind: "encounter",
    id: "e1",
    title: "Inpatient stay, Ward 7",
    summary: "Nephrology, Dr Ingrid Lindqvist",
    time: "2026-11-19T16:20:00+00:00",
    status: { code: "in-progress", text: "In progress", tone: "final", stands: true },
  },
  {
    kind: "order",
    id: "o1",
    title: "Urea and electrolytes",
    summary: "Requested by Dr Ingrid Lindqvist, order 4410-22",
    time: "2026-11-22T06:30:00+00:00",
    status: { code: "active", text: "Active", tone: "preliminary", stands: true },
  },
  {
    kind: "order",
    id: "o2",
    title: "Urine culture",
    summary: "Requested by Dr Ingrid Lindqvist, order 4410-09",
    time: "2026-11-20T06:55:00+00:00",
    status: { code: "completed", text: "Completed", tone: "final", stands: true },
  },
  {
    kind: "document",
    id: "d1",
    title: "Clinic letter, nephrology",
    summary: "Written by Dr Ingrid Lindqvist",
    time: "2026-10-30",
    status: statuses.final,
    category: { text: "Letter" },
    open: {
      is: "attachment",
      url: "/api/clinical/patients/osei/attachments/letter",
      contentType: "application/pdf",
      title: "Clinic letter, nephrology",
    },
  },
];

function newestFirst(first: TimelineEntry, second: TimelineEntry): number {
  return Date.parse(second.time ?? "1970") - Date.parse(first.time ?? "1970");
}
