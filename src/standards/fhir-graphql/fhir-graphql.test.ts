// Source: FHIR R4 GraphQL; GraphQL (October 2021). The published cases run in test/conformance/fhir-graphql.ts.
import assert from "node:assert/strict";
import test from "node:test";
import { failed, incorrect, type Json, type JsonObject, limits, ok, writtenNumbers, writtenNumbersOf } from "#kernel";
import { executeGraphql, type GraphqlRequest } from "./execute.ts";
import type { GraphqlPort } from "./port.ts";

const osei: JsonObject = {
  resourceType: "Patient",
  id: "osei",
  active: true,
  name: [
    { use: "official", family: "Osei", given: ["Abena", "Ama"] },
    { use: "usual", given: ["Abi"] },
  ],
  birthDate: "1950-01-02",
  _birthDate: { id: "b" },
  contact: [{ name: { family: "Osei" } }],
  contained: [{ resourceType: "Organization", id: "o", name: "Ward 7" }],
  managingOrganization: { reference: "#o" },
  generalPractitioner: [{ reference: "Practitioner/lindqvist" }, { reference: "Practitioner/gone" }],
};

const lindqvist: JsonObject = { resourceType: "Practitioner", id: "lindqvist", name: [{ family: "Lindqvist" }] };

/** A record of two, which remembers what was asked of it. */
function record(): GraphqlPort & { readonly asked: string[] } {
  const asked: string[] = [];
  const find = (reference: string) =>
    [osei, lindqvist].find(({ resourceType, id }) => `${resourceType}/${id}` === reference);
  return {
    asked,
    read: async (type, id) => find(`${type}/${id}`),
    resolve: async (reference) => {
      asked.push(reference);
      return find(reference);
    },
    search: async (type, params) => {
      asked.push(`${type}?${params.map((pair) => pair.join("=")).join("&")}`);
      if (params.some(([name]) => name === "colour"))
        return failed(incorrect("unknown-parameter", "No such parameter."));
      return ok({ resources: type === "Patient" ? [osei] : [], total: 1, cursors: { next: "n" } });
    },
  };
}

async function ask(query: string, request: Partial<GraphqlRequest> = {}, port = record()) {
  return executeGraphql({ query, ...request }, port);
}

const about = { resource: osei };

interface Case {
  readonly title: string;
  readonly query: string;
  readonly request?: Partial<GraphqlRequest>;
  readonly data: Json;
}

const answered: readonly Case[] = [
  {
    title: "elements are answered as they were asked for, and those that are absent are left out",
    query: "{ id, active gender name { family } }",
    request: about,
    data: { id: "osei", active: true, name: [{ family: "Osei" }, {}] },
  },
  {
    title: "an alias names an element anew",
    query: "{ born: birthDate _birthDate { id } }",
    request: about,
    data: { born: "1950-01-02", _birthDate: { id: "b" } },
  },
  {
    title: "what is asked for twice is merged",
    query: "{ name { family } name { given } }",
    request: about,
    data: { name: [{ family: "Osei", given: ["Abena", "Ama"] }, { given: ["Abi"] }] },
  },
  {
    title: "a list is narrowed by the values of its elements",
    query: '{ name(use: official) { family } other: name(given: "Abi") { use } }',
    request: about,
    data: { name: [{ family: "Osei" }], other: [{ use: "usual" }] },
  },
  {
    title: "a list is narrowed by a FHIRPath expression, also of plain values",
    query: `{ name(fhirpath: "use = 'usual'") { use given(fhirpath: "$this.length() > 9") } }`,
    request: about,
    data: { name: [{ use: "usual" }] },
  },
  {
    title: "@slice names what is flattened by a FHIRPath expression",
    query: '{ name @flatten @slice(path: "use") { given @first @singleton } }',
    request: about,
    data: { "given.official": "Abena", "given.usual": "Abi" },
  },
  {
    title: "a list is narrowed to a window",
    query: "{ name(_offset: 1, _count: 1) { use } }",
    request: about,
    data: { name: [{ use: "usual" }] },
  },
  {
    title: "types name themselves",
    query: "{ __typename contact { __typename } }",
    request: about,
    data: { __typename: "Patient", contact: [{ __typename: "PatientContact" }] },
  },
  {
    title: "fragments stand for what they hold, where their type is that of the object",
    query:
      "{ ...p ... on Practitioner { active } ... on DomainResource { __typename } } fragment p on Patient { id ...q } fragment q on Resource { resourceType }",
    request: about,
    data: { id: "osei", resourceType: "Patient", __typename: "Patient" },
  },
  {
    title: "@skip and @include leave out, also by a variable",
    query:
      "query ($yes: Boolean!, $no: Boolean = false) { id @skip(if: $yes) active @include(if: $no) birthDate @include(if: $yes) }",
    request: { ...about, variables: { yes: true } },
    data: { birthDate: "1950-01-02" },
  },
  {
    title: "a contained resource is resolved in the resource around it",
    query: "{ managingOrganization { resource { ... on Organization { name } } } }",
    request: about,
    data: { managingOrganization: { resource: { name: "Ward 7" } } },
  },
  {
    title: "references are resolved, of one type if so asked, and left out where optional",
    query: "{ generalPractitioner { resource(optional: true, type: Practitioner) { name { family } } } }",
    request: about,
    data: { generalPractitioner: [{ resource: { name: [{ family: "Lindqvist" }] } }, {}] },
  },
  {
    title: "one resource is read by its id",
    query: "query q($id: ID!) { Patient(id: $id) { id } }",
    request: { variables: { id: "osei" } },
    data: { Patient: { id: "osei" } },
  },
  {
    title: "a connection has its figures, its edges and where to go on",
    query: "{ PatientConnection(active: true) { count offset pagesize edges { mode resource { id } } next previous } }",
    data: {
      PatientConnection: {
        count: 1,
        offset: 0,
        pagesize: 1,
        edges: [{ mode: "match", resource: { id: "osei" } }],
        next: "n",
      },
    },
  },
  {
    title: "@flatten puts the members of objects where they stood, as lists; @singleton as one value",
    query: "{ id name @flatten { given family @singleton } }",
    request: about,
    data: { id: "osei", given: ["Abena", "Ama", "Abi"], family: "Osei" },
  },
  {
    title: "@first takes the first, and @slice names the rest by their place",
    query:
      '{ name @first { use } contact @flatten { name @flatten { family } } names: name @flatten @slice(path: "$index") { given @first } }',
    request: about,
    data: { name: [{ use: "official" }], family: ["Osei"], "given.0": ["Abena"], "given.1": ["Abi"] },
  },
];

