/** The HTTP door with TLS. RFC 8446; RFC 6797 (HSTS); RFC 9325 (recommendations). */
import assert from "node:assert/strict";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { Agent, request } from "node:https";
import { join } from "node:path";
import { test } from "node:test";
import { connect } from "node:tls";
import { expectOk, jsonReply, ok } from "#kernel";
import { allowList } from "#links/addresses";
import { type Certificates, madeCertificates, openssl } from "../../../test/doors/certificates.ts";
import { anOpenDoor, aRoute } from "../../../test/doors/http.ts";
import { startRedirect } from "./redirect.ts";

const { skip } = openssl;

test("the door speaks https alone, says so to browsers, and takes renewed certificates while connections stay", {
  skip,
}, async (t) => {
  const made = await madeCertificates(t);
  const tls = { certificate: join(made.server.certificate, "../own.pem"), key: join(made.server.key, "../own.key") };
  await use(made.server);
  const route = aRoute({ handle: async ({ origin }) => ok(jsonReply({ origin })) });
  const door = await anOpenDoor(t, { routes: [route], tls });
  assert.match(door.address, /^https:/);
  const ca = [await readFile(made.authority), await readFile(made.stranger.certificate)];
  const agent = new Agent({ ca, keepAlive: true, maxSockets: 1, checkServerIdentity: () => undefined });
  t.after(() => agent.destroy());
  const first = await ask(door.port, agent);
  assert.deepEqual(first.body, { origin: `https://127.0.0.1:${door.port}` });
  assert.equal(first.headers["strict-transport-security"], "max-age=31536000; includeSubDomains");

  await use(made.stranger);
  expectOk(await door.reloadCertificates());
  assert.equal((await ask(door.port, agent)).subject, "server", "the open connection goes on");
  const renewed = new Agent({ ca, maxCachedSessions: 0, checkServerIdentity: () => undefined });
  assert.equal((await ask(door.port, renewed)).subject, "stranger", "a new one gets the new certificate");

  await writeFile(tls.key, "none");
  const failing = await door.reloadCertificates();
  assert.equal(!failing.ok && failing.problems[0].code, "tls-file-invalid");
  assert.equal((await ask(door.port, renewed)).subject, "stranger", "what cannot be used changes nothing");
  await assert.rejects(fetch(`http://127.0.0.1:${door.port}/thing`), "plain http is not answered");

  async function use({ certificate, key }: Certificates["server"]) {
    await copyFile(certificate, tls.certificate);
    await copyFile(key, tls.key);
  }
});

test("TLS before 1.2, and encryption without keys of its own for each connection, is not agreed to", {
  skip,
}, async (t) => {
  const made = await madeCertificates(t);
  const { port } = await anOpenDoor(t, { tls: made.server });
  const ca = await readFile(made.authority);
  const offers = [
    [{ minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" }, "refused"],
    [{ maxVersion: "TLSv1.2", ciphers: "AES128-SHA:AES256-GCM-SHA384" }, "refused"],
    [{ maxVersion: "TLSv1.2" }, "TLSv1.2"],
    [{}, "TLSv1.3"],
  ] as const;
  for (const [offer, agreed] of offers) {
    const got = await new Promise((resolve) => {
      const socket = connect({ port, host: "127.0.0.1", ca, ...offer }, () => {
        resolve(socket.getProtocol());
        socket.destroy();
      });
      socket.on("error", () => resolve("refused"));
    });
    assert.equal(got, agreed, JSON.stringify(offer));
  }
});

test("a door with encryption stops at once though a browser holds a connection that it never used", {
  skip,
}, async (t) => {
  const made = await madeCertificates(t);
  const door = await anOpenDoor(t, { tls: made.server });
  const socket = connect({ port: door.port, host: "127.0.0.1", ca: await readFile(made.authority) });
  await new Promise((resolve) => socket.once("secureConnect", resolve));
  const startedMs = performance.now();
  await door.stop();
  assert.ok(performance.now() - startedMs < 2_000);
  socket.destroy();
});

test("the door without encryption leads browsers to the other one and refuses whatever holds something secret", async (t) => {
  const redirect = expectOk(await startRedirect({ host: "127.0.0.1", port: 0, origin: "https://corridor.example" }));
  t.after(() => redirect.stop());
  const address = `http://127.0.0.1:${redirect.port}`;
  const led = await fetch(`${address}/patients?x=1`, { redirect: "manual" });
  assert.deepEqual([led.status, led.headers.get("location")], [308, "https://corridor.example/patients?x=1"]);
  const posted = await fetch(`${address}/api/access/sign-in`, { method: "POST", body: "{}", redirect: "manual" });
  const withToken = await fetch(`${address}/fhir/Patient`, {
    headers: { authorization: "Bearer x" },
    redirect: "manual",
  });
  assert.deepEqual([posted.status, withToken.status], [403, 403]);
});

test("a caller is who a trusted proxy says; what anybody else says is not believed", async (t) => {
  const route = aRoute({ handle: async ({ remoteAddress }) => ok(jsonReply({ remoteAddress })) });
  const seenBy = async (trusted: readonly string[], forwarded: string) => {
    const proxies = trusted.length === 0 ? undefined : expectOk(allowList(trusted));
    const door = await anOpenDoor(t, { routes: [route], proxies });
    const reply = await fetch(`${door.address}/thing`, { headers: { "x-forwarded-for": forwarded } });
    return ((await reply.json()) as { readonly remoteAddress: string }).remoteAddress;
  };
  assert.equal(await seenBy([], "203.0.113.9"), "127.0.0.1");
  assert.equal(await seenBy(["10.0.0.0/8"], "203.0.113.9"), "127.0.0.1");
  assert.equal(await seenBy(["127.0.0.1"], "198.51.100.1, 203.0.113.9"), "203.0.113.9");
  assert.equal(await seenBy(["127.0.0.1", "10.0.0.0/8"], "198.51.100.1, 203.0.113.9:5512, 10.1.1.1"), "203.0.113.9");
  assert.equal(await seenBy(["127.0.0.1"], "[2001:db8::9]:443"), "2001:db8::9");
});

interface Answer {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  /** Whose certificate the connection was opened with. */
  readonly subject: unknown;
}

function ask(port: number, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path: "/thing", agent }, (response) => {
      const socket = response.socket as unknown as { getPeerCertificate(): { subject: { CN: string } } };
      const subject = socket.getPeerCertificate().subject.CN;
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
      });
      response.on("end", () => resolve({ headers: response.headers, body: JSON.parse(text), subject }));
    });
    sent.on("error", reject).end();
  });
}
