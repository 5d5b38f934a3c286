import {
  failed,
  incorrect,
  isJsonObject,
  type Json,
  type JsonObject,
  limits,
  ok,
  type Problem,
  type Result,
  unsupported,
} from "#kernel";
import { backport, extensionsOf } from "./extension.ts";

/** How a subscription is told. Source: FHIR R4 §2.46.4 (channels). */
export type Channel =
  | {
      readonly type: "rest-hook";
      readonly endpoint: string;
      /** Names and values; they may hold secrets. */
      readonly headers: readonly (readonly [string, string])[];
      readonly timeoutMs: number;
    }
  | { readonly type: "websocket" };

/** Problems: `wrong-channel`, `unsupported-channel`. */
export function readChannel(value: Json | undefined): Result<Channel> {
  if (!isJsonObject(value)) return failed(wrong("channel", "A subscription needs a channel."));
  const payload = payloadProblem(value.payload);
  if (payload !== undefined) return failed(payload);
  switch (value.type) {
    case "rest-hook":
      return readHook(value);
    case "websocket":
      return ok({ type: "websocket" });
    default:
      return failed(unsupported("unsupported-channel", "The channels here are rest-hook and websocket.", at("type")));
  }
}

/** XML would be another text than the one that is stored. */
function payloadProblem(payload: Json | undefined): Problem | undefined {
  if (payload === undefined || payload === "") return undefined;
  const [type] = String(payload).split(";");
  if (type === "application/fhir+json" || type === "application/json") return undefined;
  return unsupported("unsupported-channel", "Payloads are sent as application/fhir+json.", at("payload"));
}

function readHook(channel: JsonObject): Result<Channel> {
  const endpoint = String(channel.endpoint ?? "");
  if (!URL.canParse(endpoint)) return failed(wrong("endpoint", "A rest-hook needs an address."));
  const given = Array.isArray(channel.header) ? (channel.header as readonly Json[]) : [];
  if (given.length > limits.subscriptionHeadersMax) return failed(wrong("header", "These are too many headers."));
  const headers: (readonly [string, string])[] = [];
  for (const text of given) {
    const header = readHeader(String(text));
    if (header === undefined)
      return failed(wrong("header", "A header is a name, a colon and a value, and not one of HTTP's own."));
    headers.push(header);
  }
  return ok({ type: "rest-hook", endpoint, headers, timeoutMs: timeoutOf(channel) });
}

/** What the connection itself needs is not for others to say. */
const ofHttp = new Set([
  "connection",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Source: RFC 9110 §5.1 and §5.5 (field names and values). */
function readHeader(text: string): readonly [string, string] | undefined {
  const [, name = "", value = ""] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\x20-\x7E\t]*)$/.exec(text) ?? [];
  return name === "" || ofHttp.has(name.toLowerCase()) ? undefined : [name, value.trim()];
}

function timeoutOf(channel: JsonObject): number {
  const [timeout] = extensionsOf(channel, backport.timeout);
  const seconds = timeout?.valueUnsignedInt;
  if (typeof seconds !== "number" || seconds < 1) return limits.subscriptionTimeoutMsDefault;
  return Math.min(seconds * 1_000, limits.subscriptionTimeoutMsMax);
}

function at(element: string) {
  return { where: `Subscription.channel.${element}` };
}

function wrong(element: string, message: string): Problem {
  return incorrect("wrong-channel", message, at(element));
}
