/** Addresses that hand out the secrets of a machine are never asked. OWASP ASVS 5.2.6, 12.6.1. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { allowedEndpoints, endpointRefusal } from "./endpoint.ts";
import { isLinkLocal } from "./link-local.ts";

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

test("a link-local address is refused even where a setting would allow it, however it is written", () => {
  assert.equal(allowedEndpoints(["http://169.254.169.254/latest"]), undefined);
  const rules = [{ origin: "http://169.254.169.254", path: "/" }];
  for (const address of [
    "http://169.254.169.254/latest",
    "http://0xa9fea9fe/",
    "http://2852039166/",
    "http://[fe80::1]/",
  ]) {
    assert.equal(endpointRefusal(address, rules)?.code, "endpoint-not-allowed", address);
  }
});
