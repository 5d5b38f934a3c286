import { type CheckNeeds, checkConfiguration, checkReport, configurationForms } from "#departments/clinical";
import type {
  ConfigurationFile,
  ConfigurationHistory,
  ConfigurationView,
  DeploymentView,
  DestinationSettings,
  LinkSettings,
} from "#departments/clinical/api";
import { json, type Recorded, type Row } from "./reply.ts";

const lab: LinkSettings = {
  name: "lab",
  title: "Westhaven Pathology",
  intake: { by: "mllp", port: 2575, allow: ["10.1.0.0/16"], connectionsMax: 16 },
  acknowledge: { mode: "by-message", after: "recorded", sequence: false },
  contract: {
    applications: ["WINPATH"],
    facilities: ["WESTHAVEN"],
    types: ["ORU^R01"],
    versions: [],
    processing: [],
    nhsNumberRequired: true,
  },
  gates: { "time-in-future": "hold" },
  routes: [
    { name: "tests-stay-here", when: { types: ["ADT"] }, to: [] },
    { name: "microbiology", when: { types: ["ORU^R01"], fields: { "OBR-24": ["MB"] } }, to: ["surveillance"] },
  ],
  mappingLayers: [],
  retentionDays: 3_650,
  watch: { silence: true, resultWithinHours: { "*": 48 }, sequence: false, unordered: true },
};

const surveillance: DestinationSettings = {
  name: "surveillance",
  title: "Infection surveillance",
  outlet: { by: "mllp", host: "10.9.0.4", port: 2600, connections: 1, answerWithinSeconds: 30, mode: "original" },
  content: "as-received",
  lane: "patient",
  lanesMax: 16,
  retry: { steps: [{ afterSeconds: 600, times: 6 }], refused: "park" },
};

const baker = { reference: "User/baker", display: "Tom Baker-Hughes" };

const second: DeploymentView = {
  version: 2,
  at: "2026-11-20T10:15:00.000Z",
  by: baker,
  why: "Microbiology goes to infection surveillance from today.",
  changed: ["destinations/surveillance.json", "links/lab.json"],
};

const first: DeploymentView = {
  version: 1,
  at: "2026-11-02T06:55:00.000Z",
  by: baker,
  why: "The link to Westhaven opens.",
  changed: ["links/lab.json"],
};

/** As somebody wrote them: what is usual is left out. */
const labFile: ConfigurationFile = {
  path: "links/lab.json",
  json: {
    title: lab.title,
    intake: { by: "mllp", port: 2575, allow: ["10.1.0.0/16"], connectionsMax: 16 },
    contract: { applications: ["WINPATH"], facilities: ["WESTHAVEN"], types: ["ORU^R01"], nhsNumberRequired: true },
    gates: { "time-in-future": "hold" },
    routes: [
      { name: "tests-stay-here", when: { types: ["ADT"] }, to: [] },
      { name: "microbiology", when: { types: ["ORU^R01"], fields: { "OBR-24": ["MB"] } }, to: ["surveillance"] },
    ],
    watch: { resultWithinHours: { "*": 48 } },
  },
};
const surveillanceFile: ConfigurationFile = {
  path: "destinations/surveillance.json",
  json: { title: surveillance.title, outlet: { by: "mllp", host: "10.9.0.4", port: 2600 } },
};

const newest: ConfigurationView = {
  deployment: second,
  links: [lab],
  destinations: [surveillance],
  files: [surveillanceFile, labFile],
};

const earlier: ConfigurationView = {
  deployment: first,
  links: [{ ...lab, routes: [] }],
  destinations: [],
  files: [labFile],
};

function rolledBack(body: string): Recorded {
  const { version, why } = JSON.parse(body) as { version: number; why: string };
  const deployment: DeploymentView = {
    ...second,
    version: 3,
    at: "2026-11-23T09:31:00.000Z",
    why,
    rolledBackTo: version,
  };
  return json(deployment);
}

/** The words of the real check, of files that name no others. */
async function checked(body: string): Promise<Recorded> {
  const { files } = JSON.parse(body) as { files: readonly ConfigurationFile[] };
  return json(checkReport(await checkConfiguration(files, checkNeeds)));
}

const checkNeeds: CheckNeeds = {
  abilities: {
    intakes: ["mllp", "http", "folder", "sftp"],
    outlets: ["mllp", "http", "folder", "sftp", "fhir"],
    contents: [],
    layers: undefined,
    honours: ["acknowledge", "contract", "record", "routes", "watch", "intake.allow", "intake.connectionsMax"],
    host: "127.0.0.1",
    takenPorts: [],
  },
  isReadable: async () => true,
  offsetMinutesAt: () => 0,
};

function deployed(body: string): Recorded {
  const { why } = JSON.parse(body) as { why: string };
  return json({ ...second, version: 3, at: "2026-11-23T09:31:00.000Z", why } satisfies DeploymentView);
}

export const configurationReplies: readonly Row[] = [
  ["GET", /^\/api\/clinical\/configuration$/, ({ query }) => json(query.get("version") === "1" ? earlier : newest)],
  [
    "GET",
    /^\/api\/clinical\/configuration\/history$/,
    () => json({ deployments: [second, first] } satisfies ConfigurationHistory),
  ],
  ["GET", /^\/api\/clinical\/configuration\/forms$/, () => json(configurationForms([labFile]))],
  ["POST", /^\/api\/clinical\/configuration\/check$/, ({ body }) => checked(body)],
  ["POST", /^\/api\/clinical\/configuration\/deploy$/, ({ body }) => deployed(body)],
  ["POST", /^\/api\/clinical\/configuration\/roll-back$/, ({ body }) => rolledBack(body)],
];
