import assert from "node:assert/strict";
import { request } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { busy, conflict, failed, fault, forbidden, incorrect, jsonReply, notFound, ok, unavailable } from "#kernel";
import { anOpenDoor, aRoute, until } from "../../../test/doors/http.ts";

test("a handler gets the path's parameters, the query, the headers, the body, the origin and the caller's address", async (t) => {
  const door = await anOpenDoor(t, {
    routes: [
      aRoute({
        method: "POST",
        path: "/api/wards/:ward/beds",
        handle: async ({ method, path, params, query, headers, body, origin, remoteAddress }) => {
          const seen = {
            method,
            path,
            params,
            sort: query.getAll("sort"),
            type: headers["content-type"],
            body: [...body],
          };
          return ok(jsonReply({ ...seen, origin, remoteAddress }, 201));
        },
      }),
    ],
  });
  const reply = await fetch(`${door.address}/api/wards/A%20%2F1/beds?sort=a&sort=b`, {
    method: "POST",
    headers: { "content-type": "image/x-unheard-of" },
    body: Uint8Array.of(0, 255, 10),
  });
  assert.equal(reply.status, 201);
  assert.deepEqual(await reply.json(), {
    method: "POST",
    path: "/api/wards/A%20%2F1/beds",
    params: { ward: "A /1" },
    sort: ["a", "b"],
    type: "image/x-unheard-of",
    body: [0, 255, 10],
    origin: door.address,
    remoteAddress: "127.0.0.1",
  });
});

test("a body of a type that cannot be parsed, or of none, arrives as it was sent", async (t) => {
  const door = await anOpenDoor(t, { routes: [echo()] });
  const multipart = { "content-type": 'multipart/related; type="application/dicom"; boundary=x' };
  assert.equal(await textOf(`${door.address}/echo`, { method: "POST", headers: multipart, body: "--x" }), "--x");
  const withoutType = await rawReply(
    door.port,
    "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi",
  );
  assert.match(withoutType, /\r\n\r\nhi$/);
});

test("each problem becomes its status and an RFC 9457 document with its code and its place", async (t) => {
  const problem = incorrect("wrong-format", "The date is not a date.", { where: "Patient.birthDate" });
  const door = await anOpenDoor(t, { routes: [aRoute({ handle: async () => failed(problem) })] });
  const reply = await fetch(`${door.address}/thing`, { headers: { "x-request-id": "from-caller" } });
  assert.equal(reply.status, 400);
  assert.equal(reply.headers.get("content-type"), "application/problem+json; charset=utf-8");
  assert.deepEqual(await reply.json(), {
    type: "about:blank",
    title: "Bad Request",
    status: 400,
    detail: "The date is not a date.",
    code: "wrong-format",
    where: "Patient.birthDate",
    requestId: "from-caller",
  });
});

test("statuses are the same in both formats, and carry the headers that belong to them", async (t) => {
  const table = [
    [forbidden("not-signed-in", "m"), 401, "www-authenticate", "Bearer"],
    [forbidden("not-permitted", "m"), 403],
    [notFound("no-patient", "m"), 404],
    [conflict("version-conflict", "m"), 412],
    [busy("queue-full", "m"), 429, "retry-after", "1"],
    [unavailable("no-database", "m"), 503, "retry-after", "1"],
  ] as const;
  const routes = table.flatMap(([problem], at) =>
    (["problem-json", "operation-outcome"] as const).map((problems) =>
      aRoute({ path: `/${problems}/${at}`, problems, handle: async () => failed(problem) }),
    ),
  );
  const door = await anOpenDoor(t, { routes });
  for (const [at, [problem, status, header, value]] of table.entries()) {
    for (const format of ["problem-json", "operation-outcome"]) {
      const reply = await fetch(`${door.address}/${format}/${at}`);
      assert.equal(reply.status, status, problem.code);
      if (header !== undefined) assert.equal(reply.headers.get(header), value, problem.code);
    }
  }
});

