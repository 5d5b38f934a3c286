/** A process that delivers until it is killed: each control id that reaches the destination is a line on standard output. */
import { writeSync } from "node:fs";
import { workerActor } from "#access";
import { DeliveryEngine } from "#departments/clinical";
import { ok, silentLog } from "#kernel";
import { contextOf } from "../handler-context.ts";
import { freshRecord } from "../record.ts";
import { accepted, aDestination, deliveryKinds } from "./hall.ts";

const parts = await freshRecord({ kinds: deliveryKinds, connection: JSON.parse(process.argv[2] ?? "") });

new DeliveryEngine({
  destinations: [aDestination("gp")],
  senderFor: () => ({
    send: async ({ controlId }) => {
      writeSync(1, `${controlId}\n`);
      return accepted;
    },
    status: () => ({ state: "connected", text: "standard output" }),
    close: async () => {},
  }),
  open: () => ({ context: contextOf(parts, workerActor("deliveries")), witness: async () => ok(undefined) }),
  feed: parts.record,
  cursors: parts.store.cursors,
  clock: parts.clock,
  log: silentLog,
  escalate: () => {},
});
