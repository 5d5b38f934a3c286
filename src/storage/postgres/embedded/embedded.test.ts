import assert from "node:assert/strict";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before, type TestContext } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";
import { expectOk, silentLog } from "#kernel";
import { type EmbeddedConnection, startEmbeddedPostgres } from "./index.ts";
import { isAlive } from "./process.ts";

async function aDataFolder(t: TestContext, below = ""): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "corridor-embedded-"));
  t.after(() => rm(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 }));
  await mkdir(join(root, below), { recursive: true });
  return join(root, below);
}

/** A copy of a folder in which Corridor has been started and stopped once. */
async function aUsedDataFolder(t: TestContext, below = ""): Promise<string> {
  const folder = await aDataFolder(t, below);
  execFileSync("cp", ["-a", join(used, "postgres"), folder]);
  return folder;
}

const used = await mkdtemp(join(tmpdir(), "corridor-embedded-"));
before(async () => (await start(used)).stop());
after(() => rm(used, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 }));

async function start(dataFolder: string) {
  return expectOk(await startEmbeddedPostgres({ dataFolder, log: silentLog }));
}

async function ask(connection: EmbeddedConnection, statement: string): Promise<readonly postgres.Row[]> {
  const sql = postgres({ ...connection, max: 1 });
  return sql.unsafe(statement).finally(() => sql.end());
}