test("FHIR routes tell their problems as an OperationOutcome, unknown addresses beside them too", async (t) => {
  const refusal = notFound("no-patient", "There is no Patient/x.", { where: "Patient" });
  const fhir = aRoute({ path: "/fhir/:type/:id", problems: "operation-outcome", handle: async () => failed(refusal) });
  const door = await anOpenDoor(t, { routes: [fhir] });
  for (const path of ["/fhir/Patient/x", "/fhir/Patient/x/y/z"]) {
    const reply = await fetch(door.address + path);
    assert.equal(reply.headers.get("content-type"), "application/fhir+json; charset=utf-8");
    assert.equal(((await reply.json()) as { resourceType: string }).resourceType, "OperationOutcome");
  }
});

test("a throw is a fault: the log has its cause, the caller only the request id", async (t) => {
  const handle = async () => {
    throw new Error("secret of the database");
  };
  const door = await anOpenDoor(t, {
    routes: [aRoute({ handle }), aRoute({ path: "/fhir/x", problems: "operation-outcome", handle })],
  });
  for (const path of ["/thing", "/fhir/x"]) {
    const reply = await fetch(door.address + path);
    const body = await reply.text();
    assert.equal(reply.status, 500);
    assert.doesNotMatch(body, /secret/);
    const requestId = reply.headers.get("x-request-id") ?? "";
    assert.ok(body.includes(requestId));
    const logged = door.logged.find(
      ({ event, fields }) => event === "http request failed" && fields.requestId === requestId,
    );
    assert.match(String(logged?.fields.error), /secret of the database/);
  }
});

test("a returned fault hides its message, and a throw while letting the caller in is a fault too", async (t) => {
  const door = await anOpenDoor(t, {
    routes: [aRoute({ handle: async () => failed(fault("sql", "relation x does not exist")) })],
  });
  const body = await (await fetch(`${door.address}/thing`)).text();
  assert.doesNotMatch(body, /relation|sql/);
  const broken = await anOpenDoor(t, {
    routes: [aRoute({})],
    contextFor: () => Promise.reject(new Error("no context")),
  });
  assert.equal((await fetch(`${broken.address}/thing`)).status, 500);
});

test("nobody uploads before being let in: the refusal comes although the body is still on its way", async (t) => {
  const contextFor = async () => failed(forbidden("not-signed-in", "Sign in first."));
  const door = await anOpenDoor(t, { routes: [echo()], contextFor });
  const head = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nonly the beginning";
  const socket = connect(door.port, "127.0.0.1");
  socket.write(head);
  const answer = await new Promise<string>((resolve) => socket.once("data", (bytes) => resolve(bytes.toString())));
  socket.destroy();
  assert.match(answer, /^HTTP\/1\.1 401 /);
});

test("a body over the limit is refused with 413: announced, in chunks, or once inflated", async (t) => {
  const door = await anOpenDoor(t, { routes: [echo()], limits: { httpBodyBytesMax: 1_000 } });
  const post = (body: string | Uint8Array | ReadableStream, headers: Record<string, string> = {}) =>
    fetch(`${door.address}/echo`, { method: "POST", body, headers, duplex: "half" } as RequestInit);
  assert.equal((await post("x".repeat(1_001))).status, 413);
  assert.equal((await post(new Blob(["x".repeat(1_001)]).stream())).status, 413);
  assert.equal((await post(gzipSync("x".repeat(2_000_000)), { "content-encoding": "gzip" })).status, 413);
  assert.equal(await (await post("x".repeat(1_000))).text(), "x".repeat(1_000));
});

test("a compressed body arrives inflated; one that is not what it says, cut short, or in another encoding is refused", async (t) => {
  const door = await anOpenDoor(t, { routes: [echo()] });
  const post = async (body: Uint8Array | string, encoding: string) =>
    fetch(`${door.address}/echo`, { method: "POST", body, headers: { "content-encoding": encoding } } as RequestInit);
  const zipped = gzipSync("Mrs Osei");
  assert.equal(await (await post(zipped, "gzip")).text(), "Mrs Osei");
  assert.equal((await post("plain text", "gzip")).status, 400);
  assert.equal((await post(zipped.subarray(0, 12), "gzip")).status, 400);
  assert.equal(await (await post(deflateSync("Mrs Osei"), "deflate")).text(), "Mrs Osei");
  assert.equal(await (await post(brotliCompressSync("Mrs Osei"), "br")).text(), "Mrs Osei");
  assert.equal((await post("plain text", "br")).status, 400);
  for (const unknown of ["zstd", "gzip, br", "constructor"]) assert.equal((await post("x", unknown)).status, 415);
});

