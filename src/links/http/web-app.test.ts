import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { anOpenDoor, aRoute } from "../../../test/doors/http.ts";

const html = { headers: { accept: "text/html,*/*" } };

test("every address that is no program's shows the web app's page, which is asked for anew each time", async (t) => {
  const door = await anOpenDoor(t, { webRoot: await aBuiltWebApp(t), routes: [aRoute({ path: "/fhir/metadata" })] });
  for (const path of ["/", "/clinical/patients/9990000001?tab=results", "/sign-in"]) {
    const reply = await fetch(door.address + path, html);
    assert.equal(reply.status, 200, path);
    assert.equal(await reply.text(), "<title>Corridor</title>");
    assert.equal(reply.headers.get("cache-control"), "no-cache");
    assert.match(reply.headers.get("content-type") ?? "", /^text\/html/);
    assert.match(reply.headers.get("content-security-policy") ?? "", /script-src 'self';/);
    assert.match(reply.headers.get("content-security-policy") ?? "", /frame-ancestors 'none'/);
    assert.match(reply.headers.get("permissions-policy") ?? "", /camera=\(\), geolocation=\(\), microphone=\(\)/);
  }
});

test("addresses of programs, and programs that ask for data, get 404 instead of the page", async (t) => {
  const door = await anOpenDoor(t, { webRoot: await aBuiltWebApp(t), routes: [aRoute({ path: "/live/changes" })] });
  const programs = ["/fhir/x", "/api/x", "/dicomweb/studies", "/healthz", "/readyz", "/metrics", "/live/other"];
  for (const path of programs) assert.equal((await fetch(door.address + path, html)).status, 404, path);
  assert.equal((await fetch(`${door.address}/clinical`, { headers: { accept: "application/json" } })).status, 404);
  assert.equal((await fetch(`${door.address}/clinical`, { method: "POST" })).status, 404);
});

test("files with a hash in their name are kept for good, and sent compressed", async (t) => {
  const door = await anOpenDoor(t, { webRoot: await aBuiltWebApp(t) });
  const reply = await fetch(`${door.address}/assets/shell-4fd1.js`, { headers: { "accept-encoding": "br" } });
  assert.equal(reply.headers.get("cache-control"), "public, max-age=31536000, immutable");
  assert.equal(reply.headers.get("content-encoding"), "br");
  assert.match(reply.headers.get("content-type") ?? "", /javascript/);
  assert.equal(await reply.text(), "let ward;\n".repeat(1_000));
  assert.equal((await fetch(`${door.address}/assets/gone.js`)).status, 404);
  const head = await fetch(`${door.address}/icon.svg`, { method: "HEAD" });
  assert.deepEqual([head.status, head.headers.get("cache-control")], [200, "no-cache"]);
});

// Source: CSP Level 3 §6.1.10 (script-src, wasm-unsafe-eval); HTML, "run a worker" (a worker's policy is that of its file).
test("only the worker that decodes images may compile WebAssembly", async (t) => {
  const root = await aBuiltWebApp(t);
  const files = ["decodeImageFrameWorker-4fd1.js", "shell-4fd1.js", "decodeImageFrameWorker.html"];
  for (const file of files) await writeFile(join(root, "assets", file), "");
  const door = await anOpenDoor(t, { webRoot: root });
  const policies = await Promise.all(
    files.map(async (file) => (await fetch(`${door.address}/assets/${file}`)).headers.get("content-security-policy")),
  );
  assert.deepEqual(
    policies.map((policy) => policy?.includes("'wasm-unsafe-eval'")),
    [true, false, false],
  );
});

test("a page the browser has already is not sent again", async (t) => {
  const door = await anOpenDoor(t, { webRoot: await aBuiltWebApp(t) });
  const etag = (await fetch(door.address, html)).headers.get("etag") ?? "";
  const again = await fetch(door.address, { headers: { ...html.headers, "if-none-match": etag, "cache-control": "" } });
  assert.equal(again.status, 304);
});

test("no path leads out of the folder, nor to a hidden file", async (t) => {
  const root = await aBuiltWebApp(t);
  await writeFile(join(root, "..", "secret.txt"), "secret");
  await writeFile(join(root, ".env"), "secret");
  const door = await anOpenDoor(t, { webRoot: root });
  for (const path of [
    "/%2e%2e/secret.txt",
    "/assets/..%2f..%2fsecret.txt",
    "/.env",
    "/%2eenv",
    "/assets%5c..%5c..%5csecret.txt",
    "/a%00b",
  ]) {
    const reply = await fetch(door.address + path);
    assert.equal(reply.status, 404, path);
    assert.doesNotMatch(await reply.text(), /secret/);
  }
});

test("where the web app is not built the page says so, and it appears as soon as it is", async (t) => {
  const root = await mkdtemp(join(tmpdir(), "corridor-web-"));
  t.after(() => rm(root, { recursive: true }));
  const webRoot = join(root, "dist");
  const door = await anOpenDoor(t, { webRoot });
  const reply = await fetch(door.address, html);
  assert.equal(reply.status, 503);
  assert.match(await reply.text(), /not built/);
  await mkdir(webRoot);
  await writeFile(join(webRoot, "index.html"), "built");
  assert.equal(await (await fetch(door.address, html)).text(), "built");
});

async function aBuiltWebApp(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-web-"));
  t.after(() => rm(folder, { recursive: true }));
  const root = join(folder, "dist");
  await mkdir(join(root, "assets"), { recursive: true });
  await writeFile(join(root, "index.html"), "<title>Corridor</title>");
  await writeFile(join(root, "icon.svg"), "<svg/>");
  await writeFile(join(root, "assets", "shell-4fd1.js"), "let ward;\n".repeat(1_000));
  return root;
}
