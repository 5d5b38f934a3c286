/** HL7 v2 by HTTP, as the route answers. HL7 over HTTP (HAPI, draft of 2018) §2.4, §2.6. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { expectOk, failed, limits, ok, type Result, unavailable } from "#kernel";
import { aRequest } from "../../../../test/builders/request.ts";
import { anActor } from "../../../../test/handler-context.ts";
import { type HttpIntakes, httpIntakeRoutes } from "./http-intake.ts";

const er7 = "x-application/hl7-v2+er7";

const answers: readonly (readonly [code: string, status: number])[] = [
  ["AA", 200],
  ["CA", 200],
  ["AR", 400],
  ["CR", 400],
  ["AE", 500],
  ["CE", 500],
];
for (const [code, status] of answers) {
  test(`${code} is answered with status ${status}, and the acknowledgement itself`, async () => {
    const ack = `MSH|^~\\&|||||||ACK|9|P|2.4\rMSA|${code}|1\r`;
    const reply = expectOk(await posted({ answer: ok(Buffer.from(ack)) }));
    assert.equal(reply.status, status);
    assert.equal(reply.headers?.["content-type"], er7);
    assert.equal(Buffer.from(reply.body as Uint8Array).toString(), ack);
  });
}

test("where no acknowledgement is wanted there is none", async () => {
  assert.deepEqual(expectOk(await posted({ answer: ok(undefined) })), { status: 204 });
});

test("the link is given the bytes as they came, whose token brought them, and from where", async () => {
  const given: unknown[] = [];
  await posted({ answer: ok(undefined), given });
  assert.deepEqual(given, ["lab", "MSH|é\r", { id: "User/doctor", remoteAddress: "10.0.0.9" }]);
});

for (const type of [
  er7,
  `${er7}; charset=utf-8`,
  "application/hl7-v2",
  "application/hl7-v2+er7;charset=ISO-8859-1",
  "X-Application/HL7-V2+ER7",
]) {
  test(`a message is taken as ${type}`, async () => {
    assert.equal(expectOk(await posted({ answer: ok(undefined), type })).status, 204);
  });
}

const refused: readonly (readonly [title: string, post: Partial<Post>, code: string])[] = [
  ["of another type", { type: "application/json" }, "media-type-not-supported"],
  ["in XML", { type: "x-application/hl7-v2+xml" }, "media-type-not-supported"],
  ["of no type", { type: "" }, "media-type-not-supported"],
  ["that is empty", { body: new Uint8Array() }, "message-empty"],
  ["that is too large", { body: new Uint8Array(limits.mllpFrameBytesMax + 1) }, "body-too-large"],
  ["for a link that takes none by HTTP", { answer: undefined }, "link-not-open"],
  [
    "that cannot be recorded",
    { answer: failed(unavailable("record-unavailable", "The record does not answer.")) },
    "record-unavailable",
  ],
];
for (const [title, post, code] of refused) {
  test(`a message ${title} is refused as ${code}`, async () => {
    const reply = await posted({ answer: ok(undefined), ...post });
    assert.ok(!reply.ok);
    assert.equal(reply.problems[0].code, code);
  });
}

interface Post {
  readonly answer: Result<Uint8Array | undefined> | undefined;
  readonly type?: string;
  readonly body?: Uint8Array;
  /** Collects what the link was given. */
  readonly given?: unknown[];
}

async function posted({ answer, type = er7, body = Buffer.from("MSH|é\r"), given = [] }: Post) {
  const intakes: HttpIntakes = {
    takeByHttp: (link, message, origin) => {
      given.push(link, Buffer.from(message).toString(), origin);
      return answer === undefined ? undefined : Promise.resolve(answer);
    },
  };
  const [route] = httpIntakeRoutes(intakes);
  assert.ok(route);
  const request = aRequest({
    params: { name: "lab" },
    headers: { "content-type": type },
    body,
    remoteAddress: "10.0.0.9",
  });
  return route.handle(request, { actor: anActor("doctor") } as Parameters<typeof route.handle>[1]);
}
