/** Our sender sends to servers of other people: python3-hl7 and simple-hl7, as they are. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { describe, it, type TestContext } from "node:test";
import simpleHl7 from "simple-hl7";
import type { SendOutcome } from "#kernel";
import { aMessage, aSenderTo } from "../doors/mllp-sender.ts";
import { requireTool } from "../tools.ts";

const mllpSend = requireTool("mllp_send");

/** Acknowledges what it reads, `BAD…` with AE; ends the connection after `END…`. */
const pythonServer = `
import asyncio
from hl7.mllp import start_hl7_server

async def serve(reader, writer):
    try:
        while True:
            message = await reader.readmessage()
            control_id = str(message.segment("MSH")[10])
            writer.writemessage(message.create_ack("AE" if control_id.startswith("BAD") else "AA"))
            await writer.drain()
            if control_id.startswith("END"):
                break
    except asyncio.IncompleteReadError:
        pass
    writer.close()

async def main():
    server = await start_hl7_server(serve, host="127.0.0.1", port=0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()

asyncio.run(main())
`;

describe("The server of python3-hl7", { skip: mllpSend.skip }, () => {
  async function started(t: TestContext): Promise<number> {
    const python = /^#!(\S+)/.exec(await readFile(mllpSend.path, "utf8"))?.[1] ?? "python3";
    const child = spawn(python, ["-c", pythonServer], { stdio: ["ignore", "pipe", "inherit"] });
    t.after(() => child.kill());
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    return Number(line.toString());
  }

  it("takes messages over one connection, and its refusals are understood", async (t) => {
    const { send } = aSenderTo(t, await started(t));
    const outcomes = [await send("M-1"), await send("BAD-2"), await send("M-3")];
    assert.deepEqual(outcomes.map(told), ["accepted", "refused AE", "accepted"]);
  });

  it("may end the connection between messages", async (t) => {
    const { send } = aSenderTo(t, await started(t));
    for (const id of ["END-1", "END-2", "M-3"]) {
      assert.equal(told(await send(id)), "accepted");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

  it("takes messages of several connections at once", async (t) => {
    const { send } = aSenderTo(t, await started(t), { connections: 4 });
    const outcomes = await Promise.all(Array.from({ length: 40 }, (_, at) => send(`M-${at}`)));
    assert.deepEqual(new Set(outcomes.map(told)), new Set(["accepted"]));
  });

  it("answers one message when enhanced mode asks for two: the application's word is enough", async (t) => {
    const { sender } = aSenderTo(t, await started(t), { mode: "enhanced" });
    const outcome = await sender.send(aMessage("M-1", "AL|AL"), new AbortController().signal);
    assert.equal(told(outcome), "accepted");
  });
});

describe("The server of simple-hl7", () => {
  async function started(t: TestContext): Promise<number> {
    const app = simpleHl7.tcp();
    app.use((request, response, _next) => {
      const isBad = request.msg.toString().includes("BAD-");
      if (isBad) response.ack.getSegment("MSA").setField(1, "AR");
      response.end();
    });
    app.start({ host: "127.0.0.1", port: 0 });
    const { server } = app.server;
    t.after(() => server.close());
    if (!server.listening) await once(server, "listening");
    return (server.address() as AddressInfo).port;
  }

  it("takes messages, and its refusals are understood", async (t) => {
    const { send } = aSenderTo(t, await started(t));
    const outcomes = [await send("M-1"), await send("BAD-2"), await send("M-3")];
    assert.deepEqual(outcomes.map(told), ["accepted", "refused AR", "accepted"]);
  });
});

function told(outcome: SendOutcome): string {
  return outcome.is === "refused" ? `refused ${outcome.code}` : outcome.is;
}