test("HEAD answers as GET does, without the body", async (t) => {
  const door = await anOpenDoor(t, {
    routes: [aRoute({ handle: async () => ok({ status: 200, headers: { etag: 'W/"1"' }, body: "four" }) })],
  });
  const reply = await fetch(`${door.address}/thing`, { method: "HEAD" });
  assert.deepEqual([reply.status, reply.headers.get("content-length"), reply.headers.get("etag")], [200, "4", 'W/"1"']);
  assert.equal(await reply.text(), "");
});

test("an unknown address is 404; a known one asked with another method is 405 and says what it takes", async (t) => {
  const door = await anOpenDoor(t, {
    routes: [aRoute({ path: "/fhir/:type/:id" }), aRoute({ path: "/fhir/:type/:id", method: "PUT" })],
  });
  assert.equal((await fetch(`${door.address}/fhir`)).status, 404);
  const reply = await fetch(`${door.address}/fhir/Patient/x`, { method: "DELETE" });
  assert.deepEqual([reply.status, reply.headers.get("allow")], [405, "GET, HEAD, PUT"]);
  assert.equal(((await reply.json()) as { code: string }).code, "method-not-allowed");
});

test("what is no address, no header or no HTTP is refused in a line, and shows nothing of the program", async (t) => {
  const door = await anOpenDoor(t, { routes: [aRoute({ path: "/thing/:id" })] });
  const badAddress = await rawReply(
    door.port,
    "GET /thing/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
  );
  assert.match(badAddress, /^HTTP\/1\.1 400 [\s\S]*"code":"bad-address"/);
  assert.match(await rawReply(door.port, "hello\r\n\r\n"), /^HTTP\/1\.1 400 /);
  const longHeader = `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(20_000)}\r\n\r\n`;
  assert.match(await rawReply(door.port, longHeader), /^HTTP\/1\.1 431 /);
  const longParameter = await fetch(`${door.address}/thing/${"x".repeat(600)}`);
  assert.equal(longParameter.status, 404);
  assert.equal(longParameter.headers.get("server"), null);
});

test("a client that does not finish its headers in time is answered 408, one that stops in its body is closed", async (t) => {
  const limits = { httpHeadersTimeoutMs: 60, httpRequestTimeoutMs: 120, httpSilenceTimeoutMs: 5_000 };
  const door = await anOpenDoor(t, { routes: [echo()], limits });
  assert.match(await rawReply(door.port, "GET /echo HTTP/1.1\r\nHost: loc"), /^HTTP\/1\.1 408 /);
  const half = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nhalf";
  assert.doesNotMatch(await rawReply(door.port, half), /^HTTP\/1\.1 200 /);
});

test("bound to loopback, only requests that name this machine or its public address are answered", async (t) => {
  const door = await anOpenDoor(t, { routes: [aRoute({})], publicOrigin: "https://corridor.example" });
  const statusFor = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request({ port: door.port, host: "127.0.0.1", path: "/thing", headers: { host } }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      });
      asked.on("error", reject).end();
    });
  for (const host of ["localhost", `127.0.0.1:${door.port}`, "[::1]:80", "demo.localhost", "corridor.example"]) {
    assert.equal(await statusFor(host), 200, host);
  }
  for (const host of ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080"]) {
    assert.equal(await statusFor(host), 403, host);
  }
});

