/** What was, and when. FHIR R4 §3.1.0.12 (history). */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { anybody, fhirDoor, type Received } from "../../../test/doors/fhir.ts";
import { contextOf } from "../../../test/handler-context.ts";
import { freshRecord } from "../../../test/record.ts";
import { fhirKinds } from "./kinds.ts";

const opened = await freshRecord({ kinds: fhirKinds });
const door = fhirDoor(contextOf(opened, anybody));
const hourMs = 60 * 60_000;
const put = async (id: string, more: object = {}) => {
  await door.send(`PUT /Patient/${id}`, { body: { resourceType: "Patient", id, ...more } });
  opened.clock.advance(hourMs);
};

// 09:00 a1, 10:00 b1, 11:00 a2, 12:00 b2 (deleted), 13:00 a3
await put("a");
await put("b");
await put("a", { active: true });
await door.send("DELETE /Patient/b");
opened.clock.advance(hourMs);
await put("a", { active: false });

interface Entry {
  readonly fullUrl: string;
  readonly response: { readonly etag: string };
}

const bundleOf = ({ json }: Received) =>
  json as unknown as { entry?: Entry[]; link: { relation: string; url: string }[] };
const told = (reply: Received) =>
  (bundleOf(reply).entry ?? []).map(({ fullUrl, response }) => `${fullUrl.slice(-1)}${/\d+/.exec(response.etag)?.[0]}`);
const day = "2026-03-02T";

describe("a history", () => {
  const cases: readonly (readonly [address: string, versions: readonly string[]])[] = [
    ["Patient/_history", ["a3", "b2", "a2", "b1", "a1"]],
    ["Patient/_history?_sort=_lastUpdated", ["a1", "b1", "a2", "b2", "a3"]],
    ["Patient/a/_history?_sort=-_lastUpdated", ["a3", "a2", "a1"]],
    [`Patient/_history?_since=${day}11:00:00Z`, ["a3", "b2", "a2"]],
    [`Patient/_history?_at=${day}10:30:00Z`, ["b1", "a1"]],
    [`Patient/_history?_at=${day}11:00:00Z`, ["a2", "b1"]],
    [`Patient/a/_history?_at=${day}08:00:00Z`, []],
    [`Patient/a/_history?_at=${day}12:59:59Z`, ["a2"]],
    ["Patient/a/_history?_at=2026-03-02", ["a3", "a2", "a1"]],
    ["Patient/a/_history?_at=2026-03-03", ["a3"]],
    [`Patient/_history?_at=2026-03-03&_since=${day}12:30:00Z`, ["a3"]],
  ];
  for (const [address, versions] of cases) {
    it(`of ${address} is ${versions.join(", ") || "nothing"}`, async () => {
      assert.deepEqual(told(await door.send(`GET /${address}`)), versions);
    });
  }

  it("of everything tells the same moments of every type", async () => {
    const reply = await door.send(`GET /_history?_at=${day}10:30:00Z&_count=100`);
    assert.deepEqual(
      told(reply)
        .filter((text) => /^[ab]\d$/.test(text))
        .sort(),
      ["a1", "b1"],
    );
  });
});

describe("the pages of a history", () => {
  const walk = async (first: string, between: () => Promise<unknown>) => {
    const seen: string[] = [];
    let address: string | undefined = first;
    while (address !== undefined) {
      const reply: Received = await door.send(`GET ${address}`);
      seen.push(...told(reply));
      address = bundleOf(reply)
        .link.find(({ relation }) => relation === "next")
        ?.url.split("/fhir")[1];
      await between();
    }
    return seen;
  };

  it("newest first neither repeat nor miss while others write", async () => {
    const before = told(await door.send("GET /Patient/_history?_count=100"));
    let count = 0;
    const seen = await walk("/Patient/_history?_count=2", () => put("c", { multipleBirthInteger: count++ }));
    assert.deepEqual(seen, before);
  });

  it("oldest first come to what is written meanwhile, once", async () => {
    let count = 0;
    const write = async () => {
      if (count < 3) await put("d", { multipleBirthInteger: count++ });
    };
    const seen = await walk("/Patient/_history?_count=2&_sort=_lastUpdated", write);
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual(
      seen.filter((text) => text.startsWith("d")),
      ["d1", "d2", "d3"],
    );
  });
});

describe("a history of parts", () => {
  it("has the elements that are asked for, of every version, and says so", async () => {
    const { json } = await door.send("GET /Patient/a/_history?_elements=id");
    const entries = json.entry as unknown as readonly { resource: { active?: boolean; meta: { tag: object[] } } }[];
    assert.deepEqual(
      entries.map(({ resource }) => [resource.active, resource.meta.tag.length]),
      [
        [undefined, 1],
        [undefined, 1],
        [undefined, 1],
      ],
    );
  });

  it("is not counted by a summary", async () => {
    for (const address of ["_history?_summary=count", "Patient/_history?_summary=some"])
      assert.equal((await door.send(`GET /${address}`)).status, 400, address);
  });
});
