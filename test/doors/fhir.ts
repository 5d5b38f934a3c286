/** The FHIR door without sockets: a request is handed to the handler of its route, and its reply read. */
import { type Actor, parseScope } from "#access";
import {
  expectOk,
  type HttpReply,
  type HttpRequest,
  type JsonObject,
  type Problems,
  type Result,
  type Route,
} from "#kernel";
import { type FhirContext, fhirRoutes } from "#record";
import { httpStatusOf, operationOutcome } from "#standards/fhir";
import { anActor } from "../handler-context.ts";

export const origin = "http://corridor.example";

/** Who brings a token for everything. */
export const anybody: Actor = {
  ...anActor(),
  unrestricted: true,
  permissions: expectOk(parseScope("system/*.cruds")),
  via: "token",
};

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as FHIR JSON. */
  readonly body?: object | string | Uint8Array;
}

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly bytes: Uint8Array;
  /** The body as JSON; an empty object where there is none. */
  readonly json: JsonObject;
}

export interface FhirDoor {
  /** `GET /Patient/1`, or `POST /` for a Bundle. */
  send(line: string, sent?: Sent): Promise<Received>;
}

export function fhirDoor(context: FhirContext): FhirDoor {
  const routes = fhirRoutes({ name: "Corridor", version: "0.1.0" });
  return {
    async send(line, sent = {}) {
      const { method, path, query } = partsOf(line);
      const { route, params } = routeFor(routes, method, path);
      const request: HttpRequest = {
        method,
        path,
        params,
        query,
        headers: { "content-type": "application/fhir+json", ...sent.headers },
        body: bytesOf(sent.body),
        origin,
        remoteAddress: "127.0.0.1",
        closed: new AbortController().signal,
      };
      return received(await route.handle(request, context));
    },
  };
}

function partsOf(line: string) {
  const [method = "", address = ""] = line.split(/ (.*)/s);
  const [path = "", search] = address.split(/\?(.*)/s);
  return { method, path: `/fhir${path === "/" ? "" : path}`, query: new URLSearchParams(search) };
}

/** As the HTTP door finds it: written parts go before parameters. */
function routeFor(routes: readonly Route<FhirContext>[], method: string, path: string) {
  const parts = path.split("/");
  const fitting = routes.flatMap((route) => {
    const pattern = route.path.split("/");
    const fits = route.method === method && pattern.length === parts.length;
    if (!fits || !pattern.every((part, at) => part.startsWith(":") || part === parts[at])) return [];
    const named = pattern.flatMap((part, at) => (part.startsWith(":") ? [[part.slice(1), parts[at] ?? ""]] : []));
    return [{ route, params: Object.fromEntries(named) as Record<string, string> }];
  });
  const [best] = fitting.sort((one, other) => Object.keys(one.params).length - Object.keys(other.params).length);
  if (best === undefined) throw new Error(`No route takes ${method} ${path}.`);
  return best;
}

function bytesOf(body: Sent["body"]): Uint8Array {
  if (body === undefined || body instanceof Uint8Array) return body ?? new Uint8Array(0);
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
}

function received(result: Result<HttpReply>): Received {
  const reply = result.ok ? result.value : failureOf(result.problems);
  const bytes = Buffer.from((reply.body ?? "") as string);
  const text = bytes.toString("utf8");
  const isJson = text.startsWith("{");
  return { status: reply.status, headers: reply.headers ?? {}, text, bytes, json: isJson ? JSON.parse(text) : {} };
}

function failureOf(problems: Problems): HttpReply {
  return { status: httpStatusOf(problems), headers: {}, body: JSON.stringify(operationOutcome(problems)) };
}
