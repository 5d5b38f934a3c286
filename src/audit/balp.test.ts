/**
 * The profiles of IHE BALP 1.1.4 (https://profiles.ihe.net/ITI/BALP), each as the slices that it demands. What is checked
 * is what the profile's own rules say of type, subtype, action, outcome, and of every slice of agent and entity.
 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { instant } from "#kernel";
import { type AuditEvent, checkResource } from "#standards/fhir";
import { auditEntry, type OwnBody } from "./entry.ts";
import { renderAuditEvent } from "./render.ts";

interface Slice {
  /** Codes of `type`, any of which makes an agent or entity one of this slice. */
  readonly types: readonly string[];
  readonly min: number;
  readonly max: number;
  /** Elements that must be there. */
  readonly has: readonly string[];
  /** Elements that must not be there. */
  readonly hasNot: readonly string[];
  readonly role?: string;
}

interface Profile {
  readonly type: string;
  readonly subtypes: readonly string[];
  readonly action: string;
  readonly outcome?: string;
  readonly agents: readonly Slice[];
  readonly entities: readonly Slice[];
}

const one = { min: 1, max: 1 };
const client = { ...one, has: ["who", "network"], hasNot: ["media"] };
const user = { min: 0, max: 1, has: ["who", "requestor"], hasNot: ["media", "network"] };
const reading = [
  { types: ["110152"], ...client },
  { types: ["110153"], ...client },
  { types: ["IRCP"], ...user },
];
const asking = [
  { types: ["110153"], ...client },
  { types: ["110152"], ...client },
  { types: ["IRCP"], ...user },
];
const changing = [
  { types: ["110153"], ...client },
  { types: ["110152"], ...client },
  { types: ["AUT", "INF", "CST"], ...user },
];
const removing = [
  { types: ["110150"], ...client },
  { types: ["custodian"], ...client },
  { types: ["AUT", "INF", "CST"], ...user },
];
const data = { types: ["2"], ...one, has: ["what", "role"], hasNot: [], role: "4" };
const query = { types: ["2"], ...one, has: ["query"], hasNot: ["what", "lifecycle", "detail"], role: "24" };
const patient = { types: ["1"], ...one, has: ["what"], hasNot: [], role: "1" };

function rest(action: string, subtypes: readonly string[], agents: readonly Slice[], entities: readonly Slice[]) {
  return { type: "rest", subtypes, action, outcome: "0", agents, entities };
}

const reads = ["read", "vread"];
const searches = ["search", "search-type", "search-system"];
const silent = ["role", "altId", "name", "location", "media", "purposeOfUse"];

const profiles: Readonly<Record<string, Profile>> = {
  Create: rest("C", ["create"], changing, [data]),
  PatientCreate: rest("C", ["create"], changing, [data, patient]),
  Read: rest("R", reads, reading, [data]),
  PatientRead: rest("R", reads, reading, [data, patient]),
  Update: rest("U", ["update", "patch"], changing, [data]),
  PatientUpdate: rest("U", ["update", "patch"], changing, [data, patient]),
  Delete: rest("D", ["delete"], removing, [data]),
  PatientDelete: rest("D", ["delete"], removing, [data, patient]),
  Query: rest("E", searches, asking, [query]),
  PatientQuery: rest("E", searches, asking, [query, patient]),
  "PrivacyDisclosure.Source": {
    type: "110106",
    subtypes: ["disclose"],
    action: "R",
    agents: [
      { types: ["110153"], ...one, has: ["who", "network"], hasNot: [] },
      { types: ["110152"], ...one, has: ["who", "network"], hasNot: [] },
    ],
    entities: [patient],
  },
  AuthZconsent: {
    type: "110113",
    subtypes: ["AuthZ-Consent", "AuthZ-Role"],
    action: "E",
    agents: [
      { types: ["110150"], ...one, has: ["who", "network"], hasNot: silent },
      { types: ["IRCP"], ...one, has: ["who"], hasNot: ["altId", "location", "media", "network"] },
      { types: ["PROV"], ...one, has: ["who"], hasNot: ["role", "altId", "name", "location", "policy", "network"] },
      { types: ["authserver"], ...one, has: ["who"], hasNot: [...silent, "policy", "network"] },
    ],
    entities: [patient, { types: ["Consent"], min: 1, max: 99, has: ["what"], hasNot: [] }],
  },
};

type Part = Readonly<Record<string, unknown>>;

function sliceFaults(name: string, parts: readonly Part[], slices: readonly Slice[], typeOf: (part: Part) => unknown) {
  return slices.flatMap(({ types, min, max, has, hasNot, role }) => {
    const those = parts.filter((part) => types.includes(String(typeOf(part))));
    const said = `${name}[${types.join("|")}]`;
    const count = those.length < min || those.length > max ? [`${said}: there are ${those.length}`] : [];
    const inner = those.flatMap((part) => [
      ...has.filter((element) => part[element] === undefined).map((element) => `${said}.${element} is missing`),
      ...hasNot.filter((element) => part[element] !== undefined).map((element) => `${said}.${element} is there`),
      ...(role !== undefined && (part.role as Part)?.code !== role ? [`${said}.role is not ${role}`] : []),
    ]);
    return [...count, ...inner];
  });
}

