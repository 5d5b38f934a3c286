/** Links are changed while messages flow. Issue: pathology links, deploy and roll back without dropping a connection. */
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { type TestContext, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import {
  deliveryDefinition,
  deploy,
  destinationSwitchDefinition,
  type LinkSwitch,
  linkBookDefinition,
  linkConfigurationDefinition,
  linkMessageDefinition,
  linkSwitchDefinition,
  SenderMaps,
} from "#departments/clinical";
import { countingIds, expectOk, type Json, silentLog, silentMeter } from "#kernel";
import { freshAccess } from "../../../test/access.ts";
import { anOruR01 } from "../../../test/builders/index.ts";
import { aSender, type HandSender } from "../../../test/doors/mllp.ts";
import { wardTime } from "../../../test/ward/index.ts";
import { readConfig } from "../config.ts";
import { openCommitted } from "./committed.ts";
import { openDeliveries } from "./deliveries.ts";
import { type Links, openLinks } from "./links.ts";

const kinds = [
  linkMessageDefinition,
  linkConfigurationDefinition,
  deliveryDefinition,
  destinationSwitchDefinition,
  linkBookDefinition,
  linkSwitchDefinition,
];

async function opened(t: TestContext) {
  const parts = await freshAccess({ kinds });
  const { record, access, clock } = parts;
  clock.advance(300 * 24 * 60 * 60_000); // to after the messages were sent
  const config = expectOk(readConfig({ CORRIDOR_MLLP_PORT: "0" }));
  const given = { config, record, access, clock, hospitalTime: wardTime, ids: countingIds("ack"), log: silentLog };
  const { cursors } = parts.store;
  const deliveries = openDeliveries({ ...given, cursors });
  t.after(() => deliveries.close());
  const shared = { ...given, deliveries, cursors, safeguardsOf: () => ({}) };
  const committed = openCommitted({ ...shared, settingsOf: (link) => links.settingsOf(link) });
  const links: Links = openLinks({
    ...shared,
    committed,
    codes: new SenderMaps(),
    meter: silentMeter,
    statusChanged: () => {},
  });
  t.after(() => links.close());
  expectOk(await links.open());
  const by = { reference: "User/baker", display: "Tom Baker" };
  const switchNow = async (link: string, isStopped: boolean) => {
    const at = "2026-03-02T09:00:00.000Z";
    const comment = "The laboratory moves its servers.";
    const body: LinkSwitch = { link, isStopped, comment, by: by.reference, display: by.display, at };
    expectOk(await record.transact({ operations: [{ action: "update", kind: "LinkSwitch", id: link, body }] }));
  };
  const deployNow = async (files: Readonly<Record<string, Json>>) => {
    const list = Object.entries(files).map(([path, json]) => ({ path, json }));
    expectOk(await deploy(record, { files: list, why: "a test", by, deployedAt: "2026-03-02T09:00:00.000Z" }));
  };
  const state = (name: string) => links.statuses().find((each) => each.name === name);
  const until = async (isSo: () => boolean, withinMs = 5_000) => {
    for (const from = performance.now(); !isSo(); await setTimeout(10))
      if (performance.now() - from > withinMs)
        assert.fail(`not within ${withinMs} ms: ${JSON.stringify(links.statuses())}`);
  };
  return { ...parts, links, deployNow, switchNow, state, until };
}

/** Sends a message and waits for its acknowledgement. */
async function answerTo({ write, answers, socket }: HandSender, message: string): Promise<string> {
  const before = answers().length;
  await write(`␋${message}␜␍`);
  const answer = () => answers().slice(before);
  while (!answer().endsWith("␜␍")) {
    assert.equal(socket.destroyed, false, "the connection is kept");
    await setTimeout(2);
  }
  return answer();
}

function portOf(address: string | undefined): number {
  return Number(address?.split(":").at(-1));
}

async function aFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const lab = (title: string, port: number): Json => ({ title, intake: { by: "mllp", port } });

test("a deployment while messages flow loses none and keeps the connections", async (t) => {
  const { links, deployNow, state, until, record } = await opened(t);
  const address = links.address();
  const senders = [1, 2, 3].map(() => aSender(t, portOf(address)));
  let isOver = false;
  let sent = 0;
  const flows = senders.map(async (sender, at) => {
    for (let n = 0; !isOver; n += 1) {
      const answer = await answerTo(sender, anOruR01({ controlId: `M${at}-${n}`, filler: `F${at}-${n}` }));
      assert.match(answer, /MSA\|AA\|/);
      sent += 1;
    }
  });
  await until(() => sent > 5);
  await deployNow({ "links/lab.json": lab("The laboratory", 0), "links/blood.json": lab("Blood bank", 0) });
  await until(() => state("lab")?.title === "The laboratory" && state("blood")?.state === "listening");
  const before = sent;
  await until(() => sent > before + 5);
  assert.deepEqual([state("lab")?.connections, links.address()], [3, address]);
  isOver = true;
  await Promise.all(flows);
  const query = { kind: "LinkMessage", all: [], sort: { by: "updated", descending: false }, limit: 1 } as const;
  assert.equal(expectOk(await record.count(query)), sent);
});

test("links that exchange their ports both listen again", async (t) => {
  const { deployNow, state, until } = await opened(t);
  const [one, two] = [await aFreePort(), await aFreePort()];
  await deployNow({ "links/a.json": lab("A", one), "links/b.json": lab("B", two) });
  await until(() => state("b")?.stateText === `listening on 127.0.0.1:${two}`);
  await deployNow({ "links/a.json": lab("A", two), "links/b.json": lab("B", one) });
  await until(() => state("b")?.stateText === `listening on 127.0.0.1:${one}`);
  assert.equal(state("a")?.stateText, `listening on 127.0.0.1:${two}`);
  assert.equal(state("lab"), undefined);
});

test("a link whose port is taken says so, goes on as before, and stops no other", async (t) => {
  const { deployNow, state, until } = await opened(t);
  const stranger = createServer();
  await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
  t.after(() => stranger.close());
  const { port } = stranger.address() as { port: number };
  await deployNow({ "links/lab.json": lab("Laboratory", port), "links/blood.json": lab("Blood bank", 0) });
  await until(() => state("blood")?.state === "listening");
  assert.equal(state("lab")?.state, "failed");
  assert.match(
    state("lab")?.stateText ?? "",
    new RegExp(`^Port ${port} on 127.0.0.1 is used .* Still listening on 127`),
  );
});

test("a link that a person stops takes nothing, says who and why, stays so over a deployment, and starts again", async (t) => {
  const { links, deployNow, switchNow, state, until } = await opened(t);
  await deployNow({ "links/lab.json": lab("Laboratory", 0), "links/blood.json": lab("Blood bank", 0) });
  await until(() => state("blood")?.state === "listening");
  await switchNow("lab", true);
  await until(() => state("lab")?.state === "stopped");
  assert.equal(state("lab")?.stateText, "stopped by Tom Baker: The laboratory moves its servers.");
  assert.equal(links.address(), state("blood")?.stateText.replace("listening on ", ""));
  await deployNow({ "links/lab.json": lab("The laboratory", 0), "links/blood.json": lab("Blood bank", 0) });
  await until(() => state("lab")?.title === "The laboratory");
  assert.deepEqual([state("lab")?.state, state("blood")?.state], ["stopped", "listening"]);
  await switchNow("lab", false);
  await until(() => state("lab")?.state === "listening");
});
