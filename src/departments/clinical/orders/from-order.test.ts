/** Orders as resources, and how results meet them. Source: HL7 v2-to-FHIR, ORM_O01 and OML_O21. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkResource, type DiagnosticReport, type ServiceRequest } from "#standards/fhir";
import { anOrder, anOruR01 } from "../../../../test/builders/index.ts";
import { aLaboratory } from "../../../../test/laboratory.ts";
import { mapText } from "../../../../test/mapping.ts";

function ordered(order: Parameters<typeof anOrder>[0] = {}) {
  const [request] = mapText(anOrder(order)).of("ServiceRequest");
  assert.ok(request !== undefined);
  return request;
}

test("an order names its test, who asked, when, and how urgently", () => {
  const request = ordered();
  assert.deepEqual([request.status, request.intent, request.priority], ["active", "order", "routine"]);
  assert.equal(request.code?.coding?.[0]?.code, "UE");
  assert.equal(request.requester?.display, "Dr Ingrid Lindqvist");
  assert.equal(request.requester?.identifier?.value, "C4471");
  assert.equal(request.authoredOn, "2026-11-23T08:00:00+00:00");
  assert.deepEqual(
    request.identifier?.map(({ value }) => value),
    ["ICE-70021"],
  );
});

test("an order for images says which section makes them, and its accession number", () => {
  const request = ordered({ obr: { 18: "R26-000123", 24: "CT" } });
  assert.equal(request.category?.[0]?.coding?.[0]?.code, "CT");
  assert.equal(request.identifier?.find(({ type }) => type?.coding?.[0]?.code === "ACSN")?.value, "R26-000123");
  assert.equal(ordered({ obr: { 18: "lab only", 24: "HM" } }).identifier?.length, 1);
});

test("the status is ORC-5's, else what ORC-1 asks for", () => {
  assert.equal(ordered({ orc: { 5: "CM" } }).status, "completed");
  assert.equal(ordered({ control: "CA" }).status, "revoked", "a cancelled order must not look active");
  assert.equal(ordered({ control: "HR" }).status, "on-hold");
  assert.equal(ordered({ control: "SC", orc: { 5: "IP" } }).status, "active");
});

test("OML^O21 with a specimen makes the specimen too", () => {
  const { of, plan } = mapText(
    anOrder({ type: "OML^O21", version: "2.5.1", spm: { 2: "SP1&ICE", 4: "UR^Urine^HL70487" } }),
  );
  assert.equal(of("Specimen")[0]?.type?.coding?.[0]?.display, "Urine");
  assert.equal(of("ServiceRequest")[0]?.specimen?.length, 1);
  assert.deepEqual(
    plan.flatMap(({ resource }) => checkResource(resource)),
    [],
  );
});

test("results meet the order of another system by its number, and complete it", async () => {
  const { send, all } = await aLaboratory();
  await send(anOrder({ controlId: "O-1" }), { link: "ice" });
  await send(anOruR01({ controlId: "M-1" }));
  const [order, another] = await all<ServiceRequest & { id: string }>("ServiceRequest");
  assert.equal(another, undefined);
  assert.equal(order?.status, "completed");
  assert.equal(order?.authoredOn, "2026-11-23T08:00:00+00:00", "what the order said stays");
  const [report] = await all<DiagnosticReport>("DiagnosticReport");
  assert.deepEqual(report?.basedOn, [{ reference: `ServiceRequest/${order?.id}` }]);
});

test("a cancelled order stays cancelled when the request for it comes late", async () => {
  const { send, all } = await aLaboratory();
  await send(anOrder({ controlId: "O-2", control: "CA", orc: { 9: "20261123090000+0000" } }), { link: "ice" });
  await send(anOrder({ controlId: "O-1" }), { link: "ice" });
  const [order] = await all<ServiceRequest>("ServiceRequest");
  assert.equal(order?.status, "revoked");
});

test("what the requester tells along with an order is on record as observations of it", () => {
  const text = anOrder().replace(/\r$/, "\rOBX|1|ST|FAST^Fasting^L||Yes||||||F\r");
  const { of, plan } = mapText(text);
  assert.equal(of("Observation")[0]?.valueString, "Yes");
  const id = plan.find(({ resource }) => resource.resourceType === "Observation")?.id;
  assert.deepEqual(of("ServiceRequest")[0]?.supportingInfo, [{ reference: `Observation/${id}` }]);
});
