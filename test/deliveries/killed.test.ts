/** kill -9 at any time: nothing is lost, nothing of a lane comes out of order, and one of a lane is sent again at most. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { startKillable } from "../killable.ts";
import { freshRecord } from "../record.ts";
import { deliveryKinds, queueSome } from "./hall.ts";

const lanes = 12;
const each = 100;
const kills = 3;

test("a process that delivers is killed again and again", async () => {
  const parts = await freshRecord({ kinds: deliveryKinds });
  const messages = Array.from({ length: lanes * each }, (_, at) => [`l${at % lanes}`, `l${at % lanes}-${at}`] as const);
  await queueSome(parts, "gp", messages);
  const received: string[] = [];
  for (let killed = 0; killed < kills; killed += 1) {
    const before = new Set(received);
    const run = await deliveriesUntilKilled(parts.connection, (run) => run.length >= 60 + 25 * killed);
    const again = run.filter((controlId) => before.has(controlId)).map(laneOf);
    assert.equal(new Set(again).size, again.length, "one of a lane at most is sent again");
    received.push(...run);
  }
  const isAll = (run: readonly string[]) => new Set([...received, ...run]).size === lanes * each;
  received.push(...(await deliveriesUntilKilled(parts.connection, isAll)));
  assert.equal(new Set(received).size, lanes * each, "nothing is lost");
  assert.deepEqual(disorders(received), []);
});

function laneOf(controlId: string): string {
  return controlId.split("-")[0] ?? "";
}

/** Those that come before one that was queued before them and has not come yet. */
function disorders(received: readonly string[]): readonly string[] {
  const next = new Map<string, number>();
  return received.filter((controlId) => {
    const lane = laneOf(controlId);
    const number = Number(controlId.split("-")[1]);
    const expected = next.get(lane) ?? Number(lane.slice(1));
    if (number === expected) next.set(lane, number + lanes);
    return number > expected;
  });
}

/** What reaches the destination from a process that is killed when that is enough. */
async function deliveriesUntilKilled(
  connection: unknown,
  isEnough: (run: readonly string[]) => boolean,
): Promise<readonly string[]> {
  const program = join(import.meta.dirname, "delivering-process.ts");
  const child = startKillable([program, JSON.stringify(connection)]);
  let text = "";
  const run = () => text.split("\n").filter((line) => line !== "");
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    text += part;
    if (isEnough(run())) child.kill("SIGKILL");
  });
  await once(child, "close");
  return run();
}
