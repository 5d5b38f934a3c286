/** The laboratory that sends while the demonstration runs. */
import assert from "node:assert/strict";
import test from "node:test";
import { aLaboratory } from "../../../../test/laboratory.ts";
import { messagesOf, storiesOf } from "../hospital.ts";
import { randomOf } from "../random.ts";
import { isInWard } from "../story/beds.ts";
import { type LiveMessage, liveMessages } from "./live-messages.ts";

const asOfMs = Date.parse("2026-11-23T09:30:00Z");
const stories = storiesOf({ seed: 7, patients: 40, asOfMs }).filter(isInWard);

function sentFrom(startedMs: number, count: number): readonly LiveMessage[] {
  const messages = liveMessages({ stories, startedMs, random: randomOf(3) });
  return Array.from({ length: count }, (_, at) => messages.next(startedMs + at * 10_000));
}

test("there are patients in wards to report on, and each kind of message comes up", () => {
  assert.ok(stories.length > 3);
  const kinds = new Set(sentFrom(asOfMs, 400).map(({ kind }) => kind));
  assert.equal(kinds.size, 10, [...kinds].join(", "));
});

test("what is meant to be taken is taken; what is meant to be caught is caught", async () => {
  const { send } = await aLaboratory();
  for (const story of stories) {
    for (const { bytes } of messagesOf(story, asOfMs).slice(0, 2)) assert.equal((await send(bytes)).code, "AA");
  }
  const codes = { taken: "AA", held: "AE", rejected: "AR" } as const;
  for (const { bytes, meant, kind } of sentFrom(asOfMs, 150)) {
    const reply = await send(bytes);
    assert.equal(reply.code, codes[meant], `${kind}\n${reply.text}\n${Buffer.from(bytes).toString("latin1")}`);
  }
});

test("a laboratory that starts again never uses a control id or a specimen number again", () => {
  const specimens = (messages: readonly LiveMessage[]) =>
    messages.flatMap(({ bytes }) => /OBR\|1\|[^|]*\|([^|]+)/.exec(Buffer.from(bytes).toString("latin1"))?.[1] ?? []);
  const [first, second] = [sentFrom(asOfMs, 100), sentFrom(asOfMs + 1, 100)];
  const controlIds = [...first, ...second].map(({ controlId }) => controlId);
  assert.equal(new Set(controlIds).size, 200);
  assert.ok(controlIds.every((controlId) => controlId.length <= 20));
  const again = new Set(specimens(first));
  assert.deepEqual(
    specimens(second).filter((number) => again.has(number)),
    [],
  );
});
