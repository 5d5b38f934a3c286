/** The demonstration as somebody who has just installed Corridor sees it. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import { type RunningProgram, startProgram } from "../../../test/program.ts";

let folder = "";

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "corridor-demo-"));
});

after(() => rm(folder, { recursive: true, force: true }));

interface Told {
  readonly http: string;
  readonly password: string;
  readonly users: readonly { readonly username: string; readonly role: string }[];
  readonly seed: number;
}

function start(...words: readonly string[]): RunningProgram {
  const environment = { CORRIDOR_DATA: join(folder, "data"), CORRIDOR_HOST: "", DATABASE_URL: "" };
  return startProgram(["demo", "--json", "--quiet-laboratory", ...words], environment);
}

async function signIn({ http, password }: Told, username: string): Promise<string> {
  const reply = await fetch(`${http}/api/access/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: http },
    body: JSON.stringify({ username, password }),
  });
  assert.equal(reply.status, 200, await reply.text());
  return reply.headers.getSetCookie().join("; ");
}

async function isFilled(program: RunningProgram): Promise<string> {
  for (;;) {
    const [found] = /Two years are in:.*/.exec(program.errorText()) ?? [];
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Deployed {
  readonly deployment?: { readonly version: number };
  readonly links: readonly { readonly name: string }[];
  readonly destinations: readonly { readonly name: string }[];
}

async function deployedFor({ http }: Told, cookie: string, isWanted: (deployed: Deployed) => boolean) {
  for (;;) {
    const reply = await fetch(`${http}/api/clinical/configuration`, { headers: { cookie } });
    const deployed = (await reply.json()) as Deployed;
    if (isWanted(deployed)) return deployed;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("everybody can sign in, the two years come in whole, and a later start finds them", {
  timeout: 120_000,
}, async () => {
  const first = start("--patients", "3", "--seed", "5");
  const told: Told = JSON.parse(await first.firstLine());
  assert.equal(new Set(told.users.map(({ role }) => role)).size, 20);
  const cookie = await signIn(told, "lindqvist");
  assert.match(await isFilled(first), /^Two years are in: \d+ messages in \d+ s, all taken\.$/);
  const found = await fetch(`${told.http}/api/clinical/patients?q=H1042301`, { headers: { cookie } });
  assert.equal(((await found.json()) as { patients: readonly unknown[] }).patients.length, 1);
  const manager = await signIn(told, "marsh");
  const passing = await deployedFor(told, manager, ({ destinations }) => destinations.length > 0);
  assert.equal(passing.deployment?.version, 2, "first the links, and what they pass on when the two years are in");
  assert.deepEqual(
    [passing.links, passing.destinations].map((each) => each.map(({ name }) => name)),
    [
      ["cellpath", "lab", "pas"],
      ["cancer-registry", "general-practice", "saltbridge", "wards"],
    ],
  );
  assert.equal(await first.stop("SIGTERM"), 0, first.errorText());

  const second = start();
  const again: Told = JSON.parse(await second.firstLine());
  assert.equal(again.seed, 5);
  await signIn(again, "okafor");
  const kept = await deployedFor(again, await signIn(again, "ashworth"), () => true);
  assert.equal(kept.destinations.length, 4);
  assert.equal(await second.stop("SIGTERM"), 0, second.errorText());
  assert.doesNotMatch(second.errorText(), /Filling|Two years/);

  const other = start("--seed", "6");
  assert.equal(await other.exit, 1);
  assert.match(other.errorText(), /made with seed 5 and 3 patients: add --fresh/);
});

test("a number that cannot be is refused in one line", async () => {
  const program = start("--patients", "many");
  assert.equal(await program.exit, 1);
  assert.equal(program.errorText(), "corridor: --patients cannot be many: give a whole number from 1 to 2000.\n");
});
