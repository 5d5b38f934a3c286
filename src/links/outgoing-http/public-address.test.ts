/** Which addresses may be asked for keys. RFC 6890 (special-purpose addresses). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk } from "#kernel";
import { allowList } from "#links/addresses";
import { isPublicAddress } from "./public-address.ts";
import { fetchPublishedKeys } from "./published-keys.ts";

test("an address of this machine, of a private network or of nowhere is not public", () => {
  const inside = ["127.0.0.1", "10.1.2.3", "172.20.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"];
  const inside6 = [
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "::ffff:7f00:1",
    "64:ff9b::a00:1",
    "2002:a00:1::",
  ];
  for (const address of [...inside, ...inside6, "not an address"])
    assert.equal(isPublicAddress(address), false, address);
  for (const address of ["8.8.8.8", "193.61.0.1", "2a00:1450:4009::1", "::ffff:8.8.8.8"]) {
    assert.equal(isPublicAddress(address), true, address);
  }
});

test("keys are not asked for without https, at a private address, or under a name that leads to one", async () => {
  await assert.rejects(fetchPublishedKeys("http://keys.example/jwks"), /by https alone/);
  await assert.rejects(fetchPublishedKeys("https://169.254.169.254/jwks"), /neither of the public network/);
  await assert.rejects(fetchPublishedKeys("https://[::1]/jwks"), /neither of the public network/);
  await assert.rejects(fetchPublishedKeys("https://localhost:1/jwks"), /neither of the public network/);
});

test("keys are asked for inside the hospital in the networks that are named, and never at a link-local address", async () => {
  const inside = expectOk(allowList(["127.0.0.0/8", "169.254.0.0/16"]));
  await assert.rejects(fetchPublishedKeys("https://127.0.0.1:1/jwks", inside), /ECONNREFUSED/);
  await assert.rejects(fetchPublishedKeys("https://10.0.0.1/jwks", inside), /neither of the public network/);
  await assert.rejects(fetchPublishedKeys("https://169.254.169.254/jwks", inside), /neither of the public network/);
});
