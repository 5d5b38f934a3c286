/** Search parameters that a hospital adds. FHIR R4 SearchParameter; §3.1.1.4 (search parameters). */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { expectOk, type JsonObject, silentLog } from "#kernel";
import { anybody, fhirDoor } from "../../../../test/doors/fhir.ts";
import { entriesOf } from "../../../../test/doors/fhir-ward.ts";
import { contextOf } from "../../../../test/handler-context.ts";
import { freshRecord } from "../../../../test/record.ts";
import { noEntries } from "../../documents/index-entries.ts";
import type { IndexingStore } from "../../ports.ts";
import { fhirKinds, indexEntriesOf } from "../kinds.ts";
import { AddedParameters } from "./added-parameters.ts";
import { definitionOf } from "./definition.ts";
import { indexRevisions } from "./index-revisions.ts";
import { type IndexingJob, indexBy, parameterJob, progressOf } from "./indexing.ts";
import { RevisedIndex } from "./revised-index.ts";

const opened = await freshRecord({ kinds: fhirKinds });
const needs = { record: opened.record, indexing: opened.store.indexing, cursors: opened.store.cursors, log: silentLog };
const parameters = await AddedParameters.open(needs);
const door = fhirDoor({ ...contextOf(opened, anybody), parameters });
after(() => parameters.close());

const colourUrl = "https://meadow.example/StructureDefinition/colour";

async function put(type: string, id: string, body: JsonObject): Promise<void> {
  const reply = await door.send(`PUT /${type}/${id}`, { body: { resourceType: type, id, ...body } });
  assert.ok(reply.status < 300, reply.text);
}

function aPatient(id: string, colour: string | undefined, family: string): Promise<void> {
  const extension = colour === undefined ? {} : { extension: [{ url: colourUrl, valueString: colour }] };
  return put("Patient", id, { ...extension, name: [{ family }] });
}

function aParameter(code: string, fields: JsonObject): JsonObject {
  const url = `https://meadow.example/SearchParameter/${code}`;
  return { url, name: code, status: "active", description: "x", code, base: ["Patient"], type: "string", ...fields };
}

async function found(search: string): Promise<readonly unknown[]> {
  const reply = await door.send(`GET /${search}`);
  assert.equal(reply.status, 200, reply.text);
  return entriesOf(reply)
    .map(({ resource }) => resource.id)
    .sort();
}

async function status(id: string): Promise<Readonly<Record<string, unknown>>> {
  const reply = await door.send(`GET /SearchParameter/${id}/$status`);
  assert.equal(reply.status, 200, reply.text);
  const parts = reply.json.parameter as unknown as readonly Readonly<Record<string, unknown>>[];
  return Object.fromEntries(parts.map(({ name, ...value }) => [name, Object.values(value)[0]]));
}

async function ready(id: string): Promise<Readonly<Record<string, unknown>>> {
  for (;;) {
    const now = await status(id);
    if (now.state !== "indexing") return now;
    await sleep(50);
  }
}

await aPatient("osei", "Blue", "Osei");
await aPatient("lindqvist", "blue green", "Lindqvist");
await aPatient("banerjee", "red", "Banerjee");
await aPatient("plain", undefined, "Plain");

