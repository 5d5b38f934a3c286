/** JSON and XML, as the caller says. FHIR R4 §3.1.0.1.11 (content types and encodings). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { anybody, fhirDoor } from "../../../test/doors/fhir.ts";
import { contextOf } from "../../../test/handler-context.ts";
import { freshRecord } from "../../../test/record.ts";
import { fhirKinds } from "./kinds.ts";

const door = fhirDoor(contextOf(await freshRecord({ kinds: fhirKinds }), anybody));
const xmlType = "application/fhir+xml; charset=utf-8";
const jsonType = "application/fhir+json; charset=utf-8";
const xmlns = 'xmlns="http://hl7.org/fhir"';
const potassium = `<Observation ${xmlns}><id value="k"/><status value="final"/><code><text value="K"/></code><valueQuantity><value value="5.0"/><unit value="mmol/L"/></valueQuantity></Observation>`;
const sendXml = (line: string, body: string) =>
  door.send(line, { body, headers: { "content-type": "application/fhir+xml", accept: "application/fhir+xml" } });

describe("XML", () => {
  it("is taken and given, with numbers as they were written", async () => {
    const written = await sendXml("PUT /Observation/k", potassium);
    assert.deepEqual([written.status, written.headers["content-type"]], [201, xmlType]);
    assert.ok(written.text.includes('<value value="5.0"/>'), written.text);
    assert.ok((await door.send("GET /Observation/k")).text.includes('"value":5.0'));
  });

  it("is the form of searches, histories and answers to Bundles too", async () => {
    assert.ok((await door.send("GET /Observation?_id=k&_format=xml")).text.includes(`<Bundle ${xmlns}>`));
    assert.ok((await door.send("GET /Observation/k/_history?_format=xml")).text.includes('<type value="history"/>'));
    const batch = `<Bundle ${xmlns}><type value="batch"/><entry><request><method value="GET"/><url value="Observation/k"/></request></entry></Bundle>`;
    const reply = await sendXml("POST /", batch);
    assert.ok(reply.text.includes('<status value="200 OK"/>'), reply.text);
  });

  it("is the form of what went wrong", async () => {
    const reply = await sendXml("PUT /Observation/k", potassium.replace("final", "over"));
    assert.deepEqual([reply.status, reply.headers["content-type"]], [400, xmlType]);
    assert.ok(reply.text.includes('<expression value="Observation.status"/>'), reply.text);
  });

  it("that is no XML is told with its place", async () => {
    const reply = await door.send("POST /Patient", { body: "<Patient>", headers: { "content-type": "text/xml" } });
    assert.equal(reply.status, 400);
    assert.equal(reply.json.resourceType, "OperationOutcome");
  });

  it("may be pretty", async () => {
    assert.ok(
      (await door.send("GET /Observation/k?_format=xml&_pretty=true")).text.includes('\n  <status value="final"/>'),
    );
  });

  it("is not given where it has no place for a character", async () => {
    await door.send("PUT /Patient/bell", { body: { resourceType: "Patient", id: "bell", name: [{ text: "\u0007" }] } });
    const reply = await door.send("GET /Patient/bell?_format=xml");
    assert.ok([400, 404, 406].includes(reply.status), reply.text);
  });
});

describe("the form of an answer", () => {
  const cases: readonly (readonly [accept: string, answer: string | number])[] = [
    ["*/*", jsonType],
    ["application/*", jsonType],
    ["application/fhir+xml", xmlType],
    ["application/xml", xmlType],
    ["text/xml;q=0.5, application/json;q=0.6", jsonType],
    ["application/json;q=0.5, application/fhir+xml", xmlType],
    ["text/html, */*;q=0.8", jsonType],
    ["application/fhir+json;q=0, */*", xmlType],
    ["application/fhir+json; fhirVersion=4.0", jsonType],
    ["application/fhir+json; fhirVersion=5.0", 406],
    ["application/fhir+json;q=0", 406],
    ["text/turtle", 406],
  ];
  for (const [accept, answer] of cases) {
    it(`to Accept: ${accept} is ${answer}`, async () => {
      const { status, headers } = await door.send("GET /Observation/k", { headers: { accept } });
      assert.equal(status === 200 ? headers["content-type"] : status, answer);
    });
  }

  it("is that of _format, whatever Accept says", async () => {
    for (const [format, type] of [
      ["xml", xmlType],
      ["application/fhir+xml", xmlType],
      ["json", jsonType],
      ["text/json", jsonType],
    ]) {
      const headers = { accept: "text/turtle" };
      assert.equal(
        (await door.send(`GET /Observation/k?_format=${format}`, { headers })).headers["content-type"],
        type,
      );
    }
  });
});

describe("what is sent", () => {
  const body = { resourceType: "Patient" };
  const cases: readonly (readonly [contentType: string, status: number])[] = [
    ["application/json", 201],
    ["text/json; charset=UTF-8", 201],
    ["application/fhir+json; fhirVersion=4.0", 201],
    ["application/fhir+json; fhirVersion=3.0", 415],
    ["application/fhir+json; charset=utf-16", 415],
    ["application/octet-stream", 415],
  ];
  for (const [type, status] of cases) {
    it(`as ${type} is answered ${status}`, async () => {
      assert.equal((await door.send("POST /Patient", { body, headers: { "content-type": type } })).status, status);
    });
  }
});
