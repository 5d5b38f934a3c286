/** What stands around everything: headers of every answer, secrets that show nowhere, and bad HTTP that does no harm. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { listSettings } from "../../src/app/config.ts";
import { runCommand } from "../command.ts";
import { type RunningProgram, startProgram } from "../program.ts";

const folder = await mkdtemp(join(tmpdir(), "corridor-safeguards-"));
const planted = {
  identityKey: randomBytes(32).toString("base64"),
  auditKey: randomBytes(32).toString("base64"),
  outsideSecret: "planted-secret-of-the-hospital-sign-in",
  password: "planted pass phrase of nobody",
  token: "planted-token-of-nobody-0123456789",
  databasePassword: "planted-database-password",
};
const secret = (key: string) => Object.values(planted).filter((each) => key.includes(each));
let program: RunningProgram;
let address: string;
const secretSettings = {
  CORRIDOR_IDENTITY_KEY: planted.identityKey,
  CORRIDOR_AUDIT_KEY: planted.auditKey,
  CORRIDOR_OUTSIDE_SECRET: planted.outsideSecret,
};

before(async () => {
  const environment = {
    CORRIDOR_DATA: join(folder, "data"),
    ...secretSettings,
    CORRIDOR_LOG: "debug",
  };
  program = startProgram(["serve", "--json"], environment);
  address = (JSON.parse(await program.firstLine()) as { readonly http: string }).http;
});
after(async () => {
  program.kill("SIGKILL");
  await program.exit;
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
});

interface Operation {
  readonly method: string;
  readonly path: string;
}

/** Every route, asked with a password, a token and a body that nobody has, and some addresses that are none. */
async function everyPlace(): Promise<readonly Operation[]> {
  const document = (await (await fetch(`${address}/api/openapi.json`)).json()) as { paths: Record<string, object> };
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path: path.replace(/\{[^}]+\}/g, "x1") })),
  );
  assert.ok(routes.length > 150);
  const odd = [
    "/",
    "/index.html",
    "/favicon.svg",
    "/no/such/page",
    "/%",
    "/fhir/%zz",
    "/..%2f..%2fpackage.json",
    "/.git/config",
  ];
  return [...routes, ...odd.map((path) => ({ method: "GET", path })), { method: "DELETE", path: "/metrics" }];
}

test("every answer of every route carries the headers that keep a browser safe, and shows no secret it was sent", async () => {
  const places = await everyPlace();
  const faults: string[] = [];
  for (let at = 0; at < places.length; at += 16) {
    faults.push(...(await Promise.all(places.slice(at, at + 16).map(faultsOf))).flat());
  }
  assert.deepEqual(faults, []);
});

/** Each third is asked with a token: too many of them would be answered 429 alone. */
async function faultsOf({ method, path }: Operation, at: number): Promise<readonly string[]> {
  const body = JSON.stringify({ username: "admin", password: planted.password, newPassword: planted.password });
  const reply = await fetch(`${address}${path}`, {
    method,
    headers: {
      "content-type": "application/json",
      "x-corridor": "1",
      ...(at % 3 === 0 ? { authorization: `Bearer ${planted.token}` } : {}),
    },
    redirect: "manual",
    ...(method === "GET" || method === "DELETE" ? {} : { body }),
  });
  const text = await reply.text();
  const header = (name: string) => reply.headers.get(name) ?? "";
  const policy = header("content-security-policy");
  const isData = /^\/(?:fhir|api|dicomweb|metrics)\b(?!\/\.well-known)/.test(path);
  // Programs find their way in there; what they ask for they show by a key, never by a cookie.
  const isForPrograms = /^\/(?:auth|smart-style\.json|\.well-known|fhir\/\.well-known)\b/.test(path);
  const rules: Readonly<Record<string, boolean>> = {
    "the type may be guessed": header("x-content-type-options") === "nosniff",
    "a referrer is sent": header("referrer-policy") === "no-referrer",
    "anything may be loaded": /default-src '(none|self)'/.test(policy) && !/script-src[^;]*unsafe/.test(policy),
    "data may act as a page": !isData || /sandbox(?:;|$)/.test(policy),
    "it may be framed": /frame-ancestors '(none|self)'/.test(policy),
    "every page may read it": header("access-control-allow-origin") === "" || isForPrograms,
    "cookies of other pages count": header("access-control-allow-credentials") === "",
    "it is kept by the browser": (isData ? /^no-store/ : /no-store|no-cache|immutable|public/).test(
      header("cache-control"),
    ),
    "it has no type": text === "" || header("content-type") !== "",
    "it says what serves it": header("server") === "" && header("x-powered-by") === "",
    "it shows a secret": secret(text).length === 0,
    "it shows the program": !/at .*\.ts:\d+|node_modules/.test(text),
  };
  return Object.keys(rules).flatMap((fault) => (rules[fault] ? [] : `${method} ${path} ${reply.status}: ${fault}`));
}

