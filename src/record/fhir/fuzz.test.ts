/** Whatever a client sends, it is told what is wrong with it: nothing is answered as though it were Corridor's fault. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { expectOk, ok, silentLog, silentMeter } from "#kernel";
import { startHttpServer } from "#links/http";
import { checkResource } from "#standards/fhir";
import { readFhirXml } from "#standards/fhir-xml";
import { beforeServerStops } from "../../../test/database.ts";
import { aRequest, seededChoice } from "../../../test/doors/fhir-fuzz.ts";
import { fhirWard } from "../../../test/doors/fhir-ward.ts";
import { fhirRoutes } from "./routes.ts";

const requestCount = 1_500;
const seed = 20_261_123;

const { context } = await fhirWard();
const server = expectOk(
  await startHttpServer({
    host: "127.0.0.1",
    port: 0,
    routes: fhirRoutes({ name: "Corridor", version: "0.1.0" }),
    contextFor: async () => ok(context),
    log: silentLog,
    meter: silentMeter,
    clock: context.clock,
  }),
);
beforeServerStops(() => server.stop());

function outcomeOf(text: string): unknown {
  return text.startsWith("<") ? expectOk(readFhirXml(text)) : JSON.parse(text);
}

it(`${requestCount} requests made up at random are answered below 500, and every refusal is a sound OperationOutcome`, async () => {
  const choice = seededChoice(seed);
  const statuses = new Map<number, number>();
  for (let count = 0; count < requestCount; count += 1) {
    const { method, path, headers, body } = aRequest(choice);
    const reply = await fetch(server.address + path, { method, headers, body } as RequestInit);
    const text = await reply.text();
    const told = `${method} ${path} ${JSON.stringify(headers)} ${String(body).slice(0, 400)}: ${reply.status} ${text.slice(0, 500)}`;
    assert.ok(reply.status < 500, told);
    statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
    if (reply.status < 400 || method === "HEAD") continue;
    const outcome = outcomeOf(text) as { readonly resourceType?: string };
    assert.equal(outcome.resourceType, "OperationOutcome", told);
    assert.deepEqual(checkResource(outcome), [], told);
  }
  // What is made up is not all nonsense, and not all sense.
  for (const status of [200, 201, 400, 404, 405, 406, 415]) assert.ok(statuses.has(status), `none with ${status}`);
});
