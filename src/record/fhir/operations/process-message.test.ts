/** FHIR R4 §2.4 (messaging), OperationDefinition/MessageHeader-process-message. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "#kernel";
import { checkResource } from "#standards/fhir";
import type { Received } from "../../../../test/doors/fhir.ts";
import { fhirWard } from "../../../../test/doors/fhir-ward.ts";

const { door, doorFor, put } = await fhirWard();

const nhsNumber = (value: string) => [{ system: "https://fhir.nhs.uk/Id/nhs-number", value }];

await put({ resourceType: "Patient", id: "osei", identifier: nhsNumber("9990000018"), name: [{ family: "Osei" }] });

function aMessage({ id = "m-1", value = 4.1, nhs = "9990000018", status = "final" } = {}) {
  const subject = { reference: "urn:uuid:b" };
  const code = { text: "Potassium" };
  const resources: readonly JsonObject[] = [
    {
      resourceType: "MessageHeader",
      id,
      eventCoding: { system: "http://terminology.hl7.org/CodeSystem/v2-0003", code: "R01" },
      source: { endpoint: "https://lab.example/fhir" },
      focus: [{ reference: "urn:uuid:c" }],
    },
    { resourceType: "Patient", identifier: nhsNumber(nhs), name: [{ family: "Nobody" }] },
    {
      resourceType: "DiagnosticReport",
      identifier: [{ system: "urn:lab", value: "26U1" }],
      ...{ status, code, subject, result: [{ reference: "urn:uuid:d" }] },
    },
    {
      resourceType: "Observation",
      identifier: [{ system: "urn:lab", value: "26U1-K" }],
      ...{ status, code, subject, valueQuantity: { value, unit: "mmol/L" } },
    },
  ];
  const entry = resources.map((resource, at) => ({ fullUrl: `urn:uuid:${"abcd"[at]}`, resource }));
  return { resourceType: "Bundle", type: "message", entry };
}

const send = (body: object) => door.send("POST /$process-message", { body });

const answerOf = ({ json }: Received) => {
  const [first] = json.entry as unknown as [{ resource: { response: { code: string; identifier: string } } }];
  return first.resource.response;
};

const found = async (search: string) => {
  const { entry = [] } = (await door.send(`GET /${search}`)).json as unknown as {
    entry?: readonly { resource: Readonly<Record<string, never>> }[];
  };
  return entry.map(({ resource }) => resource as unknown as Readonly<Record<string, unknown>> & { id: string });
};

describe("$process-message", () => {
  it("writes what a message brings for the patient of the number, and answers by a message", async () => {
    const received = await send(aMessage());
    assert.equal(received.status, 200);
    assert.deepEqual(answerOf(received), { identifier: "m-1", code: "ok" });
    assert.deepEqual(checkResource(received.json), []);
    const [observation] = await found("Observation?identifier=urn:lab%7C26U1-K");
    assert.deepEqual(observation?.subject, { reference: "Patient/osei" });
    const [patient, ...others] = await found("Patient?identifier=9990000018");
    assert.deepEqual([patient?.name, others], [[{ family: "Osei" }], []], "who is known stays as it is");
    const [header] = await found("MessageHeader");
    assert.match(JSON.stringify(header?.focus), /"DiagnosticReport\/[^"]+"/);
  });

  it("has no second effect with the same message, and none with another under its id", async () => {
    assert.equal(answerOf(await send(aMessage())).code, "ok");
    assert.equal(answerOf(await send(aMessage({ value: 9.9 }))).code, "fatal-error");
    const [observation, ...others] = await found("Observation?identifier=urn:lab%7C26U1-K");
    assert.match(JSON.stringify(observation?.meta), /"versionId":"1"/);
    assert.equal(others.length, 0);
  });

  it("makes a later message about the same results their next version", async () => {
    assert.equal(answerOf(await send(aMessage({ id: "m-2", value: 4.3, status: "corrected" }))).code, "ok");
    const [observation, ...others] = await found("Observation?identifier=urn:lab%7C26U1-K");
    assert.deepEqual([observation?.valueQuantity, observation?.status], [{ value: 4.3, unit: "mmol/L" }, "corrected"]);
    assert.equal(others.length, 0);
  });

  it("never moves a result to another patient whose message has the same number", async () => {
    assert.equal(answerOf(await send(aMessage({ id: "m-3", nhs: "9990000026" }))).code, "ok");
    const results = await found("Observation?identifier=urn:lab%7C26U1-K");
    assert.equal(new Set(results.map(({ subject }) => JSON.stringify(subject))).size, 2);
  });

  it("writes nothing of a message that cannot be taken as a whole, and says where it is wrong", async () => {
    const before = (await found("Observation")).length;
    const message = aMessage({ id: "m-4" });
    const broken = { ...message, entry: message.entry.map((each) => ({ ...each })) };
    const [, , , last] = broken.entry;
    if (last !== undefined) last.resource = { ...last.resource, subject: { reference: "urn:uuid:nobody" } };
    const received = await send(broken);
    assert.equal(answerOf(received).code, "fatal-error");
    assert.match(JSON.stringify(received.json), /Bundle\.entry\[3\]/);
    assert.equal((await found("Observation")).length, before);
  });

  it("refuses what is no message, and whoever may not write what it brings", async () => {
    const wrong = async (body: object) => (await send(body)).status;
    const { entry } = aMessage();
    assert.equal(await wrong({ resourceType: "Bundle", type: "transaction", entry: [] }), 400);
    assert.equal(await wrong({ resourceType: "Bundle", type: "message", entry: entry.slice(1) }), 400);
    const reader = doorFor("Patient.read", "MessageHeader.read");
    assert.equal((await reader.send("POST /$process-message", { body: aMessage({ id: "m-5" }) })).status, 403);
  });
});