test("replies carry the security headers, and a handler may say otherwise", async (t) => {
  const own = { "cache-control": "private, max-age=60", "content-type": "application/pdf" };
  const door = await anOpenDoor(t, {
    routes: [aRoute({}), aRoute({ path: "/pdf", handle: async () => ok({ status: 200, headers: own, body: "%PDF" }) })],
  });
  const { headers } = await fetch(`${door.address}/thing`);
  assert.equal(headers.get("content-security-policy"), "default-src 'none'; frame-ancestors 'none'; sandbox");
  assert.equal(headers.get("x-content-type-options"), "nosniff");
  assert.equal(headers.get("cache-control"), "no-store");
  assert.equal(headers.get("access-control-allow-origin"), null);
  const pdf = await fetch(`${door.address}/pdf`);
  assert.equal(pdf.headers.get("cache-control"), "private, max-age=60");
  assert.equal(pdf.headers.get("content-security-policy"), "frame-ancestors 'self'");
});

test("answered requests are counted, timed and logged by route, without path or query", async (t) => {
  const door = await anOpenDoor(t, { routes: [aRoute({ path: "/fhir/Patient/:id" })] });
  await fetch(`${door.address}/fhir/Patient/9990000001?name=Osei`);
  await fetch(`${door.address}/nowhere/9990000001`);
  assert.deepEqual(door.counted, [
    "corridor_http_request_seconds GET /fhir/Patient/:id 2xx",
    "corridor_http_request_seconds GET no route 4xx",
  ]);
  assert.equal(door.logged[0]?.event, "http request");
  assert.equal(door.logged[0]?.fields.route, "GET /fhir/Patient/:id");
  assert.doesNotMatch(JSON.stringify(door.logged), /9990000001|Osei/);
});

test("a stop answers what is under way, ends the connection, and takes nothing new", async (t) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let asked = 0;
  const handle = async () => {
    asked += 1;
    await held;
    return ok(jsonReply("done"));
  };
  const door = await anOpenDoor(t, { routes: [aRoute({ handle })] });
  const underWay = fetch(`${door.address}/thing`);
  await until(() => asked === 1);
  const stopped = door.stop();
  await assert.rejects(fetch(`${door.address}/thing`));
  release();
  const reply = await underWay;
  assert.deepEqual([reply.status, reply.headers.get("connection")], [200, "close"]);
  await stopped;
});

test("a stop does not wait for connections that browsers opened ahead of need", async (t) => {
  const door = await anOpenDoor(t, { routes: [] });
  const silent = connect(door.port, "127.0.0.1");
  const kept = connect(door.port, "127.0.0.1");
  const closed = Promise.all(
    [silent, kept].map((socket) => new Promise((resolve) => socket.on("close", resolve).resume())),
  );
  kept.write("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await new Promise((resolve) => kept.once("data", resolve));
  const startedMs = performance.now();
  await door.stop();
  await closed;
  assert.ok(performance.now() - startedMs < 1_000);
});

test("a stop cuts what is not answered in time", async (t) => {
  let asked = 0;
  const handle = () => {
    asked += 1;
    return new Promise<never>(() => {});
  };
  const door = await anOpenDoor(t, { routes: [aRoute({ handle })], limits: { drainTimeoutMs: 50 } });
  const underWay = fetch(`${door.address}/thing`);
  const outcome = assert.rejects(underWay);
  await until(() => asked === 1);
  await door.stop();
  await outcome;
});

test("a port that is taken, and an address this machine does not have, are problems that say what to do", async (t) => {
  const door = await anOpenDoor(t, { routes: [] });
  const second = await door.another({ port: door.port });
  assert.equal(second.ok, false);
  assert.equal(!second.ok && second.problems[0].code, "port-in-use");
  const elsewhere = await door.another({ port: 0, host: "192.0.2.1" });
  assert.equal(!elsewhere.ok && elsewhere.problems[0].code, "no-such-address");
});

function echo() {
  return aRoute({ method: "POST", path: "/echo", handle: async ({ body }) => ok({ status: 200, body }) });
}

async function textOf(url: string, init: RequestInit): Promise<string> {
  return (await fetch(url, init)).text();
}

/** What comes back for bytes written by hand, until the server has no more to say. */
function rawReply(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
      if (/content-length: *2\b/i.test(text) && text.endsWith("hi")) socket.end();
    });
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
    socket.write(bytes);
  });
}
