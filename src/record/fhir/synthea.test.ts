/** Whole records of generated patients, as transactions. The data is Synthea's. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import type { Bundle } from "#standards/fhir";
import { testData } from "../../../test/data.ts";
import { anybody, fhirDoor } from "../../../test/doors/fhir.ts";
import { contextOf } from "../../../test/handler-context.ts";
import { freshRecord } from "../../../test/record.ts";
import { fhirKinds } from "./kinds.ts";

const data = testData("synthea");
const bundlesMax = 3;

describe("the record of a Synthea patient", { skip: data.skip }, async () => {
  const door = fhirDoor(contextOf(await freshRecord({ kinds: fhirKinds }), anybody));
  const files = data.skip ? [] : readdirSync(data.path).filter((file) => file.endsWith(".json.gz"));
  for (const file of files.sort().slice(0, bundlesMax)) {
    it(`is taken in one transaction, and all that refers to the patient is found: ${file.slice(0, 12)}…`, async () => {
      const text = gunzipSync(readFileSync(join(data.path, file))).toString("utf8");
      const sent = JSON.parse(text) as Bundle;
      const reply = await door.send("POST /", { body: text });
      assert.equal(reply.status, 200, reply.text.slice(0, 500));
      const stored = (reply.json.entry as { response: { status: string; location: string } }[]).map(
        (entry) => entry.response,
      );
      assert.equal(stored.length, sent.entry?.length);
      assert.ok(stored.every(({ status }) => status === "201 Created" || status === "200 OK"));
      const patient = stored.find(({ location }) => location.includes("/Patient/"))?.location.split("/")[5];
      const encounters = sent.entry?.filter(({ resource }) => resource?.resourceType === "Encounter").length;
      const found = await door.send(`GET /Encounter?subject=Patient/${patient}&_summary=count`);
      assert.equal(found.json.total, encounters);
    });
  }
});
