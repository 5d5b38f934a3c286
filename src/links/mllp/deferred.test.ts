/** Acknowledgements that come after others. Source: HL7 v2.5.1 §2.9.3. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as passed } from "node:timers/promises";
import { until } from "../../../test/doors/http.ts";
import { anOpenLink, aSender, latin1, text } from "../../../test/doors/mllp.ts";
import type { Replies } from "./settings.ts";

/** Answers `CA <message>` now and `AA <message>` when it is told so. */
function aDeferringReceiver() {
  const ready = new Map<string, { give(answer?: Uint8Array): void; fail(): void }>();
  return {
    give: (message: string) => ready.get(message)?.give(latin1(`AA ${message}`)),
    giveNothing: (message: string) => ready.get(message)?.give(),
    fail: (message: string) => ready.get(message)?.fail(),
    async receive(message: Uint8Array): Promise<Replies> {
      const later = new Promise<Uint8Array | undefined>((resolve, reject) => {
        ready.set(text(message), { give: resolve, fail: () => reject(new Error("the delivery broke")) });
      });
      return { now: latin1(`CA ${text(message)}`), later: [later] };
    },
  };
}

test("an application acknowledgement is sent when it comes, whatever was received or acknowledged since", async (t) => {
  const { receive, give } = aDeferringReceiver();
  const link = await anOpenLink(t, { receive });
  const sender = aSender(t, link.port);
  await sender.write("␋1␜␍␋2␜␍");
  await until(() => sender.answers() === "␋CA 1␜␍␋CA 2␜␍");
  give("2");
  await until(() => sender.answers().endsWith("␋AA 2␜␍"));
  await sender.write("␋3␜␍");
  await until(() => sender.answers().endsWith("␋CA 3␜␍"));
  give("1");
  give("3");
  await until(() => sender.answers() === "␋CA 1␜␍␋CA 2␜␍␋AA 2␜␍␋CA 3␜␍␋AA 1␜␍␋AA 3␜␍");
  assert.ok(link.counted.includes("corridor_mllp_deferred_acknowledgements_total pathology sent"));
});

test("it never comes before the commit of its own message, even when it is ready before", async (t) => {
  let isFirst = true;
  const receive = async (message: Uint8Array): Promise<Replies> => {
    if (isFirst) {
      isFirst = false;
      await passed(30);
    }
    return { now: latin1(`CA ${text(message)}`), later: [Promise.resolve(latin1(`AA ${text(message)}`))] };
  };
  const link = await anOpenLink(t, { receive });
  const sender = aSender(t, link.port);
  await sender.write("␋1␜␍␋2␜␍");
  await until(() => sender.answers().length === "␋CA 1␜␍".length * 4);
  const answers = sender.answers();
  assert.ok(answers.startsWith("␋CA 1␜␍"));
  assert.ok(answers.indexOf("AA 2") > answers.indexOf("CA 2"));
});

test("a message without a commit may have one, and one without either costs nothing", async (t) => {
  const receive = async (message: Uint8Array): Promise<Replies> => ({
    now: undefined,
    later: [Promise.resolve(text(message) === "quiet" ? undefined : latin1(`AA ${text(message)}`))],
  });
  const link = await anOpenLink(t, { receive });
  const sender = aSender(t, link.port);
  await sender.write("␋quiet␜␍␋loud␜␍");
  await until(() => sender.answers() === "␋AA loud␜␍");
});

test("one that fails is logged and not sent; the connection goes on", async (t) => {
  const { receive, give, fail } = aDeferringReceiver();
  const link = await anOpenLink(t, { receive });
  const sender = aSender(t, link.port);
  await sender.write("␋1␜␍␋2␜␍");
  await until(() => sender.answers() === "␋CA 1␜␍␋CA 2␜␍");
  fail("1");
  give("2");
  await until(() => sender.answers() === "␋CA 1␜␍␋CA 2␜␍␋AA 2␜␍");
  assert.ok(link.logged.some(({ event }) => event === "mllp application acknowledgement failed"));
  assert.ok(link.counted.includes("corridor_mllp_deferred_acknowledgements_total pathology unsent"));
});

test("one whose connection has closed is logged and counted", async (t) => {
  const { receive, give } = aDeferringReceiver();
  const link = await anOpenLink(t, { receive });
  const sender = aSender(t, link.port);
  await sender.write("␋1␜␍");
  await until(() => sender.answers() === "␋CA 1␜␍");
  sender.socket.resetAndDestroy();
  await until(() => link.connections().length === 0);
  give("1");
  await until(() => link.counted.includes("corridor_mllp_deferred_acknowledgements_total pathology unsent"));
});

test("a sender that has said all it had to say still gets those that are to come", async (t) => {
  const { receive, give } = aDeferringReceiver();
  const link = await anOpenLink(t, { receive });
  const sender = aSender(t, link.port);
  sender.socket.end(latin1("␋1␜␍"));
  await until(() => sender.answers() === "␋CA 1␜␍");
  give("1");
  await sender.ended;
  assert.equal(sender.answers(), "␋CA 1␜␍␋AA 1␜␍");
});

test("with `mllpDeferredMax` of them to come the sender is held back", async (t) => {
  const { receive, give, giveNothing } = aDeferringReceiver();
  const link = await anOpenLink(t, { receive, limits: { mllpDeferredMax: 2 } });
  const sender = aSender(t, link.port);
  await sender.write("␋1␜␍␋2␜␍");
  await until(() => sender.answers() === "␋CA 1␜␍␋CA 2␜␍");
  await sender.write("␋3␜␍␋4␜␍");
  await passed(30);
  assert.equal(link.received.length, 2);
  giveNothing("1");
  await until(() => link.received.length === 3);
  give("2");
  await until(() => link.received.length === 4);
});

test("a stop waits for them", async (t) => {
  const { receive, give } = aDeferringReceiver();
  const link = await anOpenLink(t, { receive });
  const sender = aSender(t, link.port);
  await sender.write("␋1␜␍");
  await until(() => sender.answers() === "␋CA 1␜␍");
  const stopped = link.stop();
  await passed(10);
  give("1");
  await sender.ended;
  sender.socket.end();
  await stopped;
  assert.equal(sender.answers(), "␋CA 1␜␍␋AA 1␜␍");
});
