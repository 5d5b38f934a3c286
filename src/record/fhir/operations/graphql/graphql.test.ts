/** FHIR R4 §3.2.5 (Using GraphQL). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fhirWard } from "../../../../../test/doors/fhir-ward.ts";

const { door, doorFor, put } = await fhirWard();

await put(
  { resourceType: "Organization", id: "trust", name: "Trust" },
  {
    resourceType: "Patient",
    id: "osei",
    name: [{ family: "Osei" }],
    managingOrganization: { reference: "Organization/trust" },
  },
  {
    resourceType: "Observation",
    id: "hb",
    status: "final",
    code: { text: "Hb" },
    subject: { reference: "Patient/osei" },
    valueQuantity: { value: 5.5, unit: "g/L" },
  },
);

const headers = { "content-type": "application/json" };
const ask = async (line: string, query: string, more: object = {}, by = door) => {
  const reply = await by.send(line, { headers, body: { query, ...more } });
  assert.equal(reply.status, 200, reply.text);
  assert.match(String(reply.headers["content-type"]), /^application\/json/);
  return reply.json;
};

describe("$graphql", () => {
  it("answers about one resource, and what it refers to", async () => {
    const query = "{ name { family } managingOrganization { resource { ... on Organization { name } } } }";
    assert.deepEqual(await ask("POST /Patient/osei/$graphql", query), {
      data: { name: [{ family: "Osei" }], managingOrganization: { resource: { name: "Trust" } } },
    });
  });

  it("answers about the whole record, by reads and searches", async () => {
    const query = 'query Chart($id: id!) { Patient(id: $id) { id } ObservationList(patient: "osei") { id } }';
    const answer = await ask("POST /$graphql", query, { variables: { id: "osei" }, operationName: "Chart" });
    assert.deepEqual(answer, { data: { Patient: { id: "osei" }, ObservationList: [{ id: "hb" }] } });
  });

  it("may come in the address, or as the query alone", async () => {
    const query = "{ id }";
    const inAddress = await door.send(`GET /Patient/osei/$graphql?query=${encodeURIComponent(query)}`);
    assert.deepEqual(inAddress.json, { data: { id: "osei" } });
    const sent = { headers: { "content-type": "application/graphql" }, body: query };
    assert.deepEqual((await door.send("POST /Patient/osei/$graphql", sent)).json, { data: { id: "osei" } });
  });

  it("finds nothing that the caller may not see", async () => {
    const blind = doorFor("Patient.read");
    const query = "{ id managingOrganization { resource(optional: true) { ... on Organization { name } } } }";
    const answer = await ask("POST /Patient/osei/$graphql", query, {}, blind);
    assert.ok(!JSON.stringify(answer).includes("Trust"));
    const searched = await ask("POST /$graphql", '{ ObservationList(patient: "osei") { id } }', {}, blind);
    assert.ok(!JSON.stringify(searched).includes("hb") && searched.errors !== undefined);
  });

  it("tells what is wrong with a query", async () => {
    assert.ok((await ask("POST /$graphql", "{ id")).errors !== undefined);
    assert.ok((await ask("POST /Patient/osei/$graphql", "{ hat }")).errors !== undefined);
    assert.equal((await door.send("POST /$graphql", { headers, body: { variables: {} } })).status, 400);
    assert.equal((await door.send("POST /$graphql", { headers, body: "{" })).status, 400);
    assert.equal((await door.send("GET /$graphql")).status, 400);
    assert.equal((await door.send("GET /Patient/nobody/$graphql?query={id}")).status, 404);
  });

  it("is named by the CapabilityStatement", async () => {
    const { json } = await door.send("GET /metadata");
    const [rest] = json.rest as unknown as [{ operation: { name: string }[] }];
    assert.ok(rest.operation.some(({ name }) => name === "graphql"));
  });
});
