/** Requests that a foreign page makes a browser send. Source: Fetch Metadata §2.3; RFC 6454 §7 */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkCrossSite } from "./cross-site.ts";

type Row = readonly [method: string, headers: Readonly<Record<string, string>>, allowed: boolean];

const home = "https://corridor.example";
const cases: readonly Row[] = [
  ["GET", {}, true],
  ["HEAD", { "sec-fetch-site": "cross-site" }, true],
  ["POST", {}, false],
  ["POST", { "x-corridor": "1" }, true],
  ["POST", { "x-corridor": "0" }, false],
  ["POST", { origin: home }, true],
  ["POST", { origin: "https://corridor.example:444" }, false],
  ["POST", { origin: "http://corridor.example" }, false],
  ["POST", { origin: "null" }, false],
  ["POST", { "sec-fetch-site": "same-origin" }, true],
  ["POST", { "sec-fetch-site": "none" }, false],
  ["POST", { "sec-fetch-site": "same-site", "x-corridor": "1" }, false],
  ["PUT", { "sec-fetch-site": "cross-site", origin: home }, false],
  ["PATCH", { "sec-fetch-site": "same-origin", origin: "https://elsewhere.example" }, false],
  ["DELETE", { "sec-fetch-site": "same-origin", origin: home }, true],
  ["DELETE", { "x-corridor": "1", origin: "https://elsewhere.example" }, false],
];

describe("a request with a session", () => {
  for (const [method, headers, allowed] of cases) {
    it(`${method} with ${JSON.stringify(headers)} is ${allowed ? "ours" : "refused"}`, () => {
      const result = checkCrossSite({ method, headers, origin: home });
      assert.equal(result.ok, allowed);
      if (!result.ok)
        assert.deepEqual([result.problems[0].category, result.problems[0].code], ["forbidden", "cross-site"]);
    });
  }
});
