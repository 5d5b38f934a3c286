/** The commands beside a running Corridor, as an operator uses them. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import postgres from "postgres";
import { instant } from "#kernel";
import { embeddedConnection } from "#storage/postgres";
import { shownCode } from "../../../test/authenticator-app.ts";
import { type CommandDone, runCommand } from "../../../test/command.ts";
import { type RunningProgram, startProgram } from "../../../test/program.ts";

let folder = "";
let address = "";
let corridor: RunningProgram;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "corridor-commands-"));
  corridor = startProgram(["serve", "--json"], {
    CORRIDOR_DATA: join(folder, "data"),
    CORRIDOR_TIME_ZONE: "Pacific/Auckland",
  });
  address = (JSON.parse(await corridor.firstLine()) as { http: string }).http;
});

after(async () => {
  await corridor.stop("SIGTERM");
  await rm(folder, { recursive: true, force: true });
});

async function run(words: readonly string[], dataFolder = join(folder, "data")): Promise<CommandDone> {
  return runCommand(words, { CORRIDOR_DATA: dataFolder });
}

/** The same as a program of its own. */
async function runProgram(words: readonly string[]) {
  const program = startProgram(words, { CORRIDOR_DATA: join(folder, "data") });
  const code = await program.exit;
  return { code, out: program.outText(), err: program.errorText() };
}

async function json<T>(words: readonly string[], by: typeof runProgram = run): Promise<T> {
  const done = await by([...words, "--json"]);
  assert.equal(done.code, 0, done.err);
  return JSON.parse(done.out) as T;
}

interface Added {
  readonly username: string;
  readonly roles: readonly string[];
  readonly link: string;
}

test("a user who is added sets a password by the link that is printed, and signs in", async () => {
  const added = await json<Added>(
    ["user", "add", "ingrid", "--display", "Dr Ingrid Lindqvist", "--role", "doctor"],
    runProgram,
  );
  const link = added.link.split("#")[1];
  const password = "a long walk by the sea";
  const set = await fetch(`${address}/api/access/password`, posted({ link, newPassword: password }));
  assert.equal(set.status, 200, await set.text());
  const signedIn = await fetch(`${address}/api/access/sign-in`, posted({ username: "ingrid", password }));
  assert.equal(signedIn.status, 200);
  const { timeZone } = (await signedIn.json()) as { timeZone: string };
  assert.equal(timeZone, "Pacific/Auckland", "pages show times by the clock of the setting");
});

function posted(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json", origin: address },
    body: JSON.stringify(body),
  };
}

test("users are listed, and their roles replaced", async () => {
  await json<Added>(["user", "add", "rohan", "--role", "nurse"]);
  const changed = await json<Added>(["user", "roles", "rohan", "doctor", "librarian"]);
  assert.deepEqual(changed.roles, ["doctor", "librarian"]);
  const users = await json<readonly Added[]>(["user", "list", "--find", "roh"]);
  assert.deepEqual(
    users.map(({ username, roles }) => [username, roles]),
    [["rohan", ["doctor", "librarian"]]],
  );
});

const refused: readonly (readonly [words: readonly string[], code: number, says: RegExp])[] = [
  [["user", "add", "owen", "--role", "wizard"], 1, /There is no role wizard/],
  [["user", "reset", "nobody"], 1, /There is no user nobody/],
  [["user", "reset-factors", "ingrid"], 1, /Say why: it stands in the audit log/],
  [["user"], 1, /corridor user add, list, reset, reset-factors or roles/],
  [["token", "--scope", "system/*.rs", "--ttl", "soon"], 1, /--ttl cannot be soon/],
  [["token", "--scope", "everything"], 1, /A scope is/],
  [["token", "--shape", "round"], 2, /Unknown option '--shape'/],
  [["backup", "a", "b"], 2, /"b" is one word too many/],
];

for (const [words, code, says] of refused) {
  test(`corridor ${words.join(" ")} says what is wrong and ends with code ${code}`, async () => {
    const done = await run(words);
    assert.equal(done.code, code);
    assert.match(done.err, says);
    assert.equal(done.out, "");
  });
}

test("a token opens what its scope names, and nothing without it", async () => {
  const { out } = await run(["token", "--scope", "corridor/users.manage", "--ttl", "5m"]);
  const users = `${address}/api/access/users`;
  const withToken = await fetch(users, { headers: { authorization: `Bearer ${out.trim()}` } });
  assert.equal(withToken.status, 200);
  assert.equal((await fetch(users)).status, 401);
  const other = await run(["token", "--scope", "system/*.rs"]);
  assert.equal((await fetch(users, { headers: { authorization: `Bearer ${other.out.trim()}` } })).status, 403);
});

