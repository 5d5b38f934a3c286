/** The FHIR door on a real socket: every address finds its route, and failures are OperationOutcomes. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk, ok, silentLog, silentMeter } from "#kernel";
import { startHttpServer } from "#links/http";
import { beforeServerStops } from "../../../test/database.ts";
import { anybody } from "../../../test/doors/fhir.ts";
import { contextOf } from "../../../test/handler-context.ts";
import { freshRecord } from "../../../test/record.ts";
import { fhirKinds } from "./kinds.ts";
import { fhirRoutes } from "./routes.ts";

const opened = await freshRecord({ kinds: fhirKinds });
const context = contextOf(opened, anybody);
const server = expectOk(
  await startHttpServer({
    host: "127.0.0.1",
    port: 0,
    routes: fhirRoutes({ name: "Corridor", version: "0.1.0" }),
    contextFor: async () => ok(context),
    log: silentLog,
    meter: silentMeter,
    clock: opened.clock,
  }),
);
beforeServerStops(() => server.stop());

const json = { "content-type": "application/fhir+json" };

async function ask(line: string, body?: object | string, headers: Record<string, string> = json) {
  const [method = "", path = ""] = line.split(" ");
  const text = typeof body === "object" ? JSON.stringify(body) : (body ?? null);
  const reply = await fetch(`${server.address}${path}`, { method, headers, body: text });
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
}

describe("the FHIR door", () => {
  const patient = { resourceType: "Patient", id: "osei" };
  const batch = { resourceType: "Bundle", type: "batch", entry: [{ request: { method: "GET", url: "Patient/osei" } }] };
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const pdf = { "content-type": "application/pdf" };

  type Case = readonly [line: string, status: number, body?: object | string, headers?: Record<string, string>];
  const cases: readonly Case[] = [
    ["PUT /fhir/Patient/osei", 201, patient],
    ["GET /fhir/Patient/osei", 200],
    ["HEAD /fhir/Patient/osei", 200],
    ["GET /fhir/Patient/osei/_history", 200],
    ["GET /fhir/Patient/osei/_history/1", 200],
    ["GET /fhir/Patient/_history", 200],
    ["GET /fhir/_history", 200],
    ["GET /fhir/Patient?_id=osei", 200],
    ["POST /fhir/Patient/_search", 200, "_id=osei", form],
    ["GET /fhir/metadata", 200],
    ["POST /fhir", 200, batch],
    ["POST /fhir/", 200, batch],
    ["PUT /fhir/Binary/letter", 201, "content", pdf],
    ["GET /fhir/Binary/letter", 200],
    ["GET /fhir/Binary/letter/_history/1", 200],
    ["GET /fhir/Binary/letter/_history", 200],
    ["GET /fhir/Binary", 200],
    ["POST /fhir/Binary", 201, "content", pdf],
    ["DELETE /fhir/Binary/letter", 204],
    ["GET /fhir/Binary/letter", 410],
    ["DELETE /fhir/Patient/osei", 204],
    ["PATCH /fhir/Patient/osei", 410, "[]", { "content-type": "application/json-patch+json" }],
    ["PATCH /fhir/Patient?_id=osei", 404, "[]", { "content-type": "application/json-patch+json" }],
    ["DELETE /fhir/Patient?_id=osei", 200],
    ["GET /fhir/Patient/osei/$everything", 410],
    ["GET /fhir/Patient/osei/$nothing", 404],
    ["GET /fhir/Nothing/1", 404],
  ];
  for (const [line, status, body, headers] of cases) {
    it(`${line}: ${status}`, async () => {
      const reply = await ask(line, body, headers);
      assert.equal(reply.status, status, reply.text);
      if (status >= 400) assert.equal(JSON.parse(reply.text).resourceType, "OperationOutcome");
    });
  }

  it("names itself by the address that the caller used", async () => {
    const reply = await ask("POST /fhir/Patient", patient);
    assert.ok(reply.headers.get("location")?.startsWith(`${server.address}/fhir/Patient/`));
  });

  it("keeps stored HTML from running as a page of ours", async () => {
    await ask("PUT /fhir/Binary/page", "<script>alert(1)</script>", { "content-type": "text/html" });
    const { headers } = await ask("GET /fhir/Binary/page", undefined, {});
    assert.match(headers.get("content-disposition") ?? "", /^attachment/);
    assert.match(headers.get("content-security-policy") ?? "", /sandbox/);
    assert.equal(headers.get("x-content-type-options"), "nosniff");
  });
});
