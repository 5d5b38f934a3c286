import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk } from "#kernel";
import { until } from "../../../test/doors/http.ts";
import { anOpenLink, aSender } from "../../../test/doors/mllp.ts";
import { allowList } from "./allow-list.ts";

const rows = [
  [["10.1.2.3"], { "10.1.2.3": true, "10.1.2.4": false, "::ffff:10.1.2.3": true, "::1": false }],
  [["10.1.0.0/16"], { "10.1.255.255": true, "10.2.0.0": false, "::ffff:10.1.0.1": true }],
  [["fd00:1::/32", "::1"], { "fd00:1::7": true, "fd00:2::7": false, "::1": true, "10.1.2.3": false }],
  [["fe80::1"], { "fe80::1%eth0": true, "fe80::2%eth0": false }],
  [["0.0.0.0/0"], { "203.0.113.9": true, "::1": false }],
  [[], { "203.0.113.9": true, "::1": true, "": true }],
  [["10.1.2.3"], { "": false, "not an address": false }],
] as const;

for (const [entries, addresses] of rows) {
  test(`${entries.join(" and ") || "no list"} allows what it names and nothing else`, () => {
    const list = expectOk(allowList(entries));
    for (const [address, isAllowed] of Object.entries(addresses)) {
      assert.equal(list.allows(address), isAllowed, address);
    }
  });
}

test("an entry that is neither an address nor a network is a problem, and so is each further one", () => {
  const wrong = [
    "10.1.2",
    "10.1.2.3/33",
    "::/129",
    "10.1.2.3/",
    "lab.example.nhs.uk",
    "10.0.0.0/8/8",
    "fe80::1%eth0",
    "",
  ];
  const list = allowList(["10.1.2.3", ...wrong]);
  assert.deepEqual(
    list.ok ? [] : list.problems.map(({ code }) => code),
    wrong.map(() => "allow-invalid"),
  );
});

test("a connection from an address that is not allowed is closed before anything is read from it", async (t) => {
  const link = await anOpenLink(t, { allow: ["10.0.0.0/8"] });
  const sender = aSender(t, link.port);
  await sender.write("␋1␜␍").catch(() => {});
  await sender.ended;
  assert.deepEqual([link.received, link.connections()], [[], []]);
  assert.ok(link.counted.includes("corridor_mllp_connections_total pathology not-allowed"));
});

test("one that is allowed is served", async (t) => {
  const link = await anOpenLink(t, { allow: ["127.0.0.0/8", "::1"] });
  const sender = aSender(t, link.port);
  await sender.write("␋1␜␍");
  await until(() => sender.answers() === "␋AA 1␜␍");
});

test("a listener has no more connections than it is told", async (t) => {
  const link = await anOpenLink(t, { connectionsMax: 1 });
  const first = aSender(t, link.port);
  await until(() => link.connections().length === 1);
  const second = aSender(t, link.port);
  await second.ended;
  await first.write("␋1␜␍");
  await until(() => first.answers() === "␋AA 1␜␍");
});