test("every setting that is secret is among those that are looked for", () => {
  const secrets = listSettings({ DATABASE_URL: "postgres://h/d", ...secretSettings }).filter(
    ({ value }) => value === "(hidden)",
  );
  assert.deepEqual(
    secrets.map(({ name }) => name).toSorted(),
    ["DATABASE_URL", ...Object.keys(secretSettings)].toSorted(),
  );
});

test("secrets show neither in logs nor in figures nor in what a failed start says", async () => {
  const metrics = await (await fetch(`${address}/metrics`)).text();
  assert.ok(program.errorText().includes('"route"'), "the log is there to be looked through");
  assert.deepEqual([...secret(program.errorText()), ...secret(program.outText()), ...secret(metrics)], []);
  const url = `postgres://corridor:${planted.databasePassword}@127.0.0.1:1/corridor`;
  const environment = {
    DATABASE_URL: url,
    ...secretSettings,
    CORRIDOR_DATA: join(folder, "other"),
  };
  const failing = startProgram(["serve"], { ...environment, CORRIDOR_LOG: "debug" });
  assert.equal(await failing.exit, 1);
  assert.match(failing.errorText(), /DATABASE_URL/);
  assert.deepEqual([...secret(failing.outText()), ...secret(failing.errorText())], []);
  const wrong = await runCommand(["config"], {
    DATABASE_URL: `mysql://u:${planted.databasePassword}@h/d`,
    ...secretSettings,
    CORRIDOR_IDENTITY_KEY: `${planted.identityKey}?`,
    CORRIDOR_AUDIT_KEY: `${planted.auditKey}?`,
  });
  assert.equal(wrong.code, 1);
  assert.deepEqual([...secret(wrong.out), ...secret(wrong.err)], []);
  const printed = await runCommand(["config", "--json"], { DATABASE_URL: url, ...secretSettings });
  assert.equal(printed.code, 0);
  assert.deepEqual([...secret(printed.out), ...secret(printed.err)], []);
  for (const name of await readdir(join(folder, "data")).catch(() => [])) {
    const text = name.endsWith(".key") ? "" : await readFile(join(folder, "data", name), "latin1").catch(() => "");
    assert.deepEqual(secret(text), [], name);
  }
});

/** Source: RFC 9112 §6.1, §6.3 (request smuggling), §3.2 (host). */
const smuggled: readonly (readonly [string, string])[] = [
  ["two lengths", "POST /fhir HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde"],
  [
    "a length and chunks",
    "POST /fhir HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  ],
  ["chunks spelt oddly", "POST /fhir HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"],
  ["a space before the colon", "GET /healthz HTTP/1.1\r\nHost : localhost\r\n\r\n"],
  ["a line that goes on", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n c\r\n\r\n"],
  [
    "a bare line feed in a chunk size",
    "POST /fhir HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\nab\r\n0\r\n\r\n",
  ],
  ["headers of 100 kB", `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: ${"a".repeat(100_000)}\r\n\r\n`],
  ["a name of somebody else's", "GET /healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n"],
];

for (const [what, bytes] of smuggled) {
  test(`${what}: the request is refused`, async () => {
    assert.match(await rawAnswer(bytes), /^HTTP\/1\.1 4\d\d /);
  });
}

test("a body nested a hundred thousand deep is refused, and the program goes on", async () => {
  const body = `{"resourceType":"Patient","extension":${"[".repeat(100_000)}${"]".repeat(100_000)}}`;
  const reply = await fetch(`${address}/api/access/sign-in`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
  });
  assert.ok(reply.status >= 400 && reply.status < 500);
  assert.equal((await fetch(`${address}/healthz`)).status, 200);
});

function rawAnswer(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let text = "";
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on("data", (piece) => {
      text += piece.toString("latin1");
      socket.end();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
}