describe("a search parameter that is added", () => {
  it("is unknown before", async () => {
    const reply = await door.send("GET /Patient?colour=blue");
    assert.equal(reply.status, 400);
    assert.doesNotMatch((await door.send("GET /metadata")).text, /"name":"colour"/);
  });

  it("finds what was there before it, once it is ready, and says how many that are", async () => {
    await put(
      "SearchParameter",
      "colour",
      aParameter("colour", { expression: `Patient.extension('${colourUrl}').value` }),
    );
    assert.deepEqual(await ready("colour"), { state: "ready", done: 4, total: 4 });
    assert.deepEqual(await found("Patient?colour=blue"), ["lindqvist", "osei"]);
    assert.deepEqual(await found("Patient?colour:exact=Blue"), ["osei"]);
    assert.deepEqual(await found("Patient?colour:contains=green"), ["lindqvist"]);
    assert.deepEqual(await found("Patient?colour:missing=true"), ["plain"]);
    assert.deepEqual(await found("Patient?colour:missing=false"), ["banerjee", "lindqvist", "osei"]);
  });

  it("finds what is written after it, and no longer what has changed", async () => {
    await aPatient("new", "Blue", "New");
    await aPatient("osei", "yellow", "Osei");
    assert.deepEqual(await found("Patient?colour=blue"), ["lindqvist", "new"]);
    assert.deepEqual(await found("Patient?colour=yellow&family=osei"), ["osei"]);
  });

  it("is stated among what the server searches by", async () => {
    const reply = await door.send("GET /metadata");
    assert.match(reply.text, /"name":"colour"/);
  });

  it("can be of any FHIRPath expression", async () => {
    const expression = "Patient.name.select(family & ' of ' & extension.count().toString())";
    await put("SearchParameter", "call", aParameter("call-name", { expression }));
    assert.equal((await ready("call")).state, "ready");
    assert.deepEqual(await found("Patient?call-name:contains=nerjee of 0"), ["banerjee"]);
  });

  it("is sorted by, whether it is a text or a code", async () => {
    const sorted = async (by: string) =>
      entriesOf(await door.send(`GET /Patient?_id=osei,lindqvist,banerjee,plain&_sort=${by}`)).map(
        ({ resource }) => resource.id,
      );
    await put("SearchParameter", "kin", aParameter("kin", { type: "token", expression: "Patient.name.family" }));
    assert.equal((await ready("kin")).state, "ready");
    assert.deepEqual(await sorted("colour"), ["lindqvist", "banerjee", "osei", "plain"]);
    assert.deepEqual(await sorted("-kin"), ["plain", "osei", "lindqvist", "banerjee"]);
  });

  it("can be a reference, and part of a chain", async () => {
    const url = "https://meadow.example/StructureDefinition/sibling";
    await put("Patient", "younger", { extension: [{ url, valueReference: { reference: "Patient/banerjee" } }] });
    const fields = { type: "reference", target: ["Patient"], expression: `Patient.extension('${url}').value` };
    await put("SearchParameter", "sibling", aParameter("sibling", fields));
    assert.equal((await ready("sibling")).state, "ready");
    assert.deepEqual(await found("Patient?sibling=Patient/banerjee"), ["younger"]);
    assert.deepEqual(await found("Patient?sibling:Patient.colour=red"), ["younger"]);
    assert.deepEqual(await found("Patient?_has:Patient:sibling:_id=younger"), ["banerjee"]);
    assert.deepEqual(await found("Patient?_id=younger&_include=Patient:sibling"), ["banerjee", "younger"]);
    assert.deepEqual(await found("Patient?_id=banerjee&_revinclude=Patient:sibling"), ["banerjee", "younger"]);
  });

  it("finds by its new expression after it was changed", async () => {
    await put("SearchParameter", "colour", aParameter("colour", { expression: "Patient.name.family" }));
    for (;;) {
      const now = await ready("colour");
      if (now.state === "ready" && (await found("Patient?colour=osei")).length > 0) break;
      await sleep(20);
    }
    assert.deepEqual(await found("Patient?colour=blue"), []);
  });

  it("is unknown again after it was deleted", async () => {
    await door.send("DELETE /SearchParameter/colour");
    for (let tries = 0; (await door.send("GET /Patient?colour=osei")).status === 200 && tries < 100; tries += 1) {
      await sleep(20);
    }
    assert.equal((await door.send("GET /Patient?colour=osei")).status, 400);
  });

  it("that cannot be used says why", async () => {
    await put("SearchParameter", "broken", aParameter("broken", { expression: "Patient.name.(" }));
    await put("SearchParameter", "taken", aParameter("family", { expression: "Patient.name.given" }));
    for (const [id, reason] of [
      ["broken", /^SearchParameter\.expression: /],
      ["taken", /R4 has a parameter family of Patient/],
    ] as const) {
      let now = await status(id);
      for (let tries = 0; now.state === "unused" && tries < 100; tries += 1) {
        await sleep(20);
        now = await status(id);
      }
      assert.equal(now.state, "refused");
      assert.match(String(now.reason), reason);
    }
  });

  it("of R4 itself changes nothing", async () => {
    const url = "http://hl7.org/fhir/SearchParameter/Patient-active";
    await put("SearchParameter", "own", aParameter("active", { url, expression: "Patient.active", type: "token" }));
    assert.equal((await status("own")).state, "unused");
  });
});

