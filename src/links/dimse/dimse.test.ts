/** Source: PS3.7 §8 to §10, PS3.8 §9. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, it } from "node:test";
import { expectOk } from "#kernel";
import { type DimseService, type FindAnswer, sopClasses, success } from "#standards/dimse";
import {
  aNode,
  anAssociation,
  anInstance,
  ctStorage,
  dataSetOf,
  echoing,
  explicitLittleUid,
  keeping,
  tryAssociation,
} from "../../../test/doors/dimse.ts";
import { until } from "../../../test/doors/http.ts";

const random = Uint8Array.from({ length: 700_001 }, (_, at) => (at * 31 + (at >> 8)) & 0xff);

describe("storing", () => {
  it("brings every byte over, in whatever pieces it comes, and tells who sent it", async (t) => {
    const node = await aNode(t);
    const association = await anAssociation(t, node);
    for (const [size, pieceBytes] of [
      [0, 1],
      [1, 1],
      [131_066, 1_000],
      [131_067, 131_067],
      [700_001, 70_000],
    ] as const) {
      const bytes = random.subarray(0, size);
      const outcome = await association.store(anInstance(`1.2.${size}`, bytes, pieceBytes));
      assert.deepEqual(outcome, { is: "answered", status: success });
      const kept = node.kept.at(-1);
      assert.deepEqual([kept?.sopInstance, kept?.caller], [`1.2.${size}`, "WARD3"]);
      assert.ok(Buffer.from(kept?.bytes ?? []).equals(bytes), `${size} bytes`);
    }
    assert.equal(node.associations()[0]?.instancesReceived, 5);
    await association.release();
    await until(() => node.associations().length === 0);
  });

  it("waits for a handler that is slow, so that memory does not grow with the object", async (t) => {
    const kept: string[] = [];
    let most = 0;
    const service: DimseService<string> = {
      sopClasses: "storage",
      async store({ dataSet, sopInstance }) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        for (let part = await dataSet.next(); part.is === "bytes"; part = await dataSet.next()) {
          most = Math.max(most, Buffer.concat(part.pieces).length);
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
        kept.push(sopInstance);
        return success;
      },
    };
    const limits = { dimseWaitingBytesMax: 200_000, dimseGatheredBytes: 50_000 };
    const node = await aNode(t, { services: [service], limits });
    const association = await anAssociation(t, node);
    const sixteen = Array.from({ length: 24 }, () => random);
    await association.store({ ...anInstance("1.2", random), dataSet: sixteen });
    assert.deepEqual(kept, ["1.2"]);
    assert.ok(most > 0 && most < 600_000, `${most} bytes waited at most`);
  });

  it("has several operations under way at once where that was agreed on, else one behind the other", async (t) => {
    for (const [windowWanted, expected] of [
      [4, 4],
      [1, 1],
    ] as const) {
      let [now, most] = [0, 0];
      const service: DimseService<string> = {
        sopClasses: "storage",
        async store() {
          now += 1;
          most = Math.max(most, now);
          await new Promise((resolve) => setTimeout(resolve, 10));
          now -= 1;
          return success;
        },
      };
      const node = await aNode(t, { services: [service] });
      const association = await anAssociation(t, { ...node, windowWanted });
      const stored = Array.from({ length: 6 }, (_, at) =>
        association.store(anInstance(`1.${at}`, random.subarray(0, 9))),
      );
      assert.ok((await Promise.all(stored)).every(({ is }) => is === "answered"));
      assert.equal(most, expected);
    }
  });

  it("tells of an instance that no context was accepted for without sending anything", async (t) => {
    const node = await aNode(t);
    const association = await anAssociation(t, node);
    const outcome = await association.store({ ...anInstance("1.2", random), transferSyntax: "1.2.840.10008.1.2.4.90" });
    assert.equal(outcome.is === "unsent" && outcome.problem.code, "dimse-no-context");
  });

  it("answers a service that throws, and one that cannot keep it, with a failure and stays open", async (t) => {
    const service: DimseService<string> = {
      sopClasses: "storage",
      async store({ sopInstance }) {
        if (sopInstance === "1.1") throw new Error("the disk is on fire");
        return { code: 0xa700, comment: "No room" };
      },
    };
    const node = await aNode(t, { services: [service, echoing] });
    const association = await anAssociation(t, node);
    const first = await association.store(anInstance("1.1", random));
    assert.equal(first.is === "answered" && first.status.code, 0x0110);
    assert.deepEqual(await association.store(anInstance("1.2", random)), {
      is: "answered",
      status: { code: 0xa700, comment: "No room" },
    });
    assert.deepEqual(expectOk(await association.echo()), success);
    assert.ok(node.logged.some(({ event }) => event === "dimse operation failed"));
  });

  it("tells the handler when the sender is gone in the middle", async (t) => {
    const parts: string[] = [];
    const service: DimseService<string> = {
      sopClasses: "storage",
      async store({ dataSet }) {
        let part = await dataSet.next();
        while (part.is === "bytes") part = await dataSet.next();
        parts.push(part.is);
        return success;
      },
    };
    const node = await aNode(t, { services: [service] });
    const association = await anAssociation(t, node);
    async function* dataSet() {
      yield random;
      await until(() => (node.associations()[0]?.bytesReceived ?? 0) > 100_000);
      association.abort();
    }
    const outcome = await association.store({ ...anInstance("1.1", random), dataSet: dataSet() });
    assert.equal(outcome.is, "broken");
    await until(() => parts.length > 0);
    assert.deepEqual(parts, ["broken"]);
  });
});

/** 250 matches for `*`, and for anything else as many as there are characters. */
const finding: DimseService<string> = {
  sopClasses: [sopClasses.studyRootFind],
  extensions: { isRelational: true, hasCombinedDateTime: false, hasFuzzyNames: false, hasTimezoneAdjustment: false },
  async *find({ identifier, extended, signal }) {
    const name = identifier.text("PatientName") ?? "";
    if (name === "forever") {
      for (let at = 0; !signal.aborted; at += 1) {
        yield { identifiers: [dataSetOf({ PatientID: `${at}` })] };
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
    const count = name === "*" ? 250 : name.length;
    const relational = extended.isRelational ? "relational" : "hierarchical";
    yield {
      identifiers: Array.from({ length: count }, (_, at) =>
        dataSetOf({ PatientID: `${at}`, StudyDescription: relational }),
      ),
    };
    return success;
  },
};

async function answersOf(answers: AsyncIterable<FindAnswer>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const answer of answers) {
    found.push(answer.is === "match" ? (answer.identifier.text("PatientID") ?? "") : answer.is);
  }
  return found;
}

const findContext = { sopClass: sopClasses.studyRootFind };

describe("finding", () => {
  it("gives every match in order, then the end, and knows what was agreed on", async (t) => {
    const node = await aNode(t, { services: [finding] });
    const extended = Uint8Array.of(1);
    const association = await anAssociation(t, { ...node, contexts: [{ ...findContext, extended }] });
    const all = await answersOf(association.find({ ...findContext, identifier: dataSetOf({ PatientName: "*" }) }));
    assert.deepEqual([all.length, all[0], all[249], all[250]], [251, "0", "249", "end"]);
    for await (const answer of association.find({ ...findContext, identifier: dataSetOf({ PatientName: "x" }) }))
      if (answer.is === "match") assert.equal(answer.identifier.text("StudyDescription"), "relational");
  });

  it("is cancelled by its signal, and by leaving the loop; the association goes on", async (t) => {
    const node = await aNode(t, { services: [finding, echoing] });
    const contexts = [findContext, { sopClass: sopClasses.verification }];
    const association = await anAssociation(t, { ...node, contexts });
    const identifier = dataSetOf({ PatientName: "forever" });
    const controller = new AbortController();
    let last: FindAnswer | undefined;
    for await (const answer of association.find({ ...findContext, identifier, signal: controller.signal })) {
      if (answer.is === "match" && answer.identifier.text("PatientID") === "5") controller.abort();
      last = answer;
    }
    assert.equal(last?.is === "end" && last.status.code, 0xfe00);
    for await (const _ of association.find({ ...findContext, identifier })) break;
    assert.deepEqual(expectOk(await association.echo()), success);
  });

  it("is refused where there is no such service", async (t) => {
    const node = await aNode(t, { services: [{ sopClasses: [sopClasses.studyRootFind] }] });
    const association = await anAssociation(t, { ...node, contexts: [findContext] });
    for await (const answer of association.find({ ...findContext, identifier: dataSetOf({ PatientName: "x" }) }))
      assert.equal(answer.is === "end" && answer.status.code, 0x0211);
  });
});

describe("retrieving", () => {
  const sopClass = sopClasses.studyRootGet;
  const none = { remaining: 0, completed: 0, failed: 0, warning: 0 };
  const getting: DimseService<string> = {
    sopClasses: [sopClass, sopClasses.studyRootMove],
    async *get({ store }) {
      const first = await store(anInstance("1.1", random));
      yield { ...none, remaining: 1, completed: 1 };
      const second = await store({ ...anInstance("1.2", random), sopClass: "1.2.840.10008.5.1.4.1.1.4" });
      const subOperations = {
        ...none,
        completed: first.is === "answered" ? 1 : 0,
        failed: second.is === "unsent" ? 1 : 0,
      };
      return { status: { code: 0xb000 }, subOperations, failedInstances: ["1.2"] };
    },
    async *move({ destination }) {
      yield { ...none, remaining: 2 };
      return { status: destination === "WS1" ? success : { code: 0xa801 }, subOperations: { ...none, completed: 2 } };
    },
  };

  it("brings instances back on the same association, and lists those that failed", async (t) => {
    const node = await aNode(t, { services: [getting, keeping([])] });
    const kept: Parameters<typeof keeping>[0] = [];
    const { store } = keeping(kept);
    const association = await anAssociation(t, {
      ...node,
      contexts: [{ sopClass }, { sopClass: ctStorage, transferSyntaxes: [explicitLittleUid], role: "scp" }],
      services: [{ sopClasses: "storage", ...(store && { store: (request) => store(request as never) }) }],
    });
    const progress: number[] = [];
    const end = expectOk(
      await association.get({
        sopClass,
        identifier: dataSetOf({ StudyInstanceUID: "1" }),
        progress: ({ completed }) => progress.push(completed),
      }),
    );
    assert.deepEqual([end.status.code, end.subOperations.completed, end.subOperations.failed], [0xb000, 1, 1]);
    assert.deepEqual([end.failedInstances, progress], [["1.2"], [1]]);
    assert.ok(Buffer.from(kept[0]?.bytes ?? []).equals(random));
  });

  it("sends to a node by its AE title", async (t) => {
    const node = await aNode(t, { services: [getting] });
    const wanted = { sopClass: sopClasses.studyRootMove, identifier: dataSetOf({ StudyInstanceUID: "1" }) };
    const association = await anAssociation(t, { ...node, contexts: [wanted] });
    for (const [destination, code] of [
      ["WS1", 0],
      ["NOBODY", 0xa801],
    ] as const) {
      const { status } = expectOk(await association.move({ ...wanted, destination }));
      assert.equal(status.code, code);
    }
  });
});

describe("N-services", () => {
  it("are asked and answered with their data sets, also back on the same association", async (t) => {
    const sopClass = sopClasses.storageCommitmentPush;
    const reported: number[] = [];
    const committing: DimseService<string> = {
      sopClasses: [sopClass],
      async normalized(request) {
        if (request.operation !== "N-ACTION") return { status: { code: 0x0211 } };
        const { dataSet, association } = request;
        const report = { operation: "N-EVENT-REPORT", sopClass, sopInstance: "1.2.9", eventType: 1 } as const;
        setImmediate(() => association.normalized({ ...report, ...(dataSet && { dataSet }) }));
        return { status: success };
      },
    };
    const node = await aNode(t, { services: [committing] });
    const association = await anAssociation(t, {
      ...node,
      contexts: [{ sopClass }],
      services: [
        {
          sopClasses: [sopClass],
          async normalized(request) {
            if (request.operation === "N-EVENT-REPORT" && request.dataSet?.text("TransactionUID") === "1.2.3")
              reported.push(request.eventType);
            return { status: success };
          },
        },
      ],
    });
    const dataSet = dataSetOf({ TransactionUID: "1.2.3" });
    const action = {
      operation: "N-ACTION",
      sopClass,
      sopInstance: "1.2.840.10008.1.20.1.1",
      actionType: 1,
      dataSet,
    } as const;
    const asked = await association.normalized(action);
    assert.deepEqual(asked.is === "answered" && asked.reply.status, success);
    await until(() => reported.length === 1);
    const deleted = await association.normalized({ operation: "N-DELETE", sopClass, sopInstance: "1.2" });
    assert.equal(deleted.is === "answered" && deleted.reply.status.code, 0x0211);
  });
});

describe("admission", () => {
  it("is decided by AE titles, address and user, and said in plain words", async (t) => {
    const node = await aNode(t, {
      admit: async ({ callingAe, calledAe, remoteAddress, userIdentity }) => {
        if (calledAe !== "CORRIDOR") return { is: "rejected", reason: "called-ae-unknown" };
        if (userIdentity?.is === "username") return { is: "rejected", reason: "not-allowed" };
        return { is: "accepted", caller: `${callingAe} ${remoteAddress}` };
      },
    });
    assert.deepEqual(expectOk(await (await anAssociation(t, node)).echo()), success);
    const refused = await tryAssociation({ ...node, calledAe: "STORESCP" });
    assert.equal(
      !refused.ok && refused.problems[0].message,
      `The node STORESCP at 127.0.0.1:${node.port} refused the association: called AE title not recognised.`,
    );
    const userIdentity = { is: "username", username: "ada" } as const;
    const other = await tryAssociation({ ...node, userIdentity });
    assert.equal(!other.ok && other.problems[0].category, "forbidden");
  });

  it("ends at the number of associations of one address, and says that it is for now", async (t) => {
    const node = await aNode(t, { limits: { dimseAssociationsOfAddressMax: 1 } });
    const first = await anAssociation(t, node);
    const second = await tryAssociation(node);
    assert.equal(!second.ok && second.problems[0].category, "unavailable");
    await first.release();
    await until(() => node.associations().length === 0);
    assert.ok((await tryAssociation(node)).ok);
  });

  it("is not for addresses outside the list, and a node that is not there is named", async (t) => {
    const node = await aNode(t, { allow: ["10.0.0.0/8"] });
    const refused = await tryAssociation(node);
    assert.equal(!refused.ok && refused.problems[0].code, "dimse-aborted");
    await node.stop();
    const gone = await tryAssociation(node);
    assert.equal(!gone.ok && gone.problems[0].code, "not-connected");
  });
});

describe("time-outs", () => {
  it("close a connection that asks for nothing, and one that stops in the middle of a message", async (t) => {
    const node = await aNode(t, { limits: { dimseArtimMs: 30, dimseSilenceTimeoutMs: 30, dimseIdleTimeoutMs: 60 } });
    const socket = connect(node.port, "127.0.0.1");
    t.after(() => socket.destroy());
    await new Promise((resolve) => socket.once("close", resolve).resume());
    const association = await anAssociation(t, node);
    await until(() => !association.isOpen());
  });

  it("give up a node that does not answer", async (t) => {
    const deaf: DimseService<string> = { sopClasses: [sopClasses.verification], echo: () => new Promise(() => {}) };
    const node = await aNode(t, { services: [deaf], limits: { drainTimeoutMs: 50 } });
    const association = await anAssociation(t, { ...node, answerTimeoutMs: 30 });
    const echoed = await association.echo();
    assert.equal(!echoed.ok && echoed.problems[0].code, "dimse-no-answer");
    assert.equal(association.isOpen(), false);
  });
});

describe("the end", () => {
  it("comes to what makes no sense with an abort, and to nobody else", async (t) => {
    const node = await aNode(t);
    const good = await anAssociation(t, node);
    const socket = connect(node.port, "127.0.0.1");
    const heard: Buffer[] = [];
    socket.on("data", (bytes) => heard.push(bytes)).write("GET / HTTP/1.1\r\n\r\n");
    await until(() => heard.length > 0);
    assert.equal(Buffer.concat(heard)[0], 7);
    socket.destroy();
    assert.deepEqual(expectOk(await good.echo()), success);
  });

  it("waits for what is under way when the door is closed", async (t) => {
    let finish = () => {};
    const slow: DimseService<string> = {
      sopClasses: "storage",
      store: () =>
        new Promise((resolve) => {
          finish = () => resolve(success);
        }),
    };
    const node = await aNode(t, { services: [slow] });
    const association = await anAssociation(t, node);
    const stored = association.store(anInstance("1.1", random.subarray(0, 10)));
    await until(() => node.associations()[0]?.operationsUnderWay === 1);
    const stopped = node.stop();
    finish();
    assert.equal((await stored).is, "answered");
    await stopped;
    assert.equal((await association.echo()).ok, false);
  });
});