for (const { title, query, request, data } of answered) {
  test(title, async () => assert.deepEqual(await ask(query, request), { data }));
}

test("a search has the names and values of FHIR", async () => {
  const port = record();
  await ask(
    '{ PatientList(general_practitioner: ["a,b", "c"], _lastUpdated: "gt2020", active: true) { id } }',
    {},
    port,
  );
  assert.deepEqual(port.asked, ["Patient?general-practitioner=a\\,b,c&_lastUpdated=gt2020&active=true"]);
});

test("a search inside a resource leads back to it", async () => {
  const port = record();
  assert.deepEqual(await ask("{ ConditionList(_reference: patient, code: 1) { id } }", about, port), { data: {} });
  assert.deepEqual(port.asked, ["Condition?patient=Patient/osei&code=1"]);
});

test("a reference is resolved once in a query", async () => {
  const port = record();
  const resource = {
    ...osei,
    generalPractitioner: Array.from({ length: 5 }, () => ({ reference: "Practitioner/lindqvist" })),
  };
  await ask(
    "{ generalPractitioner { resource { id } } a: generalPractitioner { resource { id } } }",
    { resource },
    port,
  );
  assert.deepEqual(port.asked, ["Practitioner/lindqvist"]);
});

test("numbers are answered as they were written", async () => {
  const valueQuantity = { value: 5, [writtenNumbers]: { value: "5.0" } };
  const resource: JsonObject = { resourceType: "Observation", valueQuantity, [writtenNumbers]: {} } as JsonObject;
  const { data } = await ask("{ valueQuantity { amount: value } }", { resource });
  assert.deepEqual(writtenNumbersOf(data?.valueQuantity), { amount: "5.0" });
  assert.deepEqual(writtenNumbersOf(data), {});
});

interface Flawed {
  readonly query: string;
  readonly request?: Partial<GraphqlRequest>;
  /** Code, line and column, path. */
  readonly flaw: string;
}

