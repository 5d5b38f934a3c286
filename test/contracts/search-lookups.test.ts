/** A search that looks up entries first finds the same however many there are. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { expectOk, limits } from "#kernel";
import type { Cursor, Page, Query } from "#record";
import { freshRecord } from "../record.ts";
import { note } from "./note.ts";

/** More than are looked up; each tenth has a tag, and a day of its own. */
const many = limits.searchChainEndsMax + 50;

const bodies = Array.from({ length: many }, (_, number) => ({
  subject: `note-${String(number).padStart(5, "0")}`,
  ...(number % 10 === 0 ? { tag: "tenth", day: number * 100 } : {}),
}));

const query = (all: Query["all"], extra: Partial<Query> = {}): Query => ({
  kind: "Note",
  all,
  sort: { by: "updated", descending: true },
  limit: 20,
  ...extra,
});

const prefix = (text: string) => ({ is: "text", parameter: "subject", match: "prefix", any: [text] }) as const;
const subjects = (page: Page) => page.versions.map((version) => JSON.parse(version.body).subject as string);

describe("a search by entries", async () => {
  const { record, store } = await freshRecord({ kinds: [note] });
  const operations = bodies.map((body) => ({ action: "create", kind: "Note", id: body.subject, body }) as const);
  expectOk(await record.transact({ operations }));
  const newestFirst = bodies.map(({ subject }) => subject).reverse();
  const tenths = newestFirst.filter((_, at) => bodies.at(-1 - at)?.tag !== undefined);

  const cases: readonly [string, Query["all"], readonly string[]][] = [
    ["few of them", [prefix("note-0001")], newestFirst.filter((subject) => subject.startsWith("note-0001"))],
    ["more than are looked up", [prefix("note-")], newestFirst],
    ["few beside a key", [prefix("note-0001"), { is: "key", any: ["tag=tenth"] }], ["note-00010"]],
    ["more than are looked up, beside a key", [prefix("note-"), { is: "key", any: ["tag=tenth"] }], tenths],
    [
      "two kinds of them, both few",
      [prefix("note-000"), { is: "date", parameter: "day", any: [{ toMinMs: 1_000 }] }],
      newestFirst.filter(
        (subject) => subject.startsWith("note-000") && tenths.includes(subject) && subject > "note-00000",
      ),
    ],
    ["none", [prefix("nothing")], []],
  ];
  for (const [title, all, expected] of cases) {
    it(`finds ${title}, page by page, and back again`, async () => {
      const pages: string[][] = [];
      let cursor: Cursor | undefined;
      let last: Page | undefined;
      do {
        last = expectOk(await record.search(query(all, { limit: 400, ...(cursor && { after: cursor }) })));
        pages.push(subjects(last));
        cursor = last.next;
      } while (cursor !== undefined);
      assert.deepEqual(pages.flat(), expected);
      assert.equal(expectOk(await record.count(query(all))), expected.length);
      for (let at = pages.length - 2; at >= 0; at -= 1) {
        assert.ok(last?.previous !== undefined);
        last = expectOk(await record.search(query(all, { limit: 400, after: last.previous })));
        assert.deepEqual(subjects(last), pages[at]);
      }
    });
  }

  it("leaves no keys waiting for their index once nobody writes", async (t) => {
    const { database } = store;
    const isThere = await database`select from pg_available_extensions where name = 'pageinspect'`;
    if (isThere.length === 0) return t.skip("this PostgreSQL comes without pageinspect");
    await database`create extension pageinspect`;
    const waiting = async () => {
      const [row] = await database<{ pages: number }[]>`
        select n_pending_pages as pages from gin_metapage_info(get_raw_page('document_by_key', 0))`;
      return row?.pages ?? 0;
    };
    expectOk(await record.transact({ operations: [{ action: "create", kind: "Note", body: { subject: "last" } }] }));
    assert.ok((await waiting()) > 0);
    while ((await waiting()) > 0) await setImmediate();
  });

  it("finds each time what is written anew all the time", async () => {
    const [day, rounds] = [900, 120];
    const all: Query["all"] = [{ is: "date", parameter: "day", any: [{ fromMinMs: day, fromMaxMs: day }] }];
    const byDay = query(all, { sort: { by: { date: "day" }, descending: true } });
    const writing = new AbortController();
    const writer = (async () => {
      for (let round = 0; !writing.signal.aborted; round += 1) {
        const body = { subject: "note-00009", day, round };
        expectOk(await record.transact({ operations: [{ action: "update", kind: "Note", id: body.subject, body }] }));
      }
    })();
    const found = new Set<number>();
    for (let round = 0; round < rounds; round += 1) {
      const [page, count] = await Promise.all([record.search(byDay), record.count(byDay)]);
      found.add(expectOk(page).versions.length).add(expectOk(count));
      if (round === 0) found.clear();
    }
    writing.abort();
    await writer;
    assert.deepEqual([...found], [1]);
  });
});
