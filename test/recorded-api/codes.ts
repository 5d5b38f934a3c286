import type {
  CodeRowsPage,
  CodeRowView,
  CodesPage,
  CodeTablesView,
  CodeView,
  CoverageView,
  SuggestionsView,
  TargetCode,
} from "#departments/clinical/api";
import { type Asked, json, notFound, problem, type Recorded, type Row } from "./reply.ts";

const loinc = "http://loinc.org";

const potassium: CodeView = {
  id: "c1",
  sender: "WINPATH|WESTHAVEN",
  field: "OBX-3",
  system: "urn:corridor:codes:WINPATH%7CWESTHAVEN:local",
  code: "KPL",
  text: "Potassium (plasma)",
  units: ["mmol/L"],
  state: "open",
  count: 1_204,
  firstSeenAt: "2026-11-02T07:12:40.000Z",
  lastSeenAt: "2026-11-23T09:29:41.000Z",
  examples: ["m1", "m1-3", "m1-4", "m1-5"],
};

const cellCount: CodeView = {
  ...potassium,
  id: "c2",
  field: "OBX-6",
  code: "x10^9/l",
  text: "x10^9/l",
  units: [],
  state: "proposed",
  count: 388,
  examples: ["m1-6"],
  proposal: {
    by: "User/ferreira",
    display: "Ana Ferreira",
    at: "2026-11-23T08:40:00.000Z",
    comment: "The analyser prints it with a small l; the laboratory has confirmed it.",
    target: { system: "http://unitsofmeasure.org", code: "10*9/L", display: "10*9/L" },
  },
};

const sodium: CodeView = {
  ...potassium,
  id: "c3",
  code: "NAPL",
  text: "Sodium (plasma)",
  state: "mapped",
  count: 1_190,
  examples: [],
  proposal: {
    by: "User/baker",
    display: "Tom Baker-Hughes",
    at: "2026-11-20T14:02:00.000Z",
    comment: "As in the laboratory's handbook.",
    target: { system: loinc, code: "2951-2", display: "Sodium [Moles/volume] in Serum or Plasma" },
  },
  decision: {
    by: "User/ferreira",
    display: "Ana Ferreira",
    at: "2026-11-20T15:30:00.000Z",
    comment: "Compared with the handbook.",
  },
  applied: { released: 2, recoded: 1_173 },
};

const codes: readonly CodeView[] = [potassium, sodium, cellCount];

const suggestions: SuggestionsView["suggestions"] = [
  {
    system: loinc,
    code: "2823-3",
    display: "Potassium [Moles/volume] in Serum or Plasma",
    why: "words and unit fit",
  },
  { system: "http://snomed.info/sct", code: "88480006", display: "Potassium", why: "words fit" },
];

const days = ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-22", "2026-11-23"];

const coverage: CoverageView = {
  senders: [
    {
      sender: "WINPATH|WESTHAVEN",
      results: 7_200,
      coded: 6_480,
      share: 0.9,
      days: days.map((day, at) => ({ day, results: 1_200, coded: 1_055 + at * 10 })),
    },
    {
      sender: "POCT|WARDS",
      results: 310,
      coded: 310,
      share: 1,
      days: [{ day: "2026-11-23", results: 310, coded: 310 }],
    },
  ],
};

function codesPage(query: URLSearchParams): CodesPage {
  const asks = (name: "state" | "sender" | "field", code: CodeView) =>
    query.get(name) === null || query.get(name) === code[name];
  return { codes: codes.filter((code) => asks("state", code) && asks("sender", code) && asks("field", code)) };
}

function decideCode({ body, me }: Asked, [id = "", action = ""]: readonly string[]): Recorded {
  const code = codes.find((one) => one.id === id);
  if (code === undefined || me === undefined) return notFound;
  const { comment, target } = JSON.parse(body) as { comment: string; target?: TargetCode };
  const said = { by: me.reference, display: me.display, at: "2026-11-23T09:31:00.000Z", comment };
  if (action === "propose")
    return json({ ...code, state: "proposed", proposal: target === undefined ? said : { ...said, target } });
  if (code.state !== "proposed")
    return problem(409, "nothing-proposed", "Nobody has proposed a meaning for this code.");
  return json({ ...code, state: action === "approve" ? "approved" : "open", decision: said });
}

const tables: CodeTablesView = {
  version: 3,
  guide: [
    {
      name: "AdministrativeSex",
      table: "HL70001",
      system: "http://hl7.org/fhir/administrative-gender",
      rows: 6,
      uses: [{ from: "PID-8", element: "Patient.gender" }],
      codes: ["male", "female", "other", "unknown"],
      isOpen: true,
    },
    { name: "OrderStatus", table: "HL70038", system: "", rows: 8, uses: [], isOpen: false },
  ],
  links: [{ name: "lab", title: "Westhaven Pathology" }],
  senders: ["POCT|WARDS", "WINPATH|WESTHAVEN"],
  rows: { official: 14, uk: 0, trust: 1, approved: 1, sender: 1 },
};

const guideRow = { kind: "guide", table: "AdministrativeSex", code: "W" } as const;
const female = { system: "http://hl7.org/fhir/administrative-gender", code: "female" };
const rows: readonly CodeRowView[] = [
  {
    ...{ kind: "own", table: "L", code: "NA", text: "Sodium", layer: "approved", sender: "WINPATH|WESTHAVEN" },
    target: { system: "http://loinc.org", code: "2951-2", display: "Sodium [Moles/volume] in Serum or Plasma" },
    because: "The laboratory's list of tests.",
    overriddenBy: [],
    counted: { id: "c3", count: 412, lastSeenAt: "2026-11-20T16:02:00.000Z" },
  },
  {
    ...{ ...guideRow, layer: "sender", links: ["lab"], file: "mappings/lab.json", overriddenBy: [] },
    target: { ...female, code: "other" },
    because: "Agreed with the laboratory.",
  },
  {
    ...{ ...guideRow, layer: "trust", file: "mappings/trust.json", target: female },
    because: "The PAS of the eye hospital sends W.",
    overriddenBy: [{ layer: "sender", who: "lab" }],
  },
  { ...guideRow, code: "F", layer: "official", target: { ...female, display: "Female" }, overriddenBy: [] },
];

function codeRows(query: URLSearchParams): CodeRowsPage {
  const layer = query.get("layer");
  const found = rows.filter((row) => layer === null || row.layer === layer);
  return { version: 3, rows: found, total: found.length };
}

export const codeReplies: readonly Row[] = [
  ["GET", /^\/api\/clinical\/codes\/tables$/, () => json(tables)],
  ["GET", /^\/api\/clinical\/codes\/rows$/, ({ query }) => json(codeRows(query))],
  ["POST", /^\/api\/clinical\/codes\/rows$/, () => json({ version: 4 })],
  ["GET", /^\/api\/clinical\/codes$/, ({ query }) => json(codesPage(query))],
  ["GET", /^\/api\/clinical\/codes\/coverage$/, () => json(coverage)],
  ["GET", /^\/api\/clinical\/codes\/([\w-]+)$/, (_, [id]) => json(codes.find((code) => code.id === id))],
  ["GET", /^\/api\/clinical\/codes\/c2\/suggestions$/, () => json({ suggestions: [] } satisfies SuggestionsView)],
  ["GET", /^\/api\/clinical\/codes\/[\w-]+\/suggestions$/, () => json({ suggestions } satisfies SuggestionsView)],
  ["POST", /^\/api\/clinical\/codes\/([\w-]+)\/(propose|approve|refuse)$/, decideCode],
];
