/** A search that would take too much is cancelled and told so, and never a fault. DESIGN.md, invariant 9. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { limits } from "#kernel";
import { searchWard } from "../../../../test/search-ward.ts";

const { door, store } = await searchWard(undefined, { searchTimeMsMax: 100 });

const problemOf = async (line: string) => {
  const { status, json } = await door.send(line);
  const [issue] = json.issue as { code: string; details: { text: string } }[];
  return [status, issue?.code, issue?.details.text];
};

it("a search past its time is cancelled in the database", async () => {
  await store.database.begin(async (sql) => {
    await sql`lock table document in access exclusive mode`;
    assert.deepEqual(await problemOf("GET /Patient?name=osei"), [422, "too-costly", "too-costly"]);
    assert.deepEqual(await problemOf("GET /Patient?_summary=count"), [422, "too-costly", "too-costly"]);
  });
  assert.equal((await door.send("GET /Patient?name=osei")).status, 200);
});

it("a filter nested too deep is refused", async () => {
  const depth = limits.searchFilterDepthMax + 2;
  const filter = `${"(".repeat(depth)}name eq x${")".repeat(depth)}`;
  assert.deepEqual(await problemOf(`GET /Patient?_filter=${filter}`), [400, "value", "wrong-search-value"]);
});

it("a cursor with values of another form is refused", async () => {
  const first = await door.send("GET /Patient?_sort=birthdate&_count=1");
  const next = (first.json.link as { relation: string; url: string }[]).find(
    ({ relation }) => relation === "next",
  )?.url;
  const cursor = new URL(next ?? "").searchParams.get("_cursor") ?? "";
  const [mark, position] = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown[];
  for (const values of [[], ["x"], [1, 2], [0.5]]) {
    const forged = Buffer.from(JSON.stringify([mark, position, 0, ...values])).toString("base64url");
    const line = `GET /Patient?_sort=birthdate&_count=1&_cursor=${forged}`;
    assert.deepEqual(await problemOf(line), [400, "invalid", "wrong-cursor"]);
  }
});

it("an odd value is searched for, and not found", async () => {
  const odd = ["%00", "%F0%9F%90%B1", "' or 1=1", "\\", "(", "*"].map(encodeURIComponent);
  for (const value of ["%00", ...odd]) {
    for (const search of ["name", "identifier", "name:contains", "_id", "_filter=name eq", "organization.name"]) {
      const { status } = await door.send(`GET /Patient?${search}${search.includes("=") ? " " : "="}${value}`);
      assert.ok(status === 200 || status === 400, `${search} ${value}: ${status}`);
    }
  }
});
