// HL7 Transport Specification MLLP, Release 1; the cases are in frame-vectors.ts.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { expectOk } from "#kernel";
import {
  awaitsCr,
  closeFrames,
  type FrameState,
  type FrameStep,
  frameMessage,
  noFrames,
  settleFrames,
  splitFrames,
} from "./frame.ts";
import { frameVectors, fromWire, toWire } from "./frame-vectors.ts";

const options = { frameBytesMax: 1_000 };

/** Everything that the packets gave, with the step of each appended to the ones before. */
function receive(packets: Iterable<Uint8Array>, frameBytesMax = options.frameBytesMax): FrameStep {
  const all = { frames: [] as Uint8Array[], skipped: [] as FrameStep["skipped"][number][], problems: [] as unknown[] };
  let state: FrameState = noFrames;
  for (const packet of packets) {
    const step = splitFrames(state, packet, { frameBytesMax });
    all.frames.push(...step.frames);
    all.skipped.push(...step.skipped);
    all.problems.push(...step.problems);
    state = step.state;
  }
  return { state, ...all } as FrameStep;
}

function summary(step: FrameStep) {
  return {
    frames: step.frames.map(fromWire),
    problems: step.problems.map((problem) => `${problem.code} ${problem.where}: ${problem.message}`),
    skipped: step.skipped.map(({ bytes }) => fromWire(bytes)).join(""),
    state: { ...step.state, content: undefined },
  };
}

/** Cuts the bytes at positions of a seeded random sequence. */
function cut(bytes: Uint8Array, random: () => number): Uint8Array[] {
  const packets: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = 1 + Math.floor(random() * Math.min(12, bytes.length - at));
    packets.push(bytes.subarray(at, at + length));
    at += length;
  }
  return packets;
}

