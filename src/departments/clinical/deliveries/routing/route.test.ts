/** Which messages go where, by rules that are data. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { anOruR01 } from "../../../../../test/builders/index.ts";
import type { RouteCondition, RouteSettings } from "../../configuration/link-settings.ts";
import { readSent } from "../../messages/sent-message.ts";
import { compileCondition } from "./condition.ts";
import { compileRoutes } from "./route.ts";

const result = readSent(
  new TextEncoder().encode(
    "MSH|^~\\&|PATHLAB|MEADOWLAB|CORRIDOR|WARD|20261123||ORU^R01|M1|P|2.4\r" +
      "PID|1||100~200^^^MEADOW^MR\r" +
      "OBR|1||F1|FBC^Full blood count|||||||||||||||||||||HM\r" +
      "OBR|2||F2|CULT^Culture|||||||||||||||||||||MB\r",
  ),
);

const rows: readonly (readonly [says: string, condition: RouteCondition, isMet: boolean])[] = [
  ["everything fits a condition that says nothing", {}, true],
  ["a type with its event", { types: ["ADT^A01", "ORU^R01"] }, true],
  ["a type for all its events", { types: ["ORU"] }, true],
  ["another event of the type", { types: ["ORU^R30"] }, false],
  ["the sending application", { senders: ["PATHLAB"] }, true],
  ["the sending facility", { senders: ["MEADOWLAB"] }, true],
  ["another sender", { senders: ["BLOODBANK"] }, false],
  ["the receiving facility, MSH-6", { receivers: ["WARD"] }, true],
  ["the receiving application is not it", { receivers: ["CORRIDOR"] }, false],
  ["a value in any occurrence of a segment", { fields: { "OBR-25": ["MB"] } }, true],
  ["a value in the occurrence that is named", { fields: { "OBR[1]-25": ["MB"] } }, false],
  ["a value in any repetition", { fields: { "PID-3.1": ["200"] } }, true],
  ["a value in the repetition that is named", { fields: { "PID-3[1].1": ["200"] } }, false],
  ["all that are given must hold", { types: ["ORU"], senders: ["BLOODBANK"] }, false],
  ["what is excluded", { types: ["ORU"], not: { fields: { "OBR-25": ["MB"] } } }, false],
  ["what is not excluded", { types: ["ORU"], not: { senders: ["BLOODBANK"] } }, true],
  ["a path that names no field", { fields: { OBR: ["1"] } }, false],
];

for (const [says, condition, isMet] of rows) {
  test(`${says}: ${isMet ? "met" : "not met"}`, () => assert.equal(compileCondition(condition)(result), isMet));
}

const route = (name: string, when: RouteCondition, ...to: string[]): RouteSettings => ({ name, when, to });

test("a message goes to the destinations of every route that fits, to each once", () => {
  const routed = compileRoutes([
    route("all", {}, "archive", "gp"),
    route("results", { types: ["ORU"] }, "gp", "registry"),
    route("orders", { types: ["ORM"] }, "laboratory"),
  ])(readSent(new TextEncoder().encode(anOruR01())));
  assert.deepEqual(routed, {
    to: [
      { destination: "archive", route: "all" },
      { destination: "gp", route: "all" },
      { destination: "registry", route: "results" },
    ],
  });
});

test("a route without destinations filters what fits it, and no later route is asked", () => {
  const routes = compileRoutes([
    route("archive-first", {}, "archive"),
    route("no-results", { types: ["ORU"] }),
    route("rest", {}, "gp"),
  ]);
  const routed = routes(readSent(new TextEncoder().encode(anOruR01())));
  assert.deepEqual(routed, { to: [{ destination: "archive", route: "archive-first" }], filteredBy: "no-results" });
});

test("a message that no route fits goes nowhere", () => {
  const routed = compileRoutes([route("orders", { types: ["ORM"] }, "laboratory")])(result);
  assert.deepEqual(routed, { to: [] });
});