test("what was backed up while Corridor ran is restored elsewhere and found whole", async () => {
  const file = join(folder, "all.tar");
  const elsewhere = join(folder, "elsewhere");
  const { position } = await json<{ position: number }>(["backup", file]);
  assert.ok(position > 0);
  const restored = await run(["restore", file], elsewhere);
  assert.equal(restored.code, 0, restored.err);
  const verified = await run(["verify", "--json"], elsewhere);
  assert.equal(verified.code, 0, verified.err);
  const report = JSON.parse(verified.out) as { versions: number; problems: readonly unknown[] };
  assert.deepEqual([report.versions, report.problems], [position, []]);
  const again = await run(["restore", file], elsewhere);
  assert.equal(again.code, 1);
  assert.match(again.err, /is not empty/);
});

test("taking a backup is in the audit log", async () => {
  await json(["backup", join(folder, "again.tar")]);
  const { out } = await run(["token", "--scope", "system/AuditEvent.rs corridor/audit.read"]);
  const search = `${address}/fhir/AuditEvent?subtype=110106`;
  const found = await fetch(search, { headers: { authorization: `Bearer ${out.trim()}` } });
  const bundle = (await found.json()) as { readonly entry?: readonly { resource: { agent: unknown } }[] };
  assert.match(JSON.stringify(bundle.entry?.[0]?.resource.agent), /"CommandLine\//);
});

test("verify beside a running Corridor finds it whole", async () => {
  const done = await runProgram(["verify"]);
  assert.equal(done.code, 0, done.out);
  assert.match(done.out, /^Whole: \d+ versions/);
});

test("a mistyped data folder is not taken for an empty Corridor", async () => {
  const done = await run(["verify"], join(folder, "date"));
  assert.equal(done.code, 1);
  assert.match(done.err, /There is no Corridor in .*date/);
  assert.equal(existsSync(join(folder, "date")), false);
});

test("a benchmark that is not there is answered with those that are", async () => {
  const { code, err } = await runProgram(["bench", "nothing"]);
  assert.equal(code, 2);
  assert.match(err, /^There is no benchmark nothing; there are: .*mllp/);
});

test("what links need not keep is told first, and then taken away beside the running Corridor", async () => {
  const sql = postgres({ ...(await embeddedConnection(join(folder, "data"))), max: 1 });
  await sql`create table daily_blob_20010203 (like daily_blob including all)`;
  const previewed = await run(["links", "retention", "--preview"]);
  assert.match(
    previewed.out,
    /^2001-02-03 would go\. Messages: 0; space: 0\.0 MB\.\nDays that would go: 1; space: 0\.0 MB\.$/m,
  );
  const done = await json<{ readonly retired: readonly string[] }>(["links", "retention"]);
  assert.deepEqual(done.retired, ["2001-02-03"]);
  assert.equal((await run(["links", "retention"])).out.trim(), "Nothing is older than its link keeps it.");
  assert.deepEqual([...(await sql`select 1 from pg_class where relname = 'daily_blob_20010203'`)], []);
  await sql.end();
});

test("a second factor that was lost is reset with a reason, beside a Corridor that runs", async () => {
  const added = await json<Added>(["user", "add", "kelly", "--display", "Sister Kelly", "--role", "nurse"]);
  const password = "a kettle on the window sill";
  const set = await fetch(
    `${address}/api/access/password`,
    posted({ link: added.link.split("#")[1], newPassword: password }),
  );
  const headers = { ...posted({}).headers, cookie: set.headers.getSetCookie()[0]?.split(";")[0] ?? "" };
  const call = (path: string, body: object) =>
    fetch(`${address}/api/access/account/totp${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const { ticket, secret } = (await (await call("", {})).json()) as {
    readonly ticket: string;
    readonly secret: string;
  };
  const confirmed = await call("/confirm", { ticket, code: shownCode(secret, instant(Date.now())) });
  assert.equal(confirmed.status, 200, await confirmed.text());
  const signIn = () => fetch(`${address}/api/access/sign-in`, posted({ username: "kelly", password }));
  assert.equal((await signIn()).status, 202, "the second factor is asked for");
  const reset = await run(["user", "reset-factors", "kelly", "--reason", "New telephone, seen in person."]);
  assert.deepEqual([reset.code, reset.err], [0, ""]);
  assert.match(reset.out, /kelly signs in by password now/);
  assert.equal((await signIn()).status, 200, "the password is enough");
});

test("a service account gets a key that opens what its scope says", async () => {
  const scope = ["--scope", "system/Patient.rs"];
  const added = await run([
    "service-account",
    "add",
    "Tablet",
    "--use",
    "application",
    "--purpose",
    "A test.",
    ...scope,
  ]);
  assert.equal(added.code, 0, added.err);
  const { token } = await json<{ readonly token: string }>(["service-account", "key", "tablet", "--ttl", "1h"]);
  const ask = (path: string) => fetch(`${address}/fhir/${path}`, { headers: { authorization: `Bearer ${token}` } });
  assert.deepEqual([(await ask("Patient")).status, (await ask("Observation")).status], [200, 403]);
});
