/** The CapabilityStatement says what works, and only that. FHIR R4 §3.1.0.13. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { instant } from "#kernel";
import {
  type CapabilityStatement,
  checkResource,
  type SearchParameterType,
  searchParameterOf,
  searchParametersOf,
} from "#standards/fhir";
import { anybody, fhirDoor, origin } from "../../../../test/doors/fhir.ts";
import { contextOf } from "../../../../test/handler-context.ts";
import { freshRecord } from "../../../../test/record.ts";
import { fhirKinds } from "../kinds.ts";
import { readSearch } from "../search/search-request.ts";

const door = fhirDoor(contextOf(await freshRecord({ kinds: fhirKinds }), anybody));
const reply = await door.send("GET /metadata");
const statement = reply.json as unknown as CapabilityStatement;
const resources = statement.rest?.[0]?.resource ?? [];

/** A value of the right form. */
const samples: Partial<Record<SearchParameterType, string>> = {
  token: "x",
  reference: "Patient/1",
  uri: "urn:x",
  string: "x",
  date: "2026",
  number: "5",
  quantity: "5|http://unitsofmeasure.org|mg",
};

function sampleOf(type: string, name: string): string {
  if (name === "_filter") return "_id eq x";
  if (name === "near") return "1|2";
  const parameter = searchParameterOf(type, name);
  const known = searchParametersOf(type);
  const parts = parameter?.components.map(({ url }) => known.find((each) => each.url === url)?.type ?? "token") ?? [];
  if (parts.length > 0) return parts.map((part) => samples[part]).join("$");
  return samples[parameter?.type ?? "token"] ?? "x";
}

describe("the CapabilityStatement", () => {
  it("is sound R4 and names this server", () => {
    assert.deepEqual(checkResource(statement), []);
    assert.deepEqual([statement.implementation?.url, statement.software?.version], [`${origin}/fhir`, "0.1.0"]);
  });

  it("has every type of R4", () => assert.equal(resources.length, 146));

  it("lists only search parameters that a search takes", () => {
    let count = 0;
    for (const { type, searchParam = [] } of resources) {
      for (const { name } of searchParam) {
        const parameters = new URLSearchParams([[name, sampleOf(type, name)]]);
        const read = readSearch({ type, parameters, base: undefined, now: instant(0), isLenient: false });
        assert.ok(read.ok, `${type}?${parameters}`);
        count += 1;
      }
    }
    assert.ok(count > 2000, `${count} parameters`);
  });

  it("says how resources are written, read and changed", () => {
    const patient = resources.find(({ type }) => type === "Patient");
    const codes = patient?.interaction?.map(({ code }) => code);
    assert.deepEqual(codes, [
      ...["read", "vread", "update", "patch", "delete", "history-instance", "history-type", "create", "search-type"],
    ]);
    assert.deepEqual(
      [patient?.conditionalCreate, patient?.conditionalUpdate, patient?.conditionalDelete, patient?.updateCreate],
      [true, true, "multiple", true],
    );
    assert.deepEqual(statement.format, ["application/fhir+json", "json", "application/fhir+xml", "xml"]);
    assert.ok(statement.patchFormat?.includes("application/json-patch+json"));
    const system = statement.rest?.[0]?.interaction?.map(({ code }) => code);
    assert.deepEqual(system, ["transaction", "batch", "search-system", "history-system"]);
  });

  it("tells of what is normative alone where that is asked for", async () => {
    const { json } = await door.send("GET /metadata?mode=normative");
    const told = (json as unknown as CapabilityStatement).rest?.[0]?.resource ?? [];
    assert.ok(told.some(({ type }) => type === "Patient") && !told.some(({ type }) => type === "Encounter"));
    assert.equal((await door.send("GET /metadata?mode=sideways")).status, 400);
  });

  it("says that the audit is only appended to", () => {
    const audit = resources.find(({ type }) => type === "AuditEvent");
    const codes = audit?.interaction?.map(({ code }) => code);
    assert.ok(codes?.includes("create") && !codes.includes("update") && !codes.includes("delete"));
  });
});
