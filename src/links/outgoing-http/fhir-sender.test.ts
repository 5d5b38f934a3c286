/** Bundles to a FHIR server. FHIR R4 §3.1.0.11, MessageHeader/$process-message, OperationOutcome. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type SendOutcome, silentLog } from "#kernel";
import { aReceiver } from "../../../test/doors/receiver.ts";
import { type FhirSenderOptions, fhirSender } from "./fhir-sender.ts";
import { outcomeWords } from "./outcome-words.ts";

const addresses: readonly (readonly [as: FhirSenderOptions["as"], base: string, path: string])[] = [
  ["transaction", "/fhir", "/fhir"],
  ["transaction", "/fhir/", "/fhir"],
  ["transaction", "", "/"],
  ["message", "/fhir", "/fhir/$process-message"],
  ["message", "", "/$process-message"],
  ["message", "/fhir?async=false", "/fhir/$process-message?async=false"],
];
for (const [as, base, path] of addresses) {
  test(`as ${as} a Bundle for '${base}' is posted to ${path}`, async (t) => {
    const { url, received } = await aReceiver(t, (_, response) => response.writeHead(200).end("{}"));
    assert.equal(told(await sent(t, `${url}${base}`, as)), "accepted");
    assert.equal(received[0]?.path, path);
    assert.equal(received[0]?.headers["content-type"], "application/fhir+json; charset=utf-8");
  });
}

const missing = { severity: "error", code: "required", expression: ["Patient.birthDate"], diagnostics: "Mrs Osei" };
const coded = {
  severity: "error",
  code: "invalid",
  details: { coding: [{ code: "MSG_1", display: "Bad date" }], text: "12 May" },
};

const answers: readonly (readonly [title: string, status: number, body: unknown, outcome: string])[] = [
  ["a transaction-response", 200, { resourceType: "Bundle", type: "transaction-response" }, "accepted"],
  ["warnings", 200, outcome({ severity: "warning", code: "informational" }), "accepted"],
  [
    "errors in spite of 200",
    200,
    outcome(missing),
    "refused 200 The receiver accepted the message with errors: error required at Patient.birthDate.",
  ],
  [
    "an issue",
    422,
    outcome(missing),
    "refused 422 The receiver answered with status 422: error required at Patient.birthDate.",
  ],
  [
    "two issues",
    400,
    outcome(missing, coded),
    "refused 400 The receiver answered with status 400: error required at Patient.birthDate; error invalid: Bad date.",
  ],
  [
    "many issues",
    400,
    outcome(...Array.from({ length: 7 }, () => ({ severity: "error", code: "x" }))),
    "refused 400 The receiver answered with status 400: error x; error x; error x; error x; error x; 2 more.",
  ],
  [
    "issues in a Bundle",
    200,
    { resourceType: "Bundle", entry: [{ response: { outcome: outcome(missing) } }] },
    "refused 200 The receiver accepted the message with errors: error required at Patient.birthDate.",
  ],
  ["no JSON", 500, "oops", "refused 500 The receiver answered with status 500."],
  [
    "nonsense",
    400,
    { resourceType: "OperationOutcome", issue: [null, 7, { code: 3 }] },
    "refused 400 The receiver answered with status 400.",
  ],
  [
    "to be asked again",
    429,
    outcome({ severity: "error", code: "throttled" }),
    "unanswered The receiver answered with status 429: error throttled.",
  ],
];
for (const [title, status, body, expected] of answers) {
  test(`an answer ${status} with ${title}`, async (t) => {
    const { url } = await aReceiver(t, (_, response) => response.writeHead(status).end(JSON.stringify(body)));
    assert.equal(told(await sent(t, url, "transaction")), expected);
  });
}

const replies: readonly (readonly [response: object, outcome: string])[] = [
  [{ identifier: "m1", code: "ok" }, "accepted"],
  [{ identifier: "m2", code: "ok" }, "unanswered The receiver answered another message."],
  [
    { identifier: "m1", code: "fatal-error" },
    "refused fatal-error The receiver answered fatal-error: error required at Patient.birthDate.",
  ],
  [
    { identifier: "m1", code: "transient-error" },
    "refused transient-error The receiver answered transient-error: error required at Patient.birthDate.",
  ],
];
for (const [response, expected] of replies) {
  test(`a MessageHeader with ${JSON.stringify(response)} is ${expected.split(" ")[0]}`, async (t) => {
    const entry: object[] = [{ resource: { resourceType: "MessageHeader", response } }];
    if (!expected.startsWith("accepted")) entry.push({ resource: outcome(missing) });
    const body = JSON.stringify({ resourceType: "Bundle", type: "message", entry });
    const { url } = await aReceiver(t, (_, reply) => reply.writeHead(200).end(body));
    assert.equal(told(await sent(t, url, "message")), expected);
  });
}

test("the receiver's own words are kept apart from the problem, as they may name a patient", async (t) => {
  const { url } = await aReceiver(t, (_, reply) => reply.writeHead(400).end(JSON.stringify(outcome(missing, coded))));
  const refused = await sent(t, url, "transaction");
  assert.ok(refused.is === "refused" && refused.answer !== undefined);
  assert.doesNotMatch(refused.problem.message, /Osei|May/);
  assert.equal(outcomeWords(refused.answer), "Mrs Osei; 12 May");
});

async function sent(t: TestContext, url: string, as: FhirSenderOptions["as"]): Promise<SendOutcome> {
  const sender = fhirSender({ name: "shared-record", url, as, answerWithinMs: 5_000, log: silentLog });
  t.after(() => sender.close());
  const entry = [{ resource: { resourceType: "MessageHeader", id: "m1" } }];
  const body = Buffer.from(JSON.stringify({ resourceType: "Bundle", type: as, entry }));
  return sender.send({ body, contentType: "application/fhir+json", controlId: "m1" }, new AbortController().signal);
}

function outcome(...issue: readonly object[]): object {
  return { resourceType: "OperationOutcome", issue };
}

function told(result: SendOutcome): string {
  if (result.is === "accepted") return "accepted";
  return `${result.is} ${result.is === "refused" ? `${result.code} ` : ""}${result.problem.message}`;
}