function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("MLLP frames", () => {
  for (const vector of frameVectors) {
    it(vector.title, () => {
      const step = receive(vector.packets.map(toWire), vector.frameBytesMax);
      assert.deepEqual(step.frames.map(fromWire), vector.frames);
      assert.deepEqual(
        step.problems.map((problem) => problem.code),
        vector.problems ?? [],
      );
      assert.equal(step.skipped.map(({ bytes }) => fromWire(bytes)).join(""), vector.skipped ?? "");
    });
  }

  it("C: two connections do not disturb each other, because each has its own state", () => {
    const first = splitFrames(noFrames, toWire("␋MSH|on"), options);
    const second = splitFrames(noFrames, toWire("␋MSH|tw"), options);
    const firstEnd = splitFrames(first.state, toWire("e␍␜␍"), options);
    const secondEnd = splitFrames(second.state, toWire("o␍␜␍"), options);
    assert.deepEqual([...firstEnd.frames, ...secondEnd.frames].map(fromWire), ["MSH|one␍", "MSH|two␍"]);
  });

  it("gives the same frames, problems and skipped bytes for 10,000 random cuts of all vectors", () => {
    const random = seededRandom(20_260_224);
    for (let round = 0; round < 10_000; round += 1) {
      const vector = frameVectors[round % frameVectors.length];
      assert.ok(vector !== undefined);
      const wire = toWire(vector.packets.join(""));
      const whole = receive([wire], vector.frameBytesMax);
      assert.deepEqual(summary(receive(cut(wire, random), vector.frameBytesMax)), summary(whole), vector.title);
    }
  });

  it("never throws, and loses no byte, whatever bytes come and however they are cut", () => {
    const byte = fc.oneof(fc.constantFrom(0x0b, 0x1c, 0x0d, 0x4d), fc.nat(255));
    const packets = fc.array(
      fc.uint8Array({ maxLength: 20 }).chain((base) => fc.array(byte).map((more) => [base, more])),
    );
    fc.assert(
      fc.property(packets, (pieces) => {
        const received = pieces.flatMap(([base, more]) => [Uint8Array.from(base ?? []), Uint8Array.from(more ?? [])]);
        const step = receive(received, 30);
        const { frames, skipped } = closeFrames(step.state);
        const kept = [...step.frames, ...frames, ...[...step.skipped, ...skipped].map((piece) => piece.bytes)];
        const wire = received
          .flatMap((packet) => [...packet])
          .filter((one) => one !== 0x0b && one !== 0x1c && one !== 0x0d);
        const held = kept.flatMap((piece) => [...piece]).filter((one) => one !== 0x0b && one !== 0x1c && one !== 0x0d);
        assert.deepEqual(held.toSorted(), wire.toSorted());
        assert.deepEqual(
          summary(receive([Uint8Array.from(received.flatMap((packet) => [...packet]))], 30)),
          summary(step),
        );
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });

  it("says how many bytes were skipped before which frame, line ends not counted", () => {
    const { problems } = receive([toWire("␋MSH|1␍␜␍"), toWire("lost␍␊"), toWire("␋MSH|2␍␜␍")]);
    assert.deepEqual(problems, [
      {
        category: "incorrect",
        code: "frame-garbage",
        message: "4 bytes outside any frame were skipped.",
        where: "frame[2]",
      },
    ]);
  });

  it("waits for the CR after EB until it is told that the line is quiet", () => {
    const waiting = splitFrames(noFrames, toWire("␋MSH|1␍␜"), options);
    assert.deepEqual(waiting.frames, []);
    assert.equal(awaitsCr(waiting.state), true);

    const settled = settleFrames(waiting.state);
    assert.deepEqual(settled.frames.map(fromWire), ["MSH|1␍"]);
    assert.deepEqual(
      settled.problems.map(({ code, message, where }) => ({ code, message, where })),
      [{ code: "frame-end-incomplete", message: "The frame ends with 1C and no 0D.", where: "frame[1]" }],
    );
    assert.equal(awaitsCr(settled.state), false);
  });

  it("takes a CR that comes after all as the end of the settled frame, not as garbage", () => {
    const settled = settleFrames(splitFrames(noFrames, toWire("␋MSH|1␍␜"), options).state);
    const late = splitFrames(settled.state, toWire("␍␋MSH|2␍␜␍"), options);
    assert.deepEqual(late.frames.map(fromWire), ["MSH|2␍"]);
    assert.deepEqual(late.problems, []);
  });

  it("does not settle a frame that is still open", () => {
    const open = splitFrames(noFrames, toWire("␋MSH|1␍"), options);
    assert.deepEqual(settleFrames(open.state), { state: open.state, frames: [], skipped: [], problems: [] });
  });

  it("reports a frame that the end of the connection broke off", () => {
    const closed = closeFrames(splitFrames(noFrames, toWire("␋MSH|1␍PID"), options).state);
    assert.deepEqual(summary(closed), {
      frames: [],
      problems: ["frame-truncated frame[1]: A frame was broken off after 9 bytes."],
      skipped: "MSH|1␍PID",
      state: { ...noFrames, content: undefined },
    });
  });

  it("hands out a frame that the end of the connection left without CR", () => {
    const closed = closeFrames(splitFrames(noFrames, toWire("␋MSH|1␍␜"), options).state);
    assert.deepEqual(closed.frames.map(fromWire), ["MSH|1␍"]);
  });

  it("gives frames that later bytes of the connection cannot change, and is a pure function of its state", () => {
    const half = splitFrames(noFrames, toWire("␋MSH|"), options).state;
    const one = splitFrames(half, toWire("one␜␍"), options);
    const other = splitFrames(half, toWire("other␜␍"), options);
    assert.deepEqual(
      [one, other].map((step) => step.frames.map(fromWire)),
      [["MSH|one"], ["MSH|other"]],
    );
  });

  it("takes time in proportion to the bytes, also when a large frame comes byte by byte", () => {
    const seconds = (length: number) => {
      const start = performance.now();
      let state = splitFrames(noFrames, Uint8Array.of(0x0b), { frameBytesMax: length }).state;
      const letter = Uint8Array.of(0x41);
      for (let at = 0; at < length; at += 1) state = splitFrames(state, letter, { frameBytesMax: length }).state;
      assert.equal(splitFrames(state, Uint8Array.of(0x1c, 0x0d), { frameBytesMax: length }).frames[0]?.length, length);
      return (performance.now() - start) / 1_000;
    };
    seconds(20_000);
    // Quadratic copying would move 20 GB here and take many seconds.
    assert.ok(seconds(200_000) < 3);
  });

  it("writes what it reads", () => {
    const content = toWire("MSH|^~\\&|LAB␍PID|1␍");
    const frame = expectOk(frameMessage(content));
    assert.equal(fromWire(frame), "␋MSH|^~\\&|LAB␍PID|1␍␜␍");
    assert.deepEqual(receive([frame]).frames, [content]);
  });

  it("refuses to frame a message that a receiver could cut in two", () => {
    const result = frameMessage(toWire("MSH|1␍OBX|␜␍"));
    assert.deepEqual(result, {
      ok: false,
      problems: [
        {
          category: "incorrect",
          code: "frame-content-forbidden",
          message: "A message that holds the byte 0B or 1C cannot be sent over MLLP.",
        },
      ],
    });
  });
});
