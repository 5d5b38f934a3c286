/** Addresses that hand out the secrets of a machine are never asked. OWASP ASVS 5.2.6, 12.6.1. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isLinkLocal, lookUpOutside } from "./link-local.ts";

const rows: readonly (readonly [string, boolean])[] = [
  ["169.254.169.254", true],
  ["[fe80::1]", true],
  ["fd00:ec2::254", true],
  ["::ffff:169.254.169.254", true],
  ["10.1.2.3", false],
  ["127.0.0.1", false],
  ["lab.example", false],
];
for (const [address, isClosed] of rows) {
  test(`${address} is ${isClosed ? "" : "not "}link-local`, () => assert.equal(isLinkLocal(address), isClosed));
}

test("a name is followed unless it leads there, in whatever way an address is written", async () => {
  const codeOf = (name: string) =>
    new Promise((resolve) => lookUpOutside(name, { all: true }, (error) => resolve(error?.code ?? "found")));
  assert.deepEqual(await Promise.all(["0xa9fea9fe", "2852039166", "169.254.1", "127.0.0.1"].map(codeOf)), [
    "ELINKLOCAL",
    "ELINKLOCAL",
    "ELINKLOCAL",
    "found",
  ]);
});