it("an indexing that is cut off goes on where it was, and its progress is exact", async () => {
  for (let number = 0; number < 1_100; number += 100) {
    await opened.record.transact({
      operations: Array.from({ length: 100 }, (_, at) => ({
        action: "create",
        kind: "Basic",
        body: { code: { text: `basic ${number + at}` } },
      })),
    });
  }
  const body = aParameter("wording", { base: ["Basic"], expression: "Basic.code.text", status: "active" });
  const [created] = expectOk(
    await opened.record.transact({
      operations: [{ action: "create", kind: "SearchParameter", id: "wording", body: { ...body, status: "draft" } }],
    }),
  );
  const version = { ...created!.version, body: created!.version.body.replace('"draft"', '"active"') };
  const definition = expectOk(definitionOf(version))!;
  const stop = new AbortController();
  const cutOff: IndexingStore = {
    ...needs.indexing,
    addEntries: async (added) => {
      await needs.indexing.addEntries(added);
      stop.abort();
    },
  };
  await indexBy(parameterJob(definition), { ...needs, indexing: cutOff, stop: stop.signal });
  assert.deepEqual(await progressOf(parameterJob(definition), needs), { done: 500, total: 1_100, isDone: false });
  await indexBy(parameterJob(definition), { ...needs, stop: new AbortController().signal });
  assert.deepEqual(await progressOf(parameterJob(definition), needs), { done: 1_100, total: 1_100, isDone: true });
});

it("what the index gains later is given to documents from before, once, and an empty record has none", async () => {
  const revision: IndexingJob = {
    name: "index revision of this test",
    types: ["Basic"],
    entriesOf: () => () => ({ ...noEntries, keys: ["code=gained"] }),
    parametersOf: () => [],
  };
  // What the first start found, when the record was empty: there was nothing to be done.
  assert.equal(await needs.cursors.get("index revisions"), indexRevisions.length);
  const revisions = new RevisedIndex(needs, [...indexRevisions, revision]);
  const { signal } = new AbortController();
  assert.deepEqual((await revisions.states()).at(-1), { name: "of this test", done: 0, total: 1_100, isDone: false });
  await revisions.bringUpToDate(signal);
  assert.equal((await door.send("GET /Basic?code=gained&_summary=count")).json.total, 1_100);
  await revisions.bringUpToDate(signal);
  assert.equal(
    (await revisions.states()).every(({ isDone }) => isDone),
    true,
  );
  const { json } = await door.send("GET /SearchParameter/$status");
  assert.equal((json.parameter as readonly unknown[]).length, indexRevisions.length);
});

it("revisions of the index give what a document written now has", async () => {
  const location = { resourceType: "Location", position: { latitude: 51.5, longitude: -0.1 } };
  const [positions, canonicals, contained] = indexRevisions;
  assert.deepEqual(
    positions!
      .entriesOf("Location")(location)
      .numbers.map(({ parameter }) => parameter),
    [...positions!.parametersOf("Location")],
  );
  const answers = { resourceType: "QuestionnaireResponse", questionnaire: "http://a/q|2" };
  const named = canonicals!.entriesOf("QuestionnaireResponse")(answers);
  assert.deepEqual(named.references, ["questionnaire:named=http://a/q|2"]);
  assert.deepEqual(named.texts, [{ parameter: "questionnaire", text: "http://a/q|2", written: "http://a/q|2" }]);
  const carrier = { resourceType: "Basic", contained: [{ resourceType: "Device", id: "d", status: "active" }] };
  assert.deepEqual(contained!.entriesOf("Basic")(carrier).keys.slice(0, 1), ["_contained=Device"]);
  assert.ok(indexEntriesOf("Basic", carrier).keys.includes("Device#status=active"));
});
