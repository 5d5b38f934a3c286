/** What is found by ends of chains and values that are more than can be looked up ahead is the same as by few. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk, type JsonObject, limits } from "#kernel";
import { loinc, searchWard } from "../../../../test/search-ward.ts";

const count = limits.searchChainEndsMax + 100;
const numbers = Array.from({ length: count }, (_, at) => at);

const { record, door } = await searchWard([]);

const bodies: readonly (JsonObject & { readonly resourceType: string; readonly id: string })[] = numbers.flatMap(
  (at) => [
    {
      resourceType: "Patient",
      id: `p${at}`,
      gender: at % 10 === 0 ? "male" : "female",
      name: [{ family: `Osei${at}` }],
      birthDate: "1957-03-14",
    },
    {
      resourceType: "Observation",
      id: `o${at}`,
      status: "final",
      code: { coding: [{ system: loinc, code: "2823-3" }] },
      subject: { reference: `Patient/p${Math.floor(at / 2)}` },
      effectiveDateTime: "2026-02-02",
      valueQuantity: { value: at },
    },
  ],
);
expectOk(
  await record.transact({
    operations: bodies.map((body) => ({ action: "update", kind: body.resourceType, id: body.id, body })),
  }),
);

const women = numbers.filter((at) => at % 10 !== 0);
const ofWomen = numbers.filter((at) => Math.floor(at / 2) % 10 !== 0);
const some = numbers.slice(0, 500);

const cases: readonly (readonly [search: string, total: number])[] = [
  ["Observation?patient.gender=female", ofWomen.length],
  ["Observation?patient.gender:not=male", ofWomen.length],
  ["Observation?patient.name=osei&value-quantity=lt10", 10],
  ["Observation?patient.birthdate=1957", count],
  ["Patient?_has:Observation:patient:code=2823-3", count / 2],
  ["Patient?_has:Observation:patient:date=2026-02&gender=male", count / 20],
  ["Patient?_has:Observation:patient:value-quantity=ge0", count / 2],
  ["Patient?name=osei&gender=female", women.length],
  ["Patient?birthdate=le1957", count],
  ["Observation?value-quantity=ge0&date=gt2025", count],
  [`Observation?patient=${some.map((at) => `p${at}`).join(",")}`, 1000],
  [`Patient?_id=${some.map((at) => `p${at}`).join(",")}`, 500],
  [
    `Patient?_filter=gender eq female or name co "osei1"`,
    numbers.filter((at) => at % 10 !== 0 || `${at}`.startsWith("1")).length,
  ],
];

describe("with more than can be looked up ahead", () => {
  for (const [search, total] of cases) {
    it(`${search.slice(0, 70)}: ${total}`, async () => {
      const counted = await door.send(`GET /${search}&_summary=count`);
      assert.equal(counted.json.total, total);
      const page = await door.send(`GET /${search}&_count=10`);
      assert.equal((page.json.entry as unknown[]).length, Math.min(total, 10));
    });
  }

  it("the pages of a long list of values neither repeat nor miss", async () => {
    const seen: string[] = [];
    let address = `Observation?patient=${some.map((at) => `p${at}`).join(",")}&_count=300`;
    while (address !== "") {
      const { json } = await door.send(`GET /${address}`);
      const entries = json.entry as unknown as readonly { readonly resource: { readonly id: string } }[];
      seen.push(...entries.map(({ resource }) => resource.id));
      const links = json.link as readonly { readonly relation: string; readonly url: string }[];
      address = links.find(({ relation }) => relation === "next")?.url.replace(/^.*\/fhir\//, "") ?? "";
    }
    assert.deepEqual([...new Set(seen)].length, 1000);
    assert.equal(seen.length, 1000);
  });
});
