/** Programs of other people send to our listener: mllp_send, node-hl7-client and simple-hl7, as they are. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { promisify } from "node:util";
import { Batch, Client, Message } from "node-hl7-client";
import simpleHl7 from "simple-hl7";
import { madeCertificates, openssl } from "../doors/certificates.ts";
import { until } from "../doors/http.ts";
import { requireTool } from "../tools.ts";
import { aLabMessage, aProtocolLink } from "./protocol-link.ts";
import { aFolder } from "./temporary-folder.ts";

const run = promisify(execFile);
const mllpSend = requireTool("mllp_send");

describe("mllp_send", { skip: mllpSend.skip }, () => {
  /** The codes and control ids of the acknowledgements it printed. */
  async function sent(t: TestContext, port: number, contents: readonly string[]): Promise<readonly string[]> {
    const file = join(await aFolder(t), "messages.hl7");
    await writeFile(file, contents.map((content) => `\u000b${content}\u001c\r`).join(""));
    const { stdout } = await run(mllpSend.path, ["-p", String(port), "-f", file, "127.0.0.1"], { timeout: 20_000 });
    return msas(stdout);
  }

  it("has its messages acknowledged in original mode", async (t) => {
    const link = await aProtocolLink(t);
    const messages = ["M-1", "BAD-2", "SLOW-3"].map((id) => aLabMessage(id));
    assert.deepEqual(await sent(t, link.port, messages), ["AA M-1", "AE BAD-2", "AA SLOW-3"]);
    assert.deepEqual(link.taken, ["M-1", "BAD-2", "SLOW-3"]);
  });

  it("has them committed in enhanced mode, and none where it wants none", async (t) => {
    const link = await aProtocolLink(t);
    const asked = [aLabMessage("M-1", { asks: "AL|NE" }), aLabMessage("BAD-2", { asks: "NE|ER" })];
    assert.deepEqual(await sent(t, link.port, asked), ["CA M-1", "AE BAD-2"]);
  });

  it("has a batch answered by a batch", async (t) => {
    const link = await aProtocolLink(t);
    const batch = `FHS|^~\\&|LAB\rBHS|^~\\&|LAB||||||||B-7\r${aLabMessage("M-1")}${aLabMessage("BAD-2")}BTS|2\rFTS|1\r`;
    assert.deepEqual(await sent(t, link.port, [batch]), ["AA M-1", "AE BAD-2"]);
    assert.deepEqual([...link.taken].sort(), ["BAD-2", "M-1"]);
  });

  it("is led through its sequence numbers", async (t) => {
    let last: number | undefined;
    const sequence = {
      last: async () => last,
      keep: async (next: number | undefined) => {
        last = next;
      },
    };
    const link = await aProtocolLink(t, { sequence });
    const numbers = ["0", "5", "6", "6", "9", "7"];
    const asked = numbers.map((number, at) =>
      number === "0"
        ? aLabMessage("START", { sequence: "0" }).replace(/\r.*$/s, "\r")
        : aLabMessage(`M-${at}`, { sequence: number }),
    );
    const answers = await sent(t, link.port, asked);
    assert.deepEqual(answers, ["AA START #-1", "AA M-1 #5", "AA M-2 #6", "AA M-3 #7", "AE M-4 #7", "AA M-5 #7"]);
  });

  it("may send files with line ends of any kind, as --loose reads them", async (t) => {
    const link = await aProtocolLink(t);
    const file = join(await aFolder(t), "loose.hl7");
    await writeFile(file, (aLabMessage("M-1") + aLabMessage("M-2")).replaceAll("\r", "\r\n"));
    const { stdout } = await run(mllpSend.path, ["--loose", "-p", String(link.port), "-f", file, "127.0.0.1"]);
    assert.deepEqual(msas(stdout), ["AA M-1", "AA M-2"]);
  });
});

