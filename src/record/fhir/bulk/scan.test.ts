/** A scan of one kind, as it was at one position of the record, while others write. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { expectOk, limits } from "#kernel";
import { freshRecord } from "../../../../test/record.ts";
import type { Operation } from "../../documents/operation.ts";
import type { HealthRecord } from "../../health-record.ts";
import { fhirKinds } from "../kinds.ts";
import { nextScanPage, type Scan, type ScanPlace, scanStart } from "./scan.ts";

const count = limits.pageSizeMax * 2 + 500;

function organization(index: number, name: string): Operation {
  const id = `o${String(index).padStart(5, "0")}`;
  return { action: "update", kind: "Organization", id, body: { resourceType: "Organization", name } };
}

async function filled(): Promise<HealthRecord> {
  const { record } = await freshRecord({ kinds: fhirKinds });
  const operations = Array.from({ length: count }, (_, index) => organization(index, "before"));
  expectOk(await record.transact({ operations }));
  return record;
}

/**
 * The names of every organization that the scan tells, by their ids; `meanwhile` happens after each page. It may have
 * begun before.
 */
async function scanned(record: HealthRecord, scan: Scan, meanwhile: (page: number) => Promise<unknown>, from?: Begun) {
  const told = new Map<string, string>(from?.told);
  let place = from?.place ?? scanStart(scan.position);
  for (let page = 1; ; page += 1) {
    const next = expectOk(await nextScanPage(record, scan, place));
    for (const { id, body } of next.versions) {
      assert.ok(!told.has(id), `${id} is told once`);
      told.set(id, (JSON.parse(body) as { name: string }).name);
    }
    place = next.place;
    if (next.isLast) return told;
    await meanwhile(page);
  }
}

interface Begun {
  readonly told: ReadonlyMap<string, string>;
  readonly place: ScanPlace;
}

it("tells every document once and as it was, whatever is changed, deleted and added meanwhile", async () => {
  const record = await filled();
  const position = await record.position();
  const scan: Scan = { kind: "Organization", all: [], isWanted: () => true, position };
  const told = await scanned(record, scan, async (page) => {
    const last = page * limits.pageSizeMax - 1;
    expectOk(
      await record.transact({
        operations: [
          organization(last - 5, "after"),
          organization(last + 5, "after"),
          organization(last + 5, "after again"),
          { action: "delete", kind: "Organization", id: `o${String(last + 6).padStart(5, "0")}` },
          organization(count - 1, `changed ${page} times`),
          organization(count + page, "new"),
        ],
      }),
    );
  });
  assert.equal(told.size, count);
  assert.deepEqual(new Set(told.values()), new Set(["before"]));
});

it("is gone on with from any place, as after a restart, though a page beyond it was told and lost", async () => {
  const record = await filled();
  const scan: Scan = { kind: "Organization", all: [], isWanted: () => true, position: await record.position() };
  const first = expectOk(await nextScanPage(record, scan, scanStart(scan.position)));
  expectOk(await record.transact({ operations: [organization(0, "after"), organization(count - 1, "after")] }));
  expectOk(await nextScanPage(record, scan, first.place));
  expectOk(await record.transact({ operations: [organization(limits.pageSizeMax + 1, "after")] }));
  const before = new Map(first.versions.map(({ id }) => [id, "before"]));
  const told = await scanned(record, scan, async () => {}, { told: before, place: first.place });
  assert.equal(told.size, count);
  assert.deepEqual(new Set(told.values()), new Set(["before"]));
});

it("tells a document that was changed meanwhile where it still meets the condition", async () => {
  const record = await filled();
  const all = [{ is: "text", parameter: "name", match: "prefix", any: ["before"] }] as const;
  const scan: Scan = { kind: "Organization", all, isWanted: () => true, position: await record.position() };
  const told = await scanned(record, scan, () =>
    record.transact({ operations: [organization(count - 1, "before long"), organization(count - 2, "after")] }),
  );
  assert.equal(told.get(`o${String(count - 1).padStart(5, "0")}`), "before");
  assert.equal(told.has(`o${String(count - 2).padStart(5, "0")}`), false);
});
