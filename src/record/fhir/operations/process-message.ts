import { createHash } from "node:crypto";
import {
  failed,
  incorrect,
  isJsonObject,
  type JsonObject,
  ok,
  okUnless,
  type Problem,
  type Result,
  toIso,
  unsupported,
} from "#kernel";
import { checkResource, operationOutcome } from "#standards/fhir";
import { keyText } from "../../documents/document.ts";
import type { Answer } from "../answer.ts";
import { type EntryOutcomes, transactBundle } from "../bundle/transaction.ts";
import type { FhirContext } from "../context.ts";
import { messageEntries } from "./message-entries.ts";
import type { Invocation, Operation } from "./operation.ts";

/** Source: FHIR R4 OperationDefinition/MessageHeader-process-message; §2.4 (messaging). */
export const processMessageOperation: Operation = {
  code: "process-message",
  title: "Takes a message and answers it",
  description:
    "A Bundle of type message: all that it brings is written in one commit, or nothing, and its MessageHeader is answered by another. The same message again is answered as before and has no second effect.",
  types: [],
  levels: ["system"],
  affectsState: true,
  definition: "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message",
  parameters: [],
  readsItself: true,
  run: async ({ asked }, context) => {
    if (asked.query.get("async") === "true" || asked.query.has("response-url")) return failed(onlyAtOnce);
    const bundle = asked.resource();
    if (!bundle.ok) return bundle;
    const message = readMessage(bundle.value);
    return message.ok ? answer(message.value, { asked, context }) : message;
  },
};

const onlyAtOnce = unsupported(
  "async-not-supported",
  "Messages are answered at once: leave out async and response-url.",
);

/** The extension of a kept MessageHeader by which it is told whether a message is the same again. */
const digestUrl = "urn:corridor:message-digest";

interface FhirMessage {
  readonly header: JsonObject & { readonly id: string };
  readonly bundle: JsonObject;
  /** Of all that it brings. */
  readonly digest: string;
}

/** Problems: incorrect, where it is no Bundle of type message, or is not built as R4 says. */
function readMessage(bundle: JsonObject): Result<FhirMessage> {
  if (bundle.resourceType !== "Bundle" || bundle.type !== "message") return failed(wrongType);
  const [first] = Array.isArray(bundle.entry) ? bundle.entry : [];
  const header = isJsonObject(first) && isJsonObject(first.resource) ? first.resource : undefined;
  if (header?.resourceType !== "MessageHeader") return failed(noHeader);
  if (typeof header.id !== "string") return failed(noId);
  const { id: _, timestamp: __, ...content } = bundle;
  const digest = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return okUnless(checkResource(bundle), { header: { ...header, id: header.id }, bundle, digest });
}

const wrongType = incorrect("wrong-kind", "A message is a Bundle of type message.", { where: "Bundle.type" });
const noHeader = incorrect("header-missing", "The first entry of a message is its MessageHeader.", {
  where: "Bundle.entry[0]",
});
const noId = incorrect("id-missing", "A message is known by the id of its MessageHeader.", {
  where: "Bundle.entry[0].resource.id",
});

interface Processing {
  readonly asked: Invocation["asked"];
  readonly context: FhirContext;
}

/** Problems: those that leave open whether it could be taken (unavailable, forbidden); all others are in the answer. */
async function answer(message: FhirMessage, processing: Processing): Promise<Result<Answer>> {
  const { header } = message;
  const { record, actor, ids, clock } = processing.context;
  // Ids of two senders may be the same: what is kept is known by both.
  const id = createHash("sha256").update(`${actor.reference} ${header.id}`).digest("hex").slice(0, 32);
  const kept = await record.readMany([{ kind: "MessageHeader", id }]);
  if (!kept.ok) return kept;
  const before = kept.value.find((version) => keyText(version) === `MessageHeader/${id}`);
  if (before !== undefined) {
    const isSame = before.body.includes(message.digest);
    return ok(reply(message, processing, isSame ? [] : [reused]));
  }
  const entries = messageEntries(message.bundle, {
    id,
    extension: [{ url: digestUrl, valueString: message.digest }],
  });
  const transaction = { resourceType: "Bundle", type: "transaction", entry: entries };
  const needs = { record, ids, clock, base: processing.asked.base };
  const written: Result<EntryOutcomes> = await transactBundle(transaction, needs);
  if (written.ok) return ok(reply(message, processing, []));
  const [first] = written.problems;
  if (first.category === "forbidden") return written;
  return ok(reply(message, processing, written.problems));
}

const reused: Problem = incorrect(
  "message-id-reused",
  "A message with this id came before with other content; nothing of this one was taken.",
  { where: "Bundle.entry[0].resource.id" },
);

/** Source: FHIR R4 §2.4.4 (response codes). */
function reply({ header }: FhirMessage, { asked, context }: Processing, problems: readonly Problem[]): Answer {
  const { ids } = context;
  const passing = ["unavailable", "busy", "conflict"];
  const code =
    problems.length === 0
      ? "ok"
      : problems.every(({ category }) => passing.includes(category))
        ? "transient-error"
        : "fatal-error";
  const [headerId, outcomeId] = [ids.next(), ids.next()];
  const details = { reference: `urn:uuid:${outcomeId}` };
  const source = isJsonObject(header.source) ? header.source : {};
  const answering: JsonObject = {
    resourceType: "MessageHeader",
    id: headerId,
    ...(header.eventCoding === undefined ? { eventUri: header.eventUri ?? "" } : { eventCoding: header.eventCoding }),
    ...(typeof source.endpoint === "string" ? { destination: [{ endpoint: source.endpoint }] } : {}),
    source: { name: "Corridor", endpoint: `${asked.base}/$process-message` },
    response: { identifier: header.id, code, ...(problems.length === 0 ? {} : { details }) },
  };
  const outcome = { ...operationOutcome(problems), id: outcomeId } as unknown as JsonObject;
  const entry = [
    { fullUrl: `urn:uuid:${headerId}`, resource: answering },
    ...(problems.length === 0 ? [] : [{ fullUrl: `urn:uuid:${outcomeId}`, resource: outcome }]),
  ];
  const timestamp = toIso(context.clock.now());
  const bundle = { resourceType: "Bundle", id: ids.next(), type: "message", timestamp, entry };
  return { status: 200, body: JSON.stringify(bundle) };
}
