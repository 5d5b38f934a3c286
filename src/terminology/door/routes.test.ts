/** Source: FHIR R4 §3.2 (operations) and §4.7 (terminology service), on a real socket. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseScope } from "#access";
import { type OwnBody, readBody } from "#audit";
import { expectOk, ok, type Route, silentLog, silentMeter } from "#kernel";
import { startHttpServer } from "#links/http";
import { fhirRoutes } from "#record";
import { checkResource } from "#standards/fhir";
import { beforeServerStops } from "../../../test/database.ts";
import { anActor, contextOf } from "../../../test/handler-context.ts";
import { openTestTerminology, valuesOf, wardSet, wardSystem, wardUrl } from "../../../test/terminology.ts";
import { terminologyStatement } from "./capabilities.ts";
import { statedOperation, terminologyOperations } from "./operations.ts";
import { terminologyRoutes } from "./routes.ts";

const { opened, terminology, store } = await openTestTerminology();
const permissions = expectOk(parseScope("system/*.cruds"));
const watched = { ...opened, record: terminology.watched(opened.record) };
const context = contextOf(watched, { ...anActor(), permissions, via: "token" });
const guarded: Route<unknown> = {
  method: "GET",
  path: "/fhir/$guarded",
  policy: "audit.read",
  summary: "Only for who may read the audit log",
  handle: async () => ok({ status: 200 }),
};
const server = expectOk(
  await startHttpServer({
    host: "127.0.0.1",
    port: 0,
    routes: [
      ...fhirRoutes(
        { name: "Corridor", version: "0.1.0" },
        {
          elsewhere: terminologyOperations.map(statedOperation),
          inBundles: [...terminologyRoutes(terminology.terms), guarded],
          terminologyStatement: terminologyStatement(terminology.terms, { name: "Corridor", version: "0.1.0" }),
        },
      ),
      ...terminologyRoutes(terminology.terms),
    ],
    contextFor: async () => ok(context),
    log: silentLog,
    meter: silentMeter,
    clock: opened.clock,
  }),
);
beforeServerStops(() => server.stop());
await store(
  wardSystem,
  wardSet("surgical", {
    include: [{ system: wardUrl, filter: [{ property: "concept", op: "is-a", value: "surgical" }] }],
  }),
  {
    resourceType: "ConceptMap",
    id: "to-floors",
    url: "http://hospital.example/maps/floors",
    status: "active",
    group: [
      {
        source: wardUrl,
        target: "http://hospital.example/floors",
        element: [{ code: "east", target: [{ code: "2", equivalence: "wider" }] }],
      },
    ],
  },
);

async function ask(line: string, body?: object) {
  const [method = "", path = ""] = line.split(" ");
  const headers = { "content-type": "application/fhir+json" };
  const reply = await fetch(`${server.address}/fhir/${path}`, {
    method,
    headers,
    body: body ? JSON.stringify(body) : null,
  });
  return { status: reply.status, type: reply.headers.get("content-type"), json: JSON.parse(await reply.text()) };
}

function parameters(...list: readonly object[]) {
  return { resourceType: "Parameters", parameter: list };
}

const east = { system: wardUrl, code: "east" };
const ward = encodeURIComponent(wardUrl);
const surgicalUrl = encodeURIComponent("http://hospital.example/vs/surgical");

describe("the operations of a terminology service", () => {
  const answers: readonly (readonly [line: string, name: string, value: unknown, body?: object])[] = [
    [`GET CodeSystem/$lookup?system=${ward}&code=east`, "display", "East Ward"],
    ["POST CodeSystem/$lookup", "display", "East Ward", parameters({ name: "coding", valueCoding: east })],
    [`GET CodeSystem/$validate-code?url=${ward}&code=east`, "result", true],
    ["GET CodeSystem/wards/$validate-code?code=north", "result", false],
    [
      "POST CodeSystem/$validate-code",
      "result",
      true,
      parameters({
        name: "codeableConcept",
        valueCodeableConcept: { coding: [{ system: "http://elsewhere.example", code: "1" }, east] },
      }),
    ],
    [`GET CodeSystem/$subsumes?system=${ward}&codeA=all&codeB=east`, "outcome", "subsumes"],
    ["GET CodeSystem/wards/$subsumes?codeA=east&codeB=all", "outcome", "subsumed-by"],
    [
      "POST CodeSystem/$subsumes",
      "outcome",
      "equivalent",
      parameters({ name: "codingA", valueCoding: east }, { name: "codingB", valueCoding: east }),
    ],
    [`GET ValueSet/$validate-code?url=${surgicalUrl}&system=${ward}&code=east&display=East%20Ward`, "result", true],
    ["POST ValueSet/surgical/$validate-code", "result", true, parameters({ name: "coding", valueCoding: east })],
    [`GET ConceptMap/to-floors/$translate?system=${ward}&code=east`, "result", true],
    [`GET ConceptMap/$translate?url=http://hospital.example/maps/floors&system=${ward}&code=west`, "result", false],
  ];

  for (const [line, name, value, body] of answers) {
    it(`answers ${line.slice(0, 60)}: ${name} ${value}`, async () => {
      const { status, type, json } = await ask(line, body);
      assert.deepEqual([status, type], [200, "application/fhir+json; charset=utf-8"], JSON.stringify(json));
      assert.equal(valuesOf(json)[name], value);
    });
  }

  it("answers entries of a batch too, each by itself", async () => {
    const { json } = await ask("POST ", {
      resourceType: "Bundle",
      type: "batch",
      entry: [
        { request: { method: "GET", url: `CodeSystem/$lookup?system=${ward}&code=east` } },
        {
          resource: parameters({ name: "coding", valueCoding: east }),
          request: { method: "POST", url: "ValueSet/surgical/$validate-code" },
        },
        { request: { method: "GET", url: `CodeSystem/$lookup?system=${ward}&code=nowhere` } },
        { request: { method: "GET", url: "metadata" } },
        { request: { method: "GET", url: "CodeSystem/$nothing" } },
      ],
    });
    const entries = json.entry as readonly { response: { status: string }; resource?: { resourceType: string } }[];
    assert.deepEqual(
      entries.map(({ response, resource }) => [response.status.slice(0, 3), resource?.resourceType]),
      [
        ["200", "Parameters"],
        ["200", "Parameters"],
        ["404", undefined],
        ["200", "CapabilityStatement"],
        ["404", undefined],
      ],
    );
  });

  it("refuses an entry whose operation the caller may not use, and keeps that in the audit log", async () => {
    const entry = [{ request: { method: "GET", url: "$guarded" } }];
    const { json } = await ask("POST ", { resourceType: "Bundle", type: "batch", entry });
    assert.match(json.entry[0].response.status, /^403/);
    const last = (await opened.store.audit.scan(0, 1000)).at(-1)!;
    const { act, outcome, problem, query } = readBody(last.body) as OwnBody;
    assert.deepEqual([act, outcome, problem, query], ["call", 4, "permission-missing", "GET /fhir/$guarded"]);
  });

  it("leaves out of an expansion what is not to be shown, and takes the designations that are asked for", async () => {
    const all = "ValueSet/all-wards/$expand";
    await store(wardSet("all-wards", { include: [{ system: wardUrl }] }));
    const codesOf = async (query: string) => {
      const { json } = await ask(`GET ${all}?excludeNested=true&${query}`);
      return (json.expansion.contains ?? []).map(({ code }: { code: string }) => code);
    };
    assert.deepEqual((await codesOf("excludeNotForUI=true")).slice(0, 2), ["surgical", "east"]);
    assert.equal((await codesOf("excludePostCoordinated=true")).length, 7);
    assert.deepEqual(await codesOf(`exclude-system=${ward}`), []);
    assert.deepEqual(await codesOf(`exclude-system=${ward}%7C2&count=1`), ["all"]);
    const designations = async (wanted: string) => {
      const { json } = await ask(`GET ${all}?excludeNested=true&filter=east&designation=${wanted}`);
      return json.expansion.contains[0].designation;
    };
    assert.deepEqual(await designations("cy"), [{ language: "cy", value: "Ward y Dwyrain" }]);
    assert.deepEqual(await designations("urn:ietf:bcp:47%7Cfr"), undefined);
  });

  it("expands a value set by url, by id, and one that is sent", async () => {
    const compose = { include: [{ system: wardUrl, concept: [{ code: "east" }] }] };
    const sent = parameters(
      { name: "valueSet", resource: wardSet("sent", compose) },
      { name: "count", valueInteger: 1 },
    );
    const lines: readonly (readonly [string, number, object?])[] = [
      [`GET ValueSet/$expand?url=${surgicalUrl}`, 3],
      ["GET ValueSet/surgical/$expand?filter=east", 1],
      ["POST ValueSet/$expand", 1, sent],
    ];
    for (const [line, total, body] of lines) {
      const { status, json } = await ask(line, body);
      assert.equal(status, 200, JSON.stringify(json));
      assert.equal(json.resourceType, "ValueSet");
      assert.deepEqual([json.expansion.total, json.expansion.contains.length], [total, total]);
      assert.match(json.expansion.timestamp, /^2026-03-02T/);
    }
  });

  it("is asked and answers in XML too, failures included", async () => {
    const body = `<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="coding"/><valueCoding>
      <system value="${wardUrl}"/><code value="east"/></valueCoding></parameter></Parameters>`;
    const headers = { "content-type": "application/fhir+xml", accept: "application/fhir+xml" };
    const reply = await fetch(`${server.address}/fhir/CodeSystem/$lookup`, { method: "POST", headers, body });
    assert.match(reply.headers.get("content-type") ?? "", /^application\/fhir\+xml/);
    assert.match(await reply.text(), /<name value="display"\/><valueString value="East Ward"\/>/);
    const refused = await fetch(`${server.address}/fhir/ValueSet/absent/$expand?_format=xml`);
    assert.equal(refused.status, 404);
    assert.match(await refused.text(), /<OperationOutcome/);
  });

  it("keeps a closure table", async () => {
    assert.equal((await ask("POST $closure", parameters({ name: "name", valueString: "wards" }))).status, 200);
    const concepts = [east, { ...east, code: "all" }].map((valueCoding) => ({ name: "concept", valueCoding }));
    const { json } = await ask("POST $closure", parameters({ name: "name", valueString: "wards" }, ...concepts));
    assert.deepEqual(json.group[0].element, [{ code: "east", target: [{ code: "all", equivalence: "subsumes" }] }]);
  });

  const refusals: readonly (readonly [line: string, status: number, code: string, body?: object])[] = [
    [`GET CodeSystem/$lookup?system=${ward}&code=north`, 404, "code-unknown"],
    ["GET CodeSystem/$lookup?system=http://elsewhere.example&code=1", 404, "code-system-unknown"],
    ["GET CodeSystem/$lookup?code=east", 400, "parameter-missing"],
    ["GET CodeSystem/$lookup", 400, "parameter-missing"],
    [`GET CodeSystem/$lookup?system=${ward}&code=east&colour=blue`, 400, "unknown-parameter"],
    ["POST CodeSystem/$lookup", 400, "not-parameters", { resourceType: "Patient" }],
    ["GET ValueSet/absent/$expand", 404, "not-found"],
    ["GET ValueSet/$expand?url=http://elsewhere.example/vs", 404, "value-set-unknown"],
    [`GET ValueSet/$expand?url=${surgicalUrl}&count=-1`, 400, "wrong-parameter"],
    ["GET ValueSet/$expand?url=http://hl7.org/fhir/ValueSet/ucum-units", 422, "too-costly"],
    [
      "POST ValueSet/$expand",
      400,
      "wrong-json-type",
      parameters({
        name: "valueSet",
        resource: { resourceType: "ValueSet", status: "active", compose: { include: "all" } },
      }),
    ],
    [
      "POST ValueSet/$expand",
      400,
      "not-value-set",
      parameters({ name: "valueSet", resource: { resourceType: "Patient" } }),
    ],
    ["GET CodeSystem/$subsumes?codeA=a&codeB=b", 400, "systems-differ"],
    [
      "POST $closure",
      404,
      "closure-unknown",
      parameters({ name: "name", valueString: "none" }, { name: "concept", valueCoding: east }),
    ],
  ];

  for (const [line, status, code, body] of refusals) {
    it(`refuses ${line.slice(0, 60)}: ${code}`, async () => {
      const answer = await ask(line, body);
      assert.equal(answer.json.resourceType, "OperationOutcome");
      assert.deepEqual([answer.status, answer.json.issue[0].details.text], [status, code]);
    });
  }

  it("is stated by the CapabilityStatement", async () => {
    const [{ operation, resource }] = (await ask("GET metadata")).json.rest;
    const of = (type: string) => resource.find((one: { readonly type: string }) => one.type === type).operation;
    const lookup = { name: "lookup", definition: "http://hl7.org/fhir/OperationDefinition/CodeSystem-lookup" };
    assert.deepEqual(
      of("CodeSystem").filter(({ name }: { readonly name: string }) => name === "lookup"),
      [lookup],
    );
    for (const [type, name] of [
      ["ValueSet", "expand"],
      ["ConceptMap", "translate"],
    ] as const) {
      assert.ok(
        of(type).some((one: { readonly name: string }) => one.name === name),
        name,
      );
    }
    assert.ok(operation.some((one: { readonly name: string }) => one.name === "closure"));
  });

  it("is told by metadata?mode=terminology: the code systems there are, and what an expansion takes", async () => {
    const { json } = await ask("GET metadata?mode=terminology");
    assert.deepEqual(checkResource(json), []);
    const systems = new Map<string, { version?: readonly { code: string }[] }>(
      json.codeSystem.map((each: { uri: string }) => [each.uri, each]),
    );
    assert.deepEqual(systems.get(wardUrl)?.version, [{ code: "2" }]);
    assert.ok(systems.has("http://unitsofmeasure.org") && systems.has("http://hl7.org/fhir/administrative-gender"));
    assert.ok(json.expansion.parameter.some(({ name }: { name: string }) => name === "excludeNested"));
  });

  it("follows what is written through the FHIR door at once", async () => {
    for (const display of ["East Ward (old)", "Eastern Ward"]) {
      const concept = [{ code: "east", display }];
      assert.ok((await ask("PUT CodeSystem/wards", { ...wardSystem, concept })).status < 300);
      assert.equal(valuesOf((await ask(`GET CodeSystem/$lookup?system=${ward}&code=east`)).json).display, display);
    }
    assert.equal((await fetch(`${server.address}/fhir/CodeSystem/wards`, { method: "DELETE" })).status, 204);
    assert.equal((await ask(`GET CodeSystem/$lookup?system=${ward}&code=east`)).status, 404);
  });
});
