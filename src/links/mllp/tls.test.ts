/** MLLP over TLS, in both directions, with certificates made for the test. */
import assert from "node:assert/strict";
import { copyFile, writeFile } from "node:fs/promises";
import { connect as netConnect } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { connect } from "node:tls";
import { expectOk, silentLog, silentMeter } from "#kernel";
import type { ServerTlsFiles } from "#links/tls";
import { madeCertificates, openssl } from "../../../test/doors/certificates.ts";
import { until } from "../../../test/doors/http.ts";
import { anOpenLink, aSender, text } from "../../../test/doors/mllp.ts";
import { ackOf, aSenderTo, controlIdOf } from "../../../test/doors/mllp-sender.ts";
import { startMllpListener } from "./listener.ts";
import type { MllpConnection } from "./settings.ts";

const receive = async (message: Uint8Array) => ackOf(controlIdOf(message), "AA");

describe("MLLP over TLS", { skip: openssl.skip }, () => {
  it("is encrypted, and each side knows whom it talks to", async (t) => {
    const { authority, server, client } = await madeCertificates(t);
    const seen: MllpConnection[] = [];
    const link = await anOpenLink(t, {
      tls: { ...server, clientAuthority: authority },
      receive: (message, connection) => {
        seen.push(connection);
        return receive(message);
      },
    });
    const { send } = aSenderTo(t, link.port, { tls: { authority, ...client } });
    assert.equal((await send("M-1")).is, "accepted");
    assert.equal((await send("M-2")).is, "accepted");
    assert.deepEqual(
      seen.map(({ id, remoteAddress, certificate }) => [id, remoteAddress, certificate?.subject]),
      [
        ["pathology-1", "127.0.0.1", "client"],
        ["pathology-1", "127.0.0.1", "client"],
      ],
    );
    assert.match(seen[0]?.certificate?.fingerprint ?? "", /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  it("asks for no certificate of the client where no authority is named", async (t) => {
    const { authority, server } = await madeCertificates(t);
    const link = await anOpenLink(t, { tls: server, receive });
    const { send } = aSenderTo(t, link.port, { tls: { authority, serverName: "localhost" } });
    assert.equal((await send("M-1")).is, "accepted");
    assert.equal(link.connections()[0]?.certificate, undefined);
  });

  it("takes nothing from a client without a certificate, or with one of another authority", async (t) => {
    const { authority, server, stranger } = await madeCertificates(t);
    const link = await anOpenLink(t, { tls: { ...server, clientAuthority: authority }, receive });
    for (const own of [{}, stranger]) {
      const { send } = aSenderTo(t, link.port, { tls: { authority, ...own } });
      assert.match((await send("M-1")).is, /^un(answered|reachable)$/);
    }
    assert.deepEqual(link.received, []);
    assert.ok(link.counted.includes("corridor_mllp_connections_total pathology handshake-failed"));
  });

  it("sends nothing to a server of another authority or another name", async (t) => {
    const { authority, server, stranger } = await madeCertificates(t);
    const link = await anOpenLink(t, { tls: server, receive });
    const wrong = [{ authority: stranger.certificate }, { authority, serverName: "gp.test" }, {}];
    for (const tls of wrong) {
      const outcome = await aSenderTo(t, link.port, { tls }).send("M-1");
      assert.equal(outcome.is === "unreachable" && outcome.problem.code, "not-connected");
    }
    assert.deepEqual(link.received, []);
  });

  it("is not begun with a client that speaks without it, nor by one that says nothing", async (t) => {
    const { server } = await madeCertificates(t);
    const link = await anOpenLink(t, {
      tls: server,
      receive,
      limits: { mllpHandshakeTimeoutMs: 50 },
    });
    const plain = aSender(t, link.port);
    await plain.write("␋MSH|1␍␜␍");
    await plain.ended;
    const silent = aSender(t, link.port);
    await silent.ended;
    assert.deepEqual([link.received, link.connections()], [[], []]);
  });

  it("takes renewed certificates into use for new connections, and drops none", async (t) => {
    const { authority, server, stranger } = await madeCertificates(t);
    const link = await anOpenLink(t, { tls: server, receive });
    const kept = aSenderTo(t, link.port, { tls: { authority } });
    assert.equal((await kept.send("M-1")).is, "accepted");
    assert.equal(await servedBy(t, link.port), "server");
    await copyFile(stranger.certificate, server.certificate);
    await copyFile(stranger.key, server.key);
    assert.equal(await servedBy(t, link.port), "server");
    expectOk(await link.reloadCertificates());
    assert.equal(await servedBy(t, link.port), "stranger");
    assert.equal((await kept.send("M-2")).is, "accepted");
    assert.ok(link.connections().some(({ id }) => id === "pathology-1"));
  });

  it("keeps its certificates when the renewed ones cannot be used", async (t) => {
    const { server } = await madeCertificates(t);
    const link = await anOpenLink(t, { tls: server, receive });
    await writeFile(server.key, "no key");
    const reloaded = await link.reloadCertificates();
    assert.equal(!reloaded.ok && reloaded.problems[0].code, "tls-file-invalid");
    assert.equal(await servedBy(t, link.port), "server");
  });

  it("is not opened with files that are missing, or are no certificates", async (t) => {
    const { server: own } = await madeCertificates(t);
    const rows: readonly (readonly [ServerTlsFiles, string])[] = [
      [{ ...own, key: `${own.key}.gone` }, "tls-file-unreadable"],
      [{ certificate: own.key, key: own.key }, "tls-file-invalid"],
      [{ ...own, clientAuthority: own.key }, "tls-file-invalid"],
    ];
    for (const [tls, code] of rows) {
      const opened = await startMllpListener({
        host: "127.0.0.1",
        port: 0,
        name: "lab",
        receive,
        refuse: async () => undefined,
        tls,
        log: silentLog,
        meter: silentMeter,
      });
      assert.equal(!opened.ok && opened.problems[0].code, code);
    }
    const outcome = await aSenderTo(t, 1, { tls: { authority: `${own.key}.gone` } }).send("M-1");
    assert.equal(outcome.is === "unreachable" && outcome.problem.code, "tls-file-unreadable");
  });

  it("lets a client that has said all it had to say hear its acknowledgements", async (t) => {
    const { server } = await madeCertificates(t);
    const { receive: later, give } = aLateReceiver();
    const link = await anOpenLink(t, { tls: server, receive: later });
    const raw = netConnect({ host: "127.0.0.1", port: link.port, allowHalfOpen: true });
    const socket = connect({ socket: raw, rejectUnauthorized: false });
    let heard = "";
    socket.on("data", (bytes) => {
      heard += text(bytes);
    });
    socket.end("\u000bMSH|^~\\&|A||||||ORU^R01|M-1|P|2.4\r\u001c\r");
    await until(() => link.received.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    give();
    await until(() => heard.includes("MSA|AA|M-1"));
    await until(() => link.connections().length === 0);
  });

  it("stops when what is under way is answered", async (t) => {
    const { server } = await madeCertificates(t);
    const slow = async (message: Uint8Array) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return receive(message);
    };
    const link = await anOpenLink(t, { tls: server, receive: slow });
    const socket = connected(t, link.port);
    let heard = "";
    socket.on("data", (bytes) => {
      heard += text(bytes);
    });
    socket.write("\u000bMSH|^~\\&|A||||||ORU^R01|M-1|P|2.4\r\u001c\r");
    await until(() => link.received.length === 1);
    const stopped = link.stop();
    await until(() => heard.includes("MSA|AA|M-1"));
    await stopped;
    assert.deepEqual(link.connections(), []);
  });
});

/** Answers AA when it is told to. */
function aLateReceiver() {
  let give = () => {};
  const told = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { give: () => give(), receive: (message: Uint8Array) => told.then(() => receive(message)) };
}

/** The name in the certificate that a new connection is shown. */
function servedBy(t: TestContext, port: number): Promise<string | string[] | undefined> {
  return new Promise((resolve) => {
    const socket = connected(t, port);
    socket.once("secureConnect", () => {
      resolve(socket.getPeerCertificate().subject.CN);
      socket.end();
    });
  });
}

function connected(t: TestContext, port: number) {
  const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false });
  socket.on("error", () => {});
  t.after(() => socket.destroy());
  return socket;
}
