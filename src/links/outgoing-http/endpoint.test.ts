/** Where subscriptions may send to. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { allowedEndpoints, endpointRefusal } from "./endpoint.ts";

const cases: readonly (readonly [string, readonly string[], boolean])[] = [
  // Without rules: this machine alone.
  ["http://127.0.0.1:9000/hook", [], true],
  ["http://127.1/hook", [], true],
  ["http://2130706433/hook", [], true],
  ["https://[::1]:9000/", [], true],
  ["http://localhost/hook", [], true],
  ["http://localhost.example.org/", [], false],
  ["http://127.0.0.1.example.org/", [], false],
  ["http://0.0.0.0/", [], false],
  ["http://10.0.0.1/", [], false],
  ["http://169.254.169.254/latest/meta-data", [], false],
  ["http://[::ffff:10.0.0.1]/", [], false],
  // With rules: what is below them, and nothing else, this machine included.
  ["https://app.example/hooks", ["https://app.example/hooks"], true],
  ["https://app.example/hooks/one?x=1", ["https://app.example/hooks"], true],
  ["https://app.example/hooks/../admin", ["https://app.example/hooks"], false],
  ["https://app.example/hooksmore", ["https://app.example/hooks"], false],
  ["http://app.example/hooks", ["https://app.example/hooks"], false],
  ["https://app.example:8443/hooks", ["https://app.example/hooks"], false],
  ["https://app.example.org/hooks", ["https://app.example"], false],
  ["http://127.0.0.1/", ["https://app.example"], false],
  ["https://b.example/x", ["https://a.example", "https://b.example"], true],
  // Never.
  ["https://me:secret@app.example/", ["https://app.example"], false],
  ["ftp://127.0.0.1/", [], false],
  ["file:///etc/passwd", [], false],
  ["not an address", [], false],
];

for (const [address, allowed, isAllowed] of cases) {
  test(`${address} ${isAllowed ? "may" : "may not"} be sent to with [${allowed.join(", ")}]`, () => {
    const rules = allowedEndpoints(allowed);
    assert.ok(rules);
    assert.equal(endpointRefusal(address, rules)?.code, isAllowed ? undefined : "endpoint-not-allowed");
  });
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