const flawed: readonly Flawed[] = [
  { query: "", flaw: "graphql-syntax 1:1" },
  { query: "{ id", flaw: "graphql-syntax 1:5" },
  { query: "{\r\n  id(a: ) }", flaw: "graphql-syntax 2:9" },
  { query: "{ }", flaw: "graphql-syntax 1:4" },
  { query: '{ id(a: "b) }', flaw: "graphql-syntax 1:9" },
  { query: "type T { id: ID }", flaw: "graphql-syntax 1:1" },
  { query: "mutation { id }", flaw: "not-a-query 1:1" },
  { query: "query a { id } query b { id }", flaw: "unknown-operation 1:1" },
  { query: "query a { id }", request: { operationName: "b" }, flaw: "unknown-operation 1:1" },
  { query: "{ id @include(if: $x) }", flaw: "unknown-variable 1:19" },
  { query: "query ($x: Int!) { id }", flaw: "wrong-variable 1:8" },
  { query: "query ($x: [Int]) { id }", request: { variables: { x: [1, "a"] } }, flaw: "wrong-variable 1:8" },
  { query: "{ ...a } fragment a on Patient { ...b } fragment b on Patient { ...a }", flaw: "fragment-in-itself 1:65" },
  { query: "{ ...a }", request: about, flaw: "unknown-fragment 1:3" },
  { query: "{ nickname }", request: about, flaw: "unknown-field 1:3 nickname" },
  {
    query: "{ name { family nick } }",
    request: { resource: { ...osei, name: [{}] } },
    flaw: "unknown-field 1:17 name.0.nick",
  },
  { query: "{ id }", flaw: "unknown-field 1:3 id" },
  { query: "{ name }", request: about, flaw: "wrong-selection 1:3 name" },
  { query: "{ id { a } }", request: about, flaw: "wrong-selection 1:3 id" },
  { query: "{ a: id a: active }", request: about, flaw: "fields-conflict 1:9" },
  { query: "{ name(colour: red) { use } }", request: about, flaw: "unknown-argument 1:3 name" },
  { query: '{ name(fhirpath: "(") { use } }', request: about, flaw: "fhirpath-syntax 1:3 name" },
  { query: "{ name(_count: -1) { use } }", request: about, flaw: "wrong-argument 1:3 name" },
  { query: "{ name(use: usual, use: old) { use } }", request: about, flaw: "argument-given-twice 1:20 name" },
  { query: "{ id @upper }", request: about, flaw: "unknown-directive 1:6 id" },
  { query: "{ id @skip }", request: about, flaw: "wrong-directive 1:6" },
  { query: "{ name @flatten { use @singleton } }", request: about, flaw: "several-values 1:19 use" },
  {
    query: "{ managingOrganization { resource { nick } } }",
    request: about,
    flaw: "unknown-field 1:37 managingOrganization.resource.nick",
  },
  {
    query: "{ generalPractitioner(_offset: 1) { resource { id } } }",
    request: about,
    flaw: "reference-not-resolved 1:37 generalPractitioner.0.resource",
  },
  { query: "{ ConditionList(code: 1) { id } }", request: about, flaw: "reference-missing 1:3 ConditionList" },
  { query: "{ PatientList(colour: red) { id } }", flaw: "unknown-parameter 1:3 PatientList" },
  { query: "{ Patient { id } }", flaw: "wrong-argument 1:3 Patient" },
  { query: "{ Patient(id: none) { id } }", flaw: "not-found 1:3 Patient" },
];

for (const { query, request, flaw } of flawed) {
  test(`${flaw}: ${JSON.stringify(query)}`, async () => {
    const { errors = [] } = await ask(query, request);
    const told = errors.map(({ extensions, locations: [at], path = [] }) =>
      `${extensions.code} ${at?.line}:${at?.column} ${path.join(".")}`.trim(),
    );
    assert.deepEqual(told, [flaw]);
  });
}

test("what could be answered is, beside the errors", async () => {
  const { data, errors } = await ask("{ id nickname }", about);
  assert.deepEqual(data, { id: "osei" });
  assert.equal(errors?.[0]?.message, "Patient has no field nickname.");
});

async function codes(query: string, request: Partial<GraphqlRequest> = about): Promise<readonly string[]> {
  const { errors = [] } = await ask(query, request);
  return errors.map(({ extensions }) => extensions.code);
}

test("a query may be as long as the limit, not longer", async () => {
  const padded = (length: number) => "{ id }".padEnd(length, " ");
  assert.deepEqual(await codes(padded(limits.graphqlCharactersMax)), []);
  assert.deepEqual(await codes(padded(limits.graphqlCharactersMax + 1)), ["graphql-too-long"]);
});

test("a query may be as deep as the limit, not deeper", async () => {
  const deep = (depth: number) => `${"{ contained ".repeat(depth - 1)}{ id }${"}".repeat(depth - 1)}`;
  assert.deepEqual(await codes(deep(limits.graphqlDepthMax)), []);
  assert.deepEqual(await codes(deep(limits.graphqlDepthMax + 1)), ["graphql-too-deep"]);
  assert.deepEqual(await codes(`{ id(a: ${"[".repeat(5_000)}`), ["graphql-too-deep"]);
});

test("fragments may lie in each other as deep as the limit, not deeper, in whatever order they are met", async () => {
  const chain = (length: number) =>
    Array.from({ length }, (_, index) => `fragment f${index} on Patient { ...f${index + 1} }`).join(" ") +
    ` fragment f${length} on Patient { id }`;
  const right = limits.graphqlDepthMax - 1;
  assert.deepEqual(await codes(`{ ...f0 } ${chain(right)}`), []);
  assert.deepEqual(await codes(`{ ...f0 } ${chain(right + 1)}`), ["graphql-too-deep"]);
  assert.deepEqual(await codes(`{ ...f9 contained { ...f0 } } ${chain(right + 1)}`), ["graphql-too-deep"]);
});

test("an answer ends at the limit of fields", async () => {
  const resource = { ...osei, name: Array.from({ length: 1_000 }, () => ({ family: "x" })) };
  const query = `{ name { ${Array.from({ length: 101 }, (_, index) => `a${index}: family`).join(" ")} } }`;
  assert.deepEqual(await codes(query, { resource }), ["graphql-too-many-fields"]);
});

test("a query ends at the limit of reads", async () => {
  const generalPractitioner = Array.from({ length: limits.graphqlReadsMax + 9 }, (_, index) => ({
    reference: `X/${index}`,
  }));
  const query = "{ generalPractitioner { resource(optional: true) { id } } }";
  assert.deepEqual(await codes(query, { resource: { ...osei, generalPractitioner } }), ["graphql-too-many-reads"]);
});
