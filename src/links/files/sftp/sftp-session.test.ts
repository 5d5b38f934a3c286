/** Signing in with a password, to a server that asks for it in one way or the other. RFC 4252 §8, RFC 4256. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { inspect } from "node:util";
import ssh2 from "ssh2";
import { openSession } from "./sftp-session.ts";

for (const method of ["password", "keyboard-interactive"] as const) {
  test(`the first line of the file is the password, asked for by ${method}`, async (t) => {
    const server = await aServer(t, method);
    assert.equal(await signIn(t, server, "open sesame\n"), "in");
    assert.equal(await signIn(t, server, "open barley\n"), "sftp-not-signed-in");
  });
}

test("a link-local address is asked nothing, however it is written", async (t) => {
  const server = await aServer(t, "password");
  for (const host of ["169.254.169.254", "0xa9fea9fe"]) {
    assert.equal(await signIn(t, { ...server, host }, "open sesame\n"), "sftp-not-connected");
  }
});

type Shown = Awaited<ReturnType<typeof aServer>> & { readonly host?: string };

async function signIn(t: TestContext, server: Shown, content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-password-"));
  t.after(() => rm(folder, { recursive: true }));
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, content);
  const session = await openSession({ host: "127.0.0.1", user: "corridor", passwordFile, ...server });
  if (!session.ok) {
    const told = inspect(session.problems, { depth: 9 });
    assert.ok(!told.includes(content.trim()), "a password is told to nobody");
    return session.problems[0].code;
  }
  session.value.end();
  await session.value.ended;
  return "in";
}

async function aServer(t: TestContext, method: "password" | "keyboard-interactive") {
  // Of its Ed25519 keys one in some hundreds cannot be read back.
  const { private: privateKey, public: publicKey } = ssh2.utils.generateKeyPairSync("ecdsa", { bits: 256 });
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (client) => {
    client.on("error", () => {});
    client.on("authentication", (asked) => {
      const settle = (password: string | undefined) => (password === "open sesame" ? asked.accept() : asked.reject());
      if (asked.method !== method) asked.reject([method]);
      else if (asked.method === "password") settle(asked.password);
      else if (asked.method === "keyboard-interactive") asked.prompt("Password: ", (answers) => settle(answers[0]));
    });
    client.on("session", (accept) => accept().on("sftp", (acceptSftp) => void acceptSftp()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const bytes = Buffer.from(publicKey.split(" ")[1] ?? "", "base64");
  const hostKey = `SHA256:${createHash("sha256").update(bytes).digest("base64").replace(/=+$/, "")}`;
  return { port: (server.address() as AddressInfo).port, hostKey };
}
