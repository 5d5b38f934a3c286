import type { Context } from "#access";
import {
  failed,
  forbidden,
  type HttpRequest,
  notFound,
  ok,
  type Result,
  type Route,
  unavailable,
  unsupported,
} from "#kernel";
import { type Answer, type Asked, fhirRoute, jsonText, type StatedOperation } from "#record";
import { readFhirBundle } from "../fhir-messages/fhir-bundle.ts";
import type { HttpIntakes } from "./http-intake.ts";

/** Source: FHIR R4 OperationDefinition/MessageHeader-process-message. */
export const processMessageOperation: StatedOperation = {
  code: "process-message",
  types: [],
  levels: ["system"],
  definition: "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message",
};

/**
 * FHIR messages by HTTP, at once: into the link that the caller's scope names (`link/gp`), whose gates, holds, routes and books
 * they pass as all others do. The answer is a message with status 200; 400 with an OperationOutcome to what is no message.
 * Source: FHIR R4 §2.4 (messaging).
 */
export function processMessageRoute(intakes: HttpIntakes): Route<Context> {
  const row = {
    method: "POST",
    path: "$process-message",
    summary: "Takes a FHIR message and answers it",
    isNeverDeferred: true,
  } as const;
  return {
    ...fhirRoute({ ...row, run: async () => failed(linkMissing) }),
    handle: (request, context) =>
      fhirRoute({ ...row, run: (asked) => take(asked, { intakes, request, context }) }).handle(request, context),
  };
}

interface Taking {
  readonly intakes: HttpIntakes;
  readonly request: HttpRequest;
  readonly context: Context;
}

async function take(asked: Asked, { intakes, request, context }: Taking): Promise<Result<Answer>> {
  if (asked.query.get("async") === "true" || asked.query.has("response-url")) return failed(onlyAtOnce);
  const link = linkFor(intakes, context);
  if (!link.ok) return link;
  const sent = bytesOf(asked, request);
  if (!sent.ok) return sent;
  const bytes = sent.value;
  const { remoteAddress } = request;
  const taken = await intakes.takeByHttp(link.value, bytes, { id: context.actor.reference, remoteAddress });
  if (taken === undefined) return failed(linkMissing);
  if (!taken.ok) return taken;
  if (taken.value === undefined) return failed(unanswered);
  const read = readFhirBundle(bytes);
  return "code" in read ? failed(read) : ok({ status: 200, body: new TextDecoder().decode(taken.value) });
}

/** As it came, also where it is no message, for the link to keep and refuse; XML in JSON. */
function bytesOf(asked: Asked, { headers, body }: HttpRequest): Result<Uint8Array> {
  if (body.length > 0 && /json/i.test(headers["content-type"] ?? "json")) return ok(body);
  const sent = asked.resource();
  return sent.ok ? ok(new TextEncoder().encode(jsonText(sent.value))) : sent;
}

/** The one link of FHIR messages that the caller may send into. Problems: forbidden; not-found; unsupported for several. */
function linkFor(intakes: HttpIntakes, { actor }: Context): Result<string> {
  const granted = [...actor.permissions]
    .filter((each) => each.startsWith("link/"))
    .map((each) => each.slice("link/".length));
  if (granted.length === 0) return failed(notAllowed);
  const [link, other] = granted.filter((name) => intakes.formatOf?.(name) === "fhir");
  if (other !== undefined) return failed(severalLinks);
  return link === undefined ? failed(linkMissing) : ok(link);
}

const onlyAtOnce = unsupported(
  "async-not-supported",
  "Messages are answered at once: leave out async and response-url.",
);
const notAllowed = forbidden(
  "link-not-granted",
  "Messages come in by a link: the token needs its scope, such as link/gp.",
);
const linkMissing = notFound("link-not-open", "No link that the token names takes FHIR messages by HTTP.");
const severalLinks = unsupported(
  "link-ambiguous",
  "The token names several links of FHIR messages: send to /api/clinical/links/ with the name of one, and /messages.",
);
const unanswered = unavailable("answer-missing", "The message is recorded and has no answer.");