function faults(event: AuditEvent, profile: Profile): readonly string[] {
  const agentType = ({ type }: Part) => (type as { coding?: { code?: string }[] })?.coding?.[0]?.code;
  const entityType = ({ type }: Part) => (type as { code?: string })?.code;
  const says = (what: string, isRight: boolean) => (isRight ? [] : [what]);
  const parts = (list: unknown) => (list ?? []) as readonly Part[];
  return [
    ...says(`type is ${event.type.code}`, event.type.code === profile.type),
    ...says("subtype", event.subtype?.some(({ code }) => profile.subtypes.includes(code ?? "")) === true),
    ...says(`action is ${event.action}`, event.action === profile.action),
    ...says("outcome", event.outcome !== undefined && (profile.outcome ?? event.outcome) === event.outcome),
    ...sliceFaults("agent", parts(event.agent), profile.agents, agentType),
    ...sliceFaults("entity", parts(event.entity), profile.entities, entityType),
  ];
}

const agent = {
  reference: "User/7",
  display: "Dr Ingrid Lindqvist",
  roles: ["doctor"],
  purpose: "TREAT",
  via: "session",
  address: "10.1.2.3",
};
const base = {
  at: instant(Date.UTC(2026, 2, 2, 9)),
  agent,
  outcome: 0,
  patients: [],
  entities: ["Location/7"],
} as const;
const osei = { patients: ["Patient/osei"], entities: ["Observation/hb/_history/2"] };
const asked = { entities: ["Observation"], query: "Observation?code=718-7" };

const cases: readonly (readonly [profile: string, body: OwnBody])[] = [
  ["Create", { ...base, act: "create" }],
  ["PatientCreate", { ...base, ...osei, act: "create" }],
  ["Read", { ...base, act: "read" }],
  ["PatientRead", { ...base, ...osei, act: "read" }],
  ["PatientRead", { ...base, ...osei, act: "read-version" }],
  ["PatientRead", { ...base, ...osei, act: "read", query: "_format=json" }],
  ["Update", { ...base, act: "update" }],
  ["PatientUpdate", { ...base, ...osei, act: "update" }],
  ["Delete", { ...base, act: "delete" }],
  ["PatientDelete", { ...base, ...osei, act: "delete" }],
  ["Query", { ...base, ...asked, act: "search" }],
  ["PatientQuery", { ...base, ...osei, ...asked, act: "search" }],
  ["PatientQuery", { ...base, ...osei, ...asked, act: "count" }],
  ["PrivacyDisclosure.Source", { ...base, ...osei, act: "disclosure", query: "to the patient" }],
  ["PrivacyDisclosure.Source", { ...base, ...osei, act: "export" }],
  ["AuthZconsent", { ...base, ...osei, entities: ["Consent/1"], act: "consent-decision" }],
  ["AuthZconsent", { ...base, ...osei, entities: ["Consent/1"], act: "consent-decision", outcome: 4, problem: "no" }],
];

const structures = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
const rendered = (body: OwnBody) =>
  renderAuditEvent({ ...auditEntry(body), sequence: 12, hash: "0".repeat(64) }) as AuditEvent;

describe("AuditEvents of IHE BALP 1.1.4", () => {
  for (const [name, body] of cases) {
    it(`${name} of ${body.act}, outcome ${body.outcome}${body.query ? ", with a question" : ""}`, () => {
      for (const agentOfCase of [agent, { ...agent, roles: [], address: undefined }]) {
        const { address, ...rest } = agentOfCase;
        const event = rendered({ ...body, agent: address === undefined ? rest : { ...rest, address } });
        assert.deepEqual(event.meta?.profile, [structures + name]);
        assert.deepEqual(faults(event, profiles[name] as Profile), []);
        assert.deepEqual(checkResource(event), []);
      }
    });
  }

  it("whoever recorded a disclosure and decided on a consent is the audit's source as well (val-audit-source)", () => {
    for (const [act, type] of [
      ["disclosure", "110153"],
      ["consent-decision", "authserver"],
    ] as const) {
      const event = rendered({ ...base, ...osei, entities: ["Consent/1"], act });
      const is = event.agent.find((one) => one.type?.coding?.[0]?.code === type);
      assert.deepEqual(is?.who, event.source.observer);
    }
  });

  it("no profile is claimed for what failed, or concerns several patients or documents", () => {
    const several = { patients: ["Patient/1", "Patient/2"], entities: ["Observation/1"] };
    for (const body of [
      { ...base, act: "read", outcome: 4 },
      { ...base, ...several, act: "read" },
      { ...base, act: "read", entities: ["Location/1", "Location/2"] },
      { ...base, act: "sign-in" },
    ] as const) {
      assert.equal(rendered(body).meta?.profile, undefined);
    }
  });

  it("a broken glass says why, under the code of its purpose and in the words of the person", () => {
    const btg = { ...agent, purpose: "BTG" };
    const event = rendered({ ...base, ...osei, act: "break-glass", agent: btg, reason: "Unconscious in A&E" });
    assert.deepEqual([event.type.code, event.subtype?.[0]?.code], ["110113", "110127"]);
    assert.equal(event.purposeOfEvent?.[0]?.coding?.[0]?.code, "BTG");
    assert.equal(event.purposeOfEvent?.[0]?.text, "Unconscious in A&E");
  });

  it("the table finds what a profile forbids and misses", () => {
    const event = rendered({ ...base, ...osei, act: "read" });
    const [caller, ...others] = event.agent;
    const { network: _none, ...noNetwork } = caller!;
    const wrong = { ...event, action: "C" as const, agent: [noNetwork, ...others], entity: event.entity!.slice(0, 1) };
    assert.deepEqual(faults(wrong as AuditEvent, profiles.PatientRead as Profile), [
      "action is C",
      "agent[110152].network is missing",
      "entity[2]: there are 0",
    ]);
  });
});
