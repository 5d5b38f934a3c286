/** The message browser as the Pathology Links Manager uses it, over a real record. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { expectOk, type Result } from "#kernel";
import { fhirKinds } from "#record";
import { anOruR01 } from "../../../../test/builders/index.ts";
import { aLinkMessage, type SentMessage } from "../../../../test/builders/link-message.ts";
import { aRequest } from "../../../../test/builders/request.ts";
import { anActor, contextOf } from "../../../../test/handler-context.ts";
import { freshRecord, type TestRecord } from "../../../../test/record.ts";
import type { MessagesPage, MessageView } from "../api.ts";
import { mappingDelayDefinition } from "../committed/mapping-delay.ts";
import { linkMessageDefinition } from "../messages/link-message-kind.ts";
import { senderRows } from "../rows/sender-rows.ts";
import { browserRoutes } from "./routes.ts";

const photograph = {
  name: "trust",
  rows: [
    { add: "ZPD[Patient]", row: { from: "ZPD-2", to: "photo.title" }, because: "the trust tells of a photograph" },
  ],
};
const layered = senderRows([photograph])({ mappingLayers: ["trust"] });
const manager = anActor("pathology-links-manager");

describe("the message browser", () => {
  let opened: TestRecord;

  async function arrive(message: SentMessage) {
    const { operation, blob } = aLinkMessage(message);
    return expectOk(await opened.record.transact({ operations: [operation], blobs: [blob] }));
  }

  async function ask(path: string, { query = "", ...params }: Readonly<Record<string, string>> = {}) {
    const routes = browserRoutes({
      look: opened.record,
      reasonText: (code) => `because ${code}`,
      rowsOf: (link) => (link === "layered" ? layered : undefined),
    });
    const route = routes.find((each) => each.path === `/api/clinical/messages${path}`);
    assert.ok(route, path);
    return route.handle(aRequest({ query, params }), contextOf(opened, manager));
  }

  async function list(query: string): Promise<MessagesPage> {
    return JSON.parse(String(expectOk(await ask("", { query })).body));
  }

  async function found(query: string): Promise<readonly string[]> {
    return (await list(query)).messages.map((message) => message.id);
  }

  async function show(id: string): Promise<MessageView> {
    return JSON.parse(String(expectOk(await ask("/:id", { id })).body));
  }

  function codeOf(result: Result<unknown>): string {
    return result.ok ? "ok" : result.problems[0].code;
  }

  before(async () => {
    opened = await freshRecord({ kinds: [...fhirKinds, linkMessageDefinition, mappingDelayDefinition] });
    const text = anOruR01();
    await arrive({ id: "m1", text });
    await arrive({
      id: "m2",
      text,
      fields: {
        arrivedAt: "2026-03-01T23:30:00.000Z",
        type: "ADT^A08",
        controlId: "ADT-77",
        state: "held",
        reasons: [
          {
            category: "incorrect",
            code: "nhs-number-check-digit",
            message: "The check digit is wrong.",
            where: "PID-3[1].1",
          },
        ],
        patient: { hospitalNumbers: ["H2200417"] },
        orders: [],
      },
    });
    await arrive({ id: "m3", text, fields: { link: "pas", controlId: "M-0003", patient: { hospitalNumbers: [] } } });
  });

  it("lists messages, the last to change first, with what is needed to tell them apart", async () => {
    const { messages, position } = await list("");
    assert.deepEqual(
      messages.map((message) => message.id),
      ["m3", "m2", "m1"],
    );
    assert.equal(position, await opened.record.position());
    const { sender, patient, stateText, type, hl7Version } = messages[2] ?? {};
    assert.deepEqual(
      [sender, patient?.nhsNumber, stateText, type, hl7Version],
      ["PATHLAB at MEADOWLAB", "999 000 0018", "In the record", "ORU^R01", "2.4"],
    );
    assert.equal(messages[1]?.reasons[0]?.where, "PID-3[1].1");
  });

  it("finds by any number that a message carries, however it is typed", async () => {
    assert.deepEqual(await found("q=999 000 0018"), ["m1"]);
    assert.deepEqual(await found("q=9990000018"), ["m1"]);
    assert.deepEqual(await found("q=h1042318"), ["m1"]);
    assert.deepEqual(await found("q=ADT-77"), ["m2"]);
    assert.deepEqual(await found("q=ICE-70021"), ["m3", "m1"]);
    assert.deepEqual(await found("q=26B004711&link=lab"), ["m1"]);
    assert.deepEqual(await found("q=nothing"), []);
  });

  it("narrows by link, type, state and time of arrival on the hospital's clock", async () => {
    assert.deepEqual(await found("link=pas"), ["m3"]);
    assert.deepEqual(await found("type=ADT"), ["m2"]);
    assert.deepEqual(await found("type=ADT^A01"), []);
    assert.deepEqual(await found("state=held,rejected"), ["m2"]);
    assert.deepEqual(await found("from=2026-03-02"), ["m3", "m1"]);
    assert.deepEqual(await found("to=2026-03-01"), ["m2"]);
    assert.deepEqual(await found("from=2026-03-01T23:00&to=2026-03-01T23:30:01"), ["m2"]);
  });

  it("pages without repeats", async () => {
    const first = await list("count=2");
    assert.deepEqual(await found(`count=2&cursor=${first.next}`), ["m1"]);
  });

  it("says what is wrong with a question", async () => {
    assert.equal(codeOf(await ask("", { query: "from=yesterday" })), "time-incorrect");
    assert.equal(codeOf(await ask("", { query: "to=2026-02-30" })), "time-incorrect");
    assert.equal(codeOf(await ask("", { query: "state=lost" })), "query-incorrect");
    assert.equal(codeOf(await ask("/:id", { id: "none" })), "not-found");
  });

  it("works out what became of each value by the layers of the link", async () => {
    const text = `${anOruR01()}ZPD|1|front.jpg\r`;
    const fields = {
      ...{ mapping: "oru-r01/1", patientReference: "Patient/osei" },
      ledger: { leaves: 60, mapped: 60, unmapped: [] },
    };
    await arrive({ id: "l1", text, fields: { ...fields, link: "layered" } });
    await arrive({ id: "l2", text, fields });
    assert.match(JSON.stringify((await show("l1")).segments.at(-1)), /Patient\.photo/);
    assert.doesNotMatch(JSON.stringify((await show("l2")).segments.at(-1)), /Patient\.photo/);
  });

  it("shows a message raw, parsed, with what it wrote, its answer, its books and its states", async () => {
    const text = anOruR01();
    await arrive({ id: "m4", text, fields: { state: "held" } });
    expectOk(
      await opened.record.transact({
        operations: [
          {
            action: "update",
            kind: "DiagnosticReport",
            id: "ue",
            body: { resourceType: "DiagnosticReport", status: "final", code: { text: "Urea and electrolytes" } },
          },
        ],
      }),
    );
    await arrive({
      id: "m4",
      text,
      fields: {
        acknowledgement: { code: "AA", text: "MSH|^~\\&|\rMSA|AA|M-0001\r", sentAt: "2026-03-02T09:00:00.100Z" },
        mapping: "oru-r01/1",
        patientReference: "Patient/osei",
        resources: [{ kind: "DiagnosticReport", id: "ue", version: 1, effect: "created" }],
        ledger: { leaves: 60, mapped: 59, unmapped: [{ where: "MSH-11", reason: "no-target" }] },
      },
    });
    const view = await show("m4");
    assert.equal(view.patientName, "OSEI, Adaeze Grace (Mrs)");
    assert.deepEqual(
      [view.receiver, view.ackCode, view.acknowledgement?.lines],
      ["CORRIDOR at MEADOW", "AA", ["MSH|^~\\&|", "MSA|AA|M-0001"]],
    );
    assert.deepEqual(
      [view.raw.lines[0]?.slice(0, 12), view.raw.cut, view.raw.url],
      ["MSH|^~\\&|PAT", false, "/api/clinical/messages/m4/raw"],
    );
    assert.equal(view.segments.length, view.raw.lines.length);
    assert.deepEqual(view.resources, [
      {
        kind: "DiagnosticReport",
        id: "ue",
        version: 1,
        effect: "created",
        reference: "DiagnosticReport/ue",
        text: "Urea and electrolytes",
        url: "/fhir/DiagnosticReport/ue/_history/1",
      },
    ]);
    assert.deepEqual(view.ledger?.unmapped, [{ where: "MSH-11", code: "no-target", reason: "because no-target" }]);
    const name = view.segments.find((each) => each.name === "PID")?.fields.find((each) => each.number === 5);
    assert.deepEqual(name?.components[0]?.outcome, { is: "mapped", element: "Patient.name" });
    assert.deepEqual(
      view.states.map((state) => state.state),
      ["held", "mapped"],
    );
  });

  it("says of a message that is kept and could not be mapped why that is, in the list and on its page", async () => {
    await arrive({ id: "waits", text: anOruR01(), fields: { link: "committed", state: "received", reasons: [] } });
    const reasons = [{ category: "unavailable", code: "bytes-unread", message: "Its bytes could not be read." }];
    const body = { link: "committed", reasons, at: "2026-03-01T23:30:00.000Z" };
    expectOk(
      await opened.record.transact({ operations: [{ action: "create", kind: "MappingDelay", id: "waits", body }] }),
    );
    assert.deepEqual((await list("link=committed")).messages[0]?.reasons, reasons);
    const { reasons: shown, states } = await show("waits");
    assert.deepEqual([shown, states[0]?.reasons], [reasons, reasons]);
  });

  it("gives back the very bytes that came in", async () => {
    const reply = expectOk(await ask("/:id/raw", { id: "m1" }));
    assert.equal(Buffer.from(reply.body as Uint8Array).toString(), anOruR01());
    assert.equal(reply.headers?.["content-disposition"], 'attachment; filename="message-m1.hl7"');
  });
});
