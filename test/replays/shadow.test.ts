/** A set-up that does not run, tried on what came before: only what would be different is told, and nothing is written. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Difference, ShadowRunView } from "#departments/clinical/api";
import { expectOk } from "#kernel";
import { anOruR01, potassium } from "../builders/index.ts";
import { type LinksOfTest, linkFiles, replayHall, spoil, toGp } from "./hall.ts";

const elsewhere: LinksOfTest = {
  lab: {
    contract: { applications: ["PATHLAB"] },
    routes: [{ name: "all", when: {}, to: ["registry"] }],
  },
  destinations: ["registry"],
};

const asked = { days: 7, against: "deployed" };

async function aLinkWithTraffic() {
  const hall = await replayHall(toGp);
  hall.open();
  for (const at of [1, 2, 3]) {
    await hall.send(anOruR01({ controlId: `M${at}`, filler: `F${at}`, placer: `P${at}`, obx: [potassium] }));
  }
  await hall.send(
    anOruR01({ controlId: "M4", application: "BLOODBANK", filler: "F4", placer: "P4", obx: [potassium] }),
  );
  return hall;
}

async function run(hall: Awaited<ReturnType<typeof aLinkWithTraffic>>, body: unknown): Promise<ShadowRunView> {
  const { id } = await hall.ask<ShadowRunView>("POST", "/shadow-runs", body);
  return hall.until<ShadowRunView>(`/shadow-runs/${id}`, "done", "failed");
}

function told({ report }: ShadowRunView): readonly (readonly [Difference, number])[] {
  return report?.groups.map(({ difference, messages }) => [difference, messages] as const) ?? [];
}

test("what a set-up that is not deployed would do otherwise is told once, with in how many messages", async () => {
  const hall = await aLinkWithTraffic();
  const before = await hall.parts.record.position();
  const done = await run(hall, { ...asked, configuration: { files: linkFiles(elsewhere) } });
  assert.deepEqual([done.state, done.total, done.report?.different], ["done", 4, 4]);
  assert.deepEqual(told(done), [
    [{ is: "destination", destination: "gp", change: "removed" }, 4],
    [{ is: "destination", destination: "registry", change: "added" }, 3],
    [{ is: "outcome", before: "taken", after: "held: sender-not-agreed" }, 1],
  ]);
  const { versions } = expectOk(await hall.parts.record.history({ isOldestFirst: true, after: before, limit: 1_000 }));
  const written = new Set(versions.map(({ kind }) => kind).filter((kind) => kind !== "AuditEvent"));
  assert.deepEqual([...written], ["ShadowRun"], "nothing else is written");
});

test("the set-up that runs differs in nothing from itself", async () => {
  const hall = await aLinkWithTraffic();
  const done = await run(hall, { ...asked, configuration: { files: linkFiles(toGp) } });
  assert.deepEqual([done.report?.messages, done.report?.different, told(done)], [4, 0, []]);
});

test("against what was recorded, it tells what the mapping makes otherwise by now", async () => {
  const hall = await aLinkWithTraffic();
  await spoil(hall);
  const done = await run(hall, { ...asked, against: "recorded", configuration: { files: linkFiles(toGp) } });
  assert.deepEqual(told(done), [
    [{ is: "element", kind: "Observation", element: "valueQuantity.value", change: "changed" }, 4],
  ]);
});

test("rows of a mapping that are changed are tried as well", async () => {
  const hall = await aLinkWithTraffic();
  await hall.send(`${anOruR01({ controlId: "M5", filler: "F5", placer: "P5", obx: [potassium] })}ZPD|1|front.jpg\r`);
  const rows = [{ add: "ZPD[Patient]", row: { from: "ZPD-2", to: "photo.title" }, because: "a photograph" }];
  const lab = { ...toGp.lab, mappingLayers: ["uk", "trust"] };
  const done = await run(hall, { ...asked, configuration: { files: linkFiles({ ...toGp, lab, rows }) } });
  assert.deepEqual(told(done), [[{ is: "element", kind: "Patient", element: "photo.title", change: "added" }, 1]]);
});

test("a version that was never deployed, and files that are wrong, are refused", async () => {
  const hall = await aLinkWithTraffic();
  assert.equal(await hall.ask("POST", "/shadow-runs", { ...asked, configuration: { version: 9 } }), "version-missing");
  const wrong = { files: [{ path: "links/lab.json", json: { title: "Lab" } }] };
  assert.equal(await hall.ask("POST", "/shadow-runs", { ...asked, configuration: wrong }), "configuration-incorrect");
});
