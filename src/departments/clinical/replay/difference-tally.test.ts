/** The same difference in how many messages, with examples. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { limits } from "#kernel";
import { DifferenceTally } from "./difference-tally.ts";
import { differencesOf, type Foreseen, outcomeText } from "./foreseen.ts";

function foreseen(value: number, changes: Partial<Foreseen> = {}): Foreseen {
  return {
    outcome: "taken",
    destinations: ["gp"],
    resources: new Map([["Observation/1", { component: [{ value }, { value }] }]]),
    ...changes,
  };
}

test("a difference that a message has twice counts once, and is told of several messages", () => {
  const tally = new DifferenceTally();
  for (let at = 1; at <= 7; at += 1) tally.add(`m${at}`, differencesOf(foreseen(1), foreseen(2)));
  tally.add("m8", differencesOf(foreseen(1), foreseen(1)));
  const { messages, different, groups } = tally.report();
  assert.deepEqual([messages, different], [8, 7]);
  assert.deepEqual(
    groups.map(({ difference, messages: many }) => [difference, many]),
    [[{ is: "element", kind: "Observation", element: "component.value", change: "changed" }, 7]],
  );
  assert.deepEqual(
    groups[0]?.examples.map(({ message }) => message),
    ["m1", "m2", "m3", "m4", "m5"],
  );
  assert.deepEqual(groups[0]?.examples[0], {
    message: "m1",
    resource: "Observation/1",
    where: "component[0].value",
    before: "1",
    after: "2",
  });
});

test("outcomes, destinations and whole resources that differ are differences too, those in most messages first", () => {
  const tally = new DifferenceTally();
  const held = foreseen(1, { outcome: "held: unknown-code", destinations: [], resources: new Map() });
  tally.add("m1", differencesOf(foreseen(1), held));
  tally.add("m2", differencesOf(foreseen(1), foreseen(1, { destinations: [] })));
  assert.deepEqual(
    tally.report().groups.map(({ difference, messages }) => [difference, messages]),
    [
      [{ is: "destination", destination: "gp", change: "removed" }, 2],
      [{ is: "outcome", before: "taken", after: "held: unknown-code" }, 1],
      [{ is: "resource", kind: "Observation", change: "not-made" }, 1],
    ],
  );
});

test("a long value is cut in an example", () => {
  const tally = new DifferenceTally();
  const text = (value: string) => foreseen(1, { resources: new Map([["Observation/1", { valueString: value }]]) });
  tally.add("m1", differencesOf(text("a"), text("b".repeat(10_000))));
  const [group] = tally.report().groups;
  assert.equal(group?.examples[0]?.after?.length, limits.replayValueCharactersMax + 1);
});

test("kinds of difference beyond the limit are counted", () => {
  const tally = new DifferenceTally();
  const many = limits.replayGroupsMax + 3;
  const after = Object.fromEntries(Array.from({ length: many }, (_, at) => [`element${at}`, "x"]));
  const bodies = (body: Readonly<Record<string, string>>) => foreseen(1, { resources: new Map([["Basic/1", body]]) });
  tally.add("m1", differencesOf(bodies({}), bodies(after)));
  const { groups, groupsLeftOut } = tally.report();
  assert.deepEqual([groups.length, groupsLeftOut], [limits.replayGroupsMax, 3]);
});

test("a message that is stale was taken, and one that is held says why", () => {
  assert.equal(outcomeText("stale", [{ code: "older-than-recorded" }]), "taken");
  assert.equal(outcomeText("held", [{ code: "unknown-code" }, { code: "unknown-code" }]), "held: unknown-code");
  assert.equal(outcomeText("routed", []), "routed");
});