describe("node-hl7-client", () => {
  function connection(
    t: TestContext,
    port: number,
    tls?: { readonly ca: string; readonly cert: string; readonly key: string },
  ) {
    const heard: string[] = [];
    const client = new Client({ host: "127.0.0.1", ...(tls && { tls }) });
    const open = client.createConnection({ port, waitAck: false }, async (response) => {
      const message = response.getMessage();
      heard.push([message.get("MSA.1").toString(), message.get("MSA.2").toString()].join(" "));
    });
    t.after(() => open.close());
    const connected = new Promise<void>((resolve) => open.once("connect", () => resolve()));
    return { heard, open, connected };
  }

  it("has its messages acknowledged over one connection", async (t) => {
    const link = await aProtocolLink(t);
    const { heard, open, connected } = connection(t, link.port);
    await connected;
    for (const id of ["M-1", "BAD-2", "SLOW-3"]) {
      await open.sendMessage(new Message({ text: aLabMessage(id) }));
      await until(() => heard.some((answer) => answer.endsWith(id)));
    }
    assert.deepEqual(heard, ["AA M-1", "AE BAD-2", "AA SLOW-3"]);
    assert.equal(link.bodies[0], aLabMessage("M-1").replaceAll("\r", "␍").replace(/␍$/, ""));
  });

  it("hears the commit at once and the application when it is ready", async (t) => {
    const link = await aProtocolLink(t);
    const { heard, open, connected } = connection(t, link.port);
    await connected;
    await open.sendMessage(new Message({ text: aLabMessage("SLOW-1", { asks: "AL|AL" }) }));
    await until(() => heard.length === 2);
    assert.deepEqual(heard, ["CA SLOW-1", "AA SLOW-1"]);
  });

  it("has its batch answered by a batch that it can read", async (t) => {
    const link = await aProtocolLink(t);
    const { heard, open, connected } = connection(t, link.port);
    await connected;
    const batch = new Batch();
    batch.start();
    for (const id of ["M-1", "BAD-2"]) batch.add(new Message({ text: aLabMessage(id) }));
    batch.end();
    await open.sendMessage(batch);
    await until(() => heard.length === 2);
    assert.deepEqual([...heard].sort(), ["AA M-1", "AE BAD-2"]);
  });

  it("is served over TLS with a certificate of its own", { skip: openssl.skip }, async (t) => {
    const { authority, server, client } = await madeCertificates(t);
    const link = await aProtocolLink(t, {}, { tls: { ...server, clientAuthority: authority } });
    const [ca = "", cert = "", key = ""] = await Promise.all(
      [authority, client.certificate, client.key].map((path) => readFile(path, "utf8")),
    );
    const { heard, open, connected } = connection(t, link.port, { ca, cert, key });
    await connected;
    await open.sendMessage(new Message({ text: aLabMessage("M-1") }));
    await until(() => heard.length === 1);
    assert.deepEqual(heard, ["AA M-1"]);
  });
});

describe("simple-hl7", () => {
  it("has its messages acknowledged over one connection", async (t) => {
    const link = await aProtocolLink(t);
    const client = simpleHl7.Server.createTcpClient({ host: "127.0.0.1", port: link.port, keepalive: true });
    t.after(() => client.close());
    const parser = new simpleHl7.Parser({ segmentSeperator: "\r" });
    const send = (id: string) =>
      new Promise<string>((resolve, reject) => {
        client.send(parser.parse(aLabMessage(id).trimEnd()), (error, answer) => {
          if (error !== null) reject(error);
          else resolve(msas(answer?.toString() ?? "").join());
        });
      });
    assert.equal(await send("M-1"), "AA M-1");
    assert.equal(await send("BAD-2"), "AE BAD-2");
    assert.equal(await send("SLOW-3"), "AA SLOW-3");
  });
});

/** `AA M-1`, and with a sequence number `AA M-1 #7`. */
function msas(text: string): readonly string[] {
  const found = text.matchAll(/MSA\|(\w\w)\|([^|\r\n]*)(?:\|[^|\r\n]*)?(?:\|(-?\d+))?/g);
  return [...found].map(([, code, id, number]) => `${code} ${id}${number === undefined ? "" : ` #${number}`}`);
}
