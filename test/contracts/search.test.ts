/** Searching the record: clauses, order, and pages that neither repeat nor miss. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { expectOk } from "#kernel";
import type { Cursor, Page, Query } from "#record";
import { freshRecord } from "../record.ts";
import { note } from "./note.ts";

const query = (all: Query["all"], extra: Partial<Query> = {}): Query => ({
  kind: "Note",
  all,
  sort: { by: "updated", descending: false },
  limit: 100,
  ...extra,
});
const subjects = (page: Page) => page.versions.map((version) => JSON.parse(version.body).subject);

describe("a search", async () => {
  const { record, clock } = await freshRecord({ kinds: [note] });
  const bodies = [
    { subject: "osei", tag: "a", day: 100 },
    { subject: "oseman", tag: "a", day: 50 },
    { subject: "lindqvist", tag: "b" },
    { subject: "linden", tag: "b", day: 50 },
  ];
  for (const body of bodies) {
    expectOk(await record.transact({ operations: [{ action: "create", kind: "Note", id: body.subject, body }] }));
    clock.advance(60_000);
  }
  const start = Date.parse("2026-03-02T09:00:00Z");
  const cases: readonly [string, Query["all"], readonly string[]][] = [
    ["without clauses finds all", [], ["osei", "oseman", "lindqvist", "linden"]],
    ["by one key", [{ is: "key", any: ["tag=a"] }], ["osei", "oseman"]],
    ["by any of several keys", [{ is: "key", any: ["subject=osei", "tag=b"] }], ["osei", "lindqvist", "linden"]],
    [
      "by all of several clauses",
      [
        { is: "key", any: ["tag=a"] },
        { is: "key", any: ["subject=oseman"] },
      ],
      ["oseman"],
    ],
    [
      "by the beginning of a text",
      [{ is: "text", parameter: "subject", match: "prefix", any: ["lind"] }],
      ["lindqvist", "linden"],
    ],
    [
      "by a whole text",
      [{ is: "written", parameter: "subject", any: [{ text: "linden", written: "linden" }] }],
      ["linden"],
    ],
    [
      "not by a text written otherwise",
      [{ is: "written", parameter: "subject", any: [{ text: "linden", written: "Linden" }] }],
      [],
    ],
    [
      "by a part of a text",
      [{ is: "text", parameter: "subject", match: "contains", any: ["sem", "qv"] }],
      ["oseman", "lindqvist"],
    ],
    [
      "by a span of time",
      [{ is: "date", parameter: "day", any: [{ fromMaxMs: 60, toMinMs: 55 }] }],
      ["oseman", "linden"],
    ],
    ["by ids", [{ is: "id", any: ["osei", "nobody"] }], ["osei"]],
    [
      "by the time of the last change",
      [{ is: "updated", any: [{ minMs: start + 60_000, maxMs: start + 120_000 }] }],
      ["oseman", "lindqvist"],
    ],
    ["that nothing can satisfy", [{ is: "never" }], []],
  ];
  for (const [title, all, expected] of cases) {
    it(`${title}: ${expected.join(", ") || "nothing"}`, async () => {
      assert.deepEqual(subjects(expectOk(await record.search(query(all)))), expected);
      assert.equal(expectOk(await record.count(query(all))), expected.length);
    });
  }

  const orders: readonly [string, Query["sort"], readonly string[]][] = [
    ["newest change first", { by: "updated", descending: true }, ["linden", "lindqvist", "oseman", "osei"]],
    [
      "earliest date first, undated last",
      { by: { date: "day" }, descending: false },
      ["oseman", "linden", "osei", "lindqvist"],
    ],
    [
      "latest date first, undated last",
      { by: { date: "day" }, descending: true },
      ["osei", "linden", "oseman", "lindqvist"],
    ],
  ];
  for (const [title, sort, expected] of orders) {
    it(`gives the same order in pages of one as in one page: ${title}`, async () => {
      assert.deepEqual(subjects(expectOk(await record.search(query([], { sort })))), expected);
      const paged: string[] = [];
      let after: Cursor | undefined;
      do {
        const page: Page = expectOk(await record.search(query([], { sort, limit: 1, ...(after ? { after } : {}) })));
        paged.push(...subjects(page));
        after = page.next;
      } while (after);
      assert.deepEqual(paged, expected);
    });
  }
});