/** A process of its own that starts the database of a folder and waits to be killed. */
async function aCorridor(dataFolder: string): Promise<ChildProcess> {
  const program = `
    import { startEmbeddedPostgres } from "#storage/postgres";
    import { expectOk, silentLog } from "#kernel";
    expectOk(await startEmbeddedPostgres({ dataFolder: ${JSON.stringify(dataFolder)}, log: silentLog }));
    console.log("ready");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    cwd: join(import.meta.dirname, "../../../.."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function serverPid(dataFolder: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataFolder, "postgres/postmaster.pid"), "utf8"), 10);
}

async function goneWithin(pid: number, timeoutMs: number): Promise<boolean> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await pause(20)) {
    if (!(await isAlive(pid))) return true;
  }
  return false;
}

test("what is committed before a stop is there after the next start", async (t) => {
  const folder = await aDataFolder(t);
  const first = await start(folder);
  await ask(first.connection, "create table kept as select 42 as answer");
  await first.stop();
  const second = await start(folder);
  t.after(() => second.stop());
  assert.deepEqual([...(await ask(second.connection, "select answer from kept"))], [{ answer: 42 }]);
});

test("the server is PostgreSQL 18, has no TCP port, and its folder is closed to other users", async (t) => {
  const folder = await aUsedDataFolder(t);
  const database = await start(folder);
  t.after(() => database.stop());
  const [row] = await ask(
    database.connection,
    `select current_setting('server_version_num')::int / 10000 as major, current_setting('listen_addresses') as tcp,
      current_setting('fsync') as fsync, current_setting('data_directory_mode') as mode`,
  );
  assert.deepEqual(row, { major: 18, tcp: "", fsync: "on", mode: "0700" });
});

test("the server ends when the process that started it is killed, and the next start finds everything", async (t) => {
  const folder = await aUsedDataFolder(t);
  const corridor = await aCorridor(folder);
  const pid = await serverPid(folder);
  await kill(corridor);
  assert.ok(await goneWithin(pid, 5_000), "the orphaned server did not end");
  const next = await start(folder);
  await next.stop();
});

test("a server left behind without its watcher is stopped by the next start", async (t) => {
  if (process.platform !== "linux") return t.skip("finds the watcher in /proc, which only Linux has");
  const folder = await aUsedDataFolder(t);
  const corridor = await aCorridor(folder);
  const pid = await serverPid(folder);
  process.kill(await watcherOf(pid), "SIGKILL");
  await kill(corridor);
  assert.equal(await goneWithin(pid, 300), false, "the server was expected to live on without a watcher");
  const next = await start(folder);
  assert.ok(await goneWithin(pid, 1_000));
  await next.stop();
});

/** The watcher is the only shell in the server's session. */
async function watcherOf(server: number): Promise<number> {
  for (const name of await readdir("/proc")) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, "utf8").catch(() => "") : "";
    const session = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[3]);
    if (session === server && stat.includes("(sh)")) return Number(name);
  }
  throw new Error("the server has no watcher");
}

test("a folder is for one Corridor: a second is told which process has it", async (t) => {
  const folder = await aUsedDataFolder(t);
  const corridor = await aCorridor(folder);
  const second = await startEmbeddedPostgres({ dataFolder: folder, log: silentLog });
  await kill(corridor);
  assert.equal(second.ok, false);
  assert.equal(second.problems[0].code, "data-folder-in-use");
  assert.match(second.problems[0].message, new RegExp(`process ${corridor.pid}`));
  assert.ok(await goneWithin(await serverPid(folder).catch(() => 0), 5_000));
});

test("a stale process number that now belongs to a stranger does not stop the start, nor is the stranger harmed", async (t) => {
  const folder = await aUsedDataFolder(t);
  await (await start(folder)).stop();
  await writeFile(join(folder, "postgres/postmaster.pid"), `${process.pid}\n${folder}\n0\n5432\n\n\n 0 0\nready\n`);
  const next = await start(folder);
  await next.stop();
});

test("a data folder too long for a socket has its socket in a short private folder", async (t) => {
  const folder = await aUsedDataFolder(t, "long".repeat(40));
  const database = await start(folder);
  t.after(async () => {
    await database.stop();
    await rm(database.connection.host, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  });
  assert.ok(!database.connection.host.startsWith(folder));
  assert.deepEqual([...(await ask(database.connection, "select 1 as one"))], [{ one: 1 }]);
});

test("a start that was cut short while making the database leaves nothing in the way", async (t) => {
  const folder = await aDataFolder(t);
  await mkdir(join(folder, "postgres.new/base"), { recursive: true });
  await (await start(folder)).stop();
  assert.ok(!existsSync(join(folder, "postgres.new")));
});

test("a database of a newer PostgreSQL is left alone", async (t) => {
  const folder = await aDataFolder(t);
  await mkdir(join(folder, "postgres"), { mode: 0o700 });
  await writeFile(join(folder, "postgres/PG_VERSION"), "19\n");
  const started = await startEmbeddedPostgres({ dataFolder: folder, log: silentLog });
  assert.equal(started.ok, false);
  assert.equal(started.problems[0].code, "data-folder-of-other-version");
  assert.match(started.problems[0].message, /PostgreSQL 19, this Corridor has 18: start it with the newer Corridor/);
});

test("a folder with files of something else is not replaced", async (t) => {
  const folder = await aDataFolder(t);
  await mkdir(join(folder, "postgres"));
  await writeFile(join(folder, "postgres/holiday.txt"), "sun");
  const started = await startEmbeddedPostgres({ dataFolder: folder, log: silentLog });
  assert.equal(started.ok, false);
  assert.equal(await readFile(join(folder, "postgres/holiday.txt"), "utf8"), "sun");
});

test("a server that ends by itself is noticed", async (t) => {
  const database = await start(await aUsedDataFolder(t));
  t.after(() => database.stop());
  const [row] = await ask(database.connection, "select pg_ls_dir from pg_ls_dir('.') where pg_ls_dir = 'PG_VERSION'");
  assert.ok(row);
  process.kill(await serverPid(join(database.connection.host, "..")), "SIGINT");
  assert.equal((await database.failure).code, "database-ended");
});

test("root's private folders need not be opened for the database's user", async (t) => {
  if (process.getuid?.() !== 0 || process.platform !== "linux") return t.skip("only root on Linux has the trouble");
  const folder = await aUsedDataFolder(t);
  assert.match(execFileSync("stat", ["-c", "%A", join(folder, "..")]).toString(), /^d/);
  const database = await start(folder);
  t.after(() => database.stop());
  const owner = execFileSync("stat", ["-c", "%u", join(folder, "postgres")])
    .toString()
    .trim();
  assert.notEqual(owner, "0");
});
