/** Requests to the FHIR door, made up at random, the same for the same seed. */

export interface Choice {
  one<T>(items: readonly T[]): T;
  below(count: number): number;
  /** True once in so many. */
  rarely(times: number): boolean;
}

/** Source: the generator mulberry32. */
export function seededChoice(seed: number): Choice {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number) => Math.floor(next() * count);
  return {
    below,
    one: (items) => items[below(items.length)] as (typeof items)[number],
    rarely: (times) => below(times) === 0,
  };
}

export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | null;
}

export function aRequest(choice: Choice): FuzzRequest {
  const method = choice.one(["GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "PUT", "PATCH", "DELETE", "OPTIONS"]);
  const body = method === "GET" || method === "HEAD" ? null : aBody(choice);
  return { method, path: `${aPath(choice)}${aSearch(choice)}`, headers: someHeaders(choice, body), body };
}

const types = [
  "Patient",
  "Patient",
  "Patient",
  "Observation",
  "Observation",
  "Binary",
  "AuditEvent",
  "Encounter",
  "Bundle",
];
const strangeTypes = ["Nothing", "User", "patient", "%00", "LinkMessage", "Parameters", "é", "$validate"];
const ids = ["fuzz", "fuzz", "osei", "mueller", "1", "a_b", "%20", "x".repeat(65), "_search", "*", "%F0%9F%98%80"];
const tails = ["_history", "_history/1", "_history/x", "_history/999999999999", "$everything", "$meta", "$nothing"];
const moreTails = ["_search", "*", "Observation", "Observation/_search", "_history/1/$meta", "a/b/c"];
const places = ["", "/", "/metadata", "/_history", "/_search", "/$async/x", "/$meta", "//", "/$export"];

function aPath(choice: Choice): string {
  if (choice.rarely(8)) return `/fhir${choice.one(places)}`;
  const type = choice.rarely(8) ? choice.one(strangeTypes) : choice.one(types);
  const parts = ["/fhir", type];
  if (choice.below(10) < 6) parts.push(choice.rarely(3) ? choice.one(ids) : choice.one(ids.slice(0, 3)));
  if (choice.rarely(4)) parts.push(choice.one([...tails, ...moreTails]));
  return parts.join("/");
}

const names = [
  ...["_id", "_lastUpdated", "identifier", "name", "family:exact", "family:contains", "birthdate", "subject", "code"],
  ...["value-quantity", "patient.name", "_has:Observation:patient:code", "code-value-quantity", "gender:not", "x", ""],
  ...["_count", "_sort", "_total", "_elements", "_summary", "_include", "_revinclude:iterate", "_cursor", "_since"],
  ...[
    "_at",
    "_format",
    "_pretty",
    "_filter",
    "_text",
    "_content",
    "_list",
    "name:missing",
    "code:in",
    "identifier:of-type",
  ],
  ...["subject:Patient.name", "subject:identifier", "date", "status", "_type", "_tag", "_profile", "near", "mode"],
];
const values = [
  ...[
    "osei",
    "Osei",
    "urn:x|1",
    "|1",
    "1|",
    "|",
    "",
    "a,b,,c",
    "\\,",
    "\\",
    "%",
    "%00",
    "'; drop table document; --",
    "\u0000",
  ],
  ...["2026", "ge2026-02-30", "2026-13", "lt2026-11-23T09:00:00+01:00", "eq", "-1", "0", "1e400", "ge5.40", "5|x|y|z"],
  ...[
    "Patient/1",
    "http://x/fhir/Patient/1/_history/2",
    "Patient:organization",
    "*",
    "-_lastUpdated",
    "name,-birthdate",
  ],
  ...[
    "true",
    "maybe",
    "accurate",
    "json",
    "xml",
    "application/fhir+xml",
    "ttl",
    "((((",
    'name eq "x" and not (',
    "5$x",
  ],
  ...["é".repeat(50), "x".repeat(3_000), "9".repeat(400), "\ud800", "W10", "bytes"],
];

function aSearch(choice: Choice): string {
  if (choice.below(10) < 5) return "";
  if (choice.rarely(12)) return choice.one(["?", "?&&", "?=", "?%ZZ", "?a=%ff", "?_id", "??", "?_id=1&_id=1"]);
  const pairs = Array.from({ length: 1 + choice.below(3) }, () => [choice.one(names), choice.one(values)]);
  return `?${pairs.map((pair) => pair.map((part) => encodeURIComponent(String(part).toWellFormed())).join("=")).join("&")}`;
}

const contentTypes = [
  ...["application/fhir+json", "application/fhir+json", "application/fhir+json", "application/json; charset=utf-8"],
  ...["application/fhir+xml", "application/json-patch+json", "application/x-www-form-urlencoded", "text/plain", "x"],
  ...["application/fhir+json; fhirVersion=5.0", "application/pdf", "application/json; charset=latin1", "image/png;;;="],
];
const others: readonly (readonly [name: string, values: readonly string[]])[] = [
  [
    "accept",
    ["application/fhir+json", "application/fhir+xml", "*/*", "text/turtle", "q=,;;", "application/json;q=2", ","],
  ],
  ["accept-charset", ["utf-8", "latin1", "*"]],
  ["accept-encoding", ["gzip", "br", "deflate;q=0.5", "zstd", "*;q=0"]],
  ["content-encoding", ["gzip", "br", "zstd", "identity"]],
  ["if-match", ['W/"1"', '"1"', "1", 'W/"99999999999"', "*", 'W/"1", W/"2"', ""]],
  ["if-none-match", ["*", 'W/"1"', "x", ""]],
  ["if-modified-since", ["Mon, 02 Mar 2026 09:00:00 GMT", "yesterday", ""]],
  [
    "if-none-exist",
    ["identifier=urn:x|1", "name=Osei", "_sort=name", "", "x=y", "?Patient?", "birthdate=ge2026-02-30"],
  ],
  ["prefer", ["return=minimal", "return=OperationOutcome", "handling=lenient", "respond-async", "=;,=", "return"]],
  ["range", ["bytes=0-1", "bytes=5-", "bytes=-1", "bytes=9999-", "bytes=1-0", "x"]],
  ["if-range", ['W/"1"', "x"]],
  ["x-security-context", ["Patient/osei", "", "x y", "http://x/fhir/Patient/1"]],
];

function someHeaders(choice: Choice, body: FuzzRequest["body"]): Record<string, string> {
  const headers: Record<string, string> = {};
  if (body !== null && !choice.rarely(15)) headers["content-type"] = choice.one(contentTypes);
  while (choice.rarely(2)) {
    const [name, all] = choice.one(others);
    headers[name] = choice.one(all);
  }
  return headers;
}

const patient = () => ({
  resourceType: "Patient",
  id: "fuzz",
  identifier: [{ system: "urn:x", value: "1" }],
  name: [{ family: "Osei", given: ["Ama"] }],
  birthDate: "1957-03-14",
});
const observation = () => ({
  resourceType: "Observation",
  id: "fuzz",
  status: "final",
  code: { coding: [{ system: "http://loinc.org", code: "718-7" }] },
  subject: { reference: "Patient/osei" },
  valueQuantity: { value: 5.4, unit: "g/dL", system: "http://unitsofmeasure.org", code: "g/dL" },
});
const binary = () => ({ resourceType: "Binary", id: "fuzz", contentType: "text/plain", data: "SGVsbG8=" });
const resources = [patient, observation, binary];

const texts = [
  ...["", "{", "[]", "null", "1", '"x"', "{}", "[".repeat(200), '{"resourceType":"Patient","resourceType":"Patient"}'],
  ...[
    '{"resourceType":"Patient","id":1e999}',
    "<Patient/>",
    '<Patient xmlns="http://hl7.org/fhir"><id value="fuzz"/></Patient>',
  ],
  ...['<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "name=osei&_count=1", "_id=osei&x=y", "\ufeff{}", "%PDF-1.4"],
  ...[
    '[{"op":"replace","path":"/active","value":true}]',
    '[{"op":"remove","path":"/"}]',
    '[{"op":"x"}]',
    "[{}]",
    "[1]",
  ],
  ...['{"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"path","valueString":"(("}]}]}'],
];

function aBody(choice: Choice): string | Uint8Array {
  const kind = choice.below(10);
  if (kind < 2) return choice.one(texts);
  if (kind === 2) return Uint8Array.from({ length: choice.below(40) }, () => choice.below(256));
  if (kind < 5) return JSON.stringify(aBundle(choice));
  const resource = choice.one(resources)();
  return JSON.stringify(choice.rarely(3) ? resource : changed(choice, resource));
}

const urls = [
  ...[
    "Patient",
    "Patient/fuzz",
    "Patient/osei",
    "Observation?name=x",
    "Patient?identifier=urn:x|1",
    "metadata",
    "",
    "/",
  ],
  ...["http://other/fhir/Patient/1", "Nothing/1", "Patient/osei/_history/1", "Patient/_search", "?", "Patient/a/b/c/d"],
  ...[
    "Patient?name=%ZZ",
    "Observation?_sort=x",
    "Patient/osei/$everything",
    "AuditEvent/1",
    "urn:uuid:1",
    "Binary/fuzz",
  ],
];

function aBundle(choice: Choice): unknown {
  const entry = Array.from({ length: choice.below(4) }, () => {
    const request = {
      method: choice.one(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "x"]),
      url: choice.one(urls),
    };
    const conditions = choice.rarely(3)
      ? { ifMatch: 'W/"1"', ifNoneExist: choice.one(["identifier=urn:x|1", "x", ""]) }
      : {};
    const fullUrl = choice.one([undefined, "urn:uuid:00000000-0000-4000-8000-000000000001", "x", "http://a/Patient/1"]);
    return {
      fullUrl,
      request: { ...request, ...conditions },
      resource: choice.rarely(5) ? undefined : choice.one(resources)(),
    };
  });
  const bundle = {
    resourceType: "Bundle",
    type: choice.one(["batch", "transaction", "transaction", "searchset"]),
    entry,
  };
  return choice.rarely(3) ? changed(choice, bundle) : bundle;
}

const junk = [
  null,
  1,
  -0,
  1e308,
  "",
  "x",
  "2026-02-30",
  true,
  [],
  {},
  [null],
  [[]],
  { a: 1 },
  "urn:uuid:1",
  "\u0000",
  "é",
];

/** The same with something, somewhere in it, gone or in the place of something else. */
function changed(choice: Choice, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return choice.one(junk);
  const keys = Object.keys(value);
  if (keys.length === 0 || choice.rarely(6)) return choice.one(junk);
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  const key = choice.one(keys);
  if (choice.rarely(5)) delete copy[key];
  else copy[choice.rarely(8) ? "__proto__x" : key] = changed(choice, copy[key]);
  return copy;
}
