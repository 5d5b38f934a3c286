/** A running Corridor whose links were checked and deployed by the command line, with partners around it. */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as passed } from "node:timers/promises";
import type { Json } from "#kernel";
import { anOruR01 } from "../builders/index.ts";
import { runCommand } from "../command.ts";
import { type RunningProgram, startProgram } from "../program.ts";
import { anHttpPartner, anMllpPartner, type Partner } from "./partners.ts";

export interface LinksHall {
  /** For files of tests. */
  readonly home: string;
  /** The folder with the configuration. */
  readonly files: string;
  readonly surgery: Partner;
  readonly registry: Partner;
  /** Files of the destination `archive`. */
  readonly archive: string;
  /** Where the link `ward` takes files. */
  readonly drop: string;
  /** Where the link `lab` listens. */
  port(): number;
  /** Runs `corridor` beside it and settles with what it said. */
  corridor(...words: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }>;
  start(): Promise<void>;
  /** As a power cut does. */
  kill(): Promise<void>;
  /** A person with the role, signed in. */
  signIn(): Promise<Desk>;
  close(): Promise<void>;
}

/** The API as somebody uses it who is signed in. */
export interface Desk {
  get<T>(path: string): Promise<T>;
  post(path: string, body: Json): Promise<number>;
}

const password = "seven quiet owls at noon";

export async function aLinksHall(): Promise<LinksHall> {
  const home = await mkdtemp(join(tmpdir(), "corridor-links-"));
  const [files, archive, drop] = ["files", "archive", "drop"].map((name) => join(home, name)) as [
    string,
    string,
    string,
  ];
  await Promise.all([archive, drop].map((folder) => mkdir(folder)));
  const [surgery, registry] = await Promise.all([anMllpPartner(), anHttpPartner()]);
  await writeFiles(files, configuration({ surgery, registry, archive, drop }));
  const environment = { CORRIDOR_DATA: join(home, "data") };
  let program: RunningProgram | undefined;
  let [http, port] = ["", 0];
  const corridor = async (...words: readonly string[]) => {
    const { code, out, err } = await runCommand(words, environment);
    return { code, text: out + err };
  };
  return {
    home,
    files,
    surgery,
    registry,
    archive,
    drop,
    port: () => port,
    corridor,
    async start() {
      program = startProgram(["serve", "--json"], environment);
      const told = JSON.parse(await program.firstLine()) as { readonly http: string; readonly mllp: string };
      [http, port] = [told.http, Number(told.mllp.split(":").at(-1))];
    },
    kill: async () => void (await program?.stop("SIGKILL")),
    signIn: () => aDesk(http, corridor),
    async close() {
      await program?.stop("SIGTERM");
      await Promise.all([surgery.close(), registry.close()]);
      await rm(home, { recursive: true, force: true });
    },
  };
}

type Around = Pick<LinksHall, "surgery" | "registry" | "archive" | "drop">;

/** Two links and three destinations; the ward's files go to the archive alone, and are not mapped. */
function configuration({ surgery, registry, archive, drop }: Around): Readonly<Record<string, Json | string>> {
  return {
    "links/lab.json": {
      title: "Pathology laboratory",
      intake: { by: "mllp", port: 0 },
      routes: [{ name: "results", when: { types: ["ORU"] }, to: ["surgery", "archive", "registry"] }],
    },
    "links/ward.json": {
      title: "Ward",
      intake: { by: "folder", path: drop, everySeconds: 1 },
      record: false,
      routes: [{ name: "all", to: ["archive"] }],
    },
    "destinations/surgery.json": {
      title: "Harbour surgery",
      outlet: { by: "mllp", host: "127.0.0.1", port: surgery.port, connections: 4 },
    },
    "destinations/archive.json": { title: "Archive", outlet: { by: "folder", path: archive } },
    "destinations/registry.json": {
      title: "Registry",
      outlet: { by: "http", url: `http://127.0.0.1:${registry.port}/results` },
    },
    "golden/lab/ue.hl7": anOruR01({ controlId: "GOLDEN" }),
  };
}

async function writeFiles(folder: string, files: Readonly<Record<string, Json | string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(folder, path, ".."), { recursive: true });
    await writeFile(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
  }
}

/** A new Pathology Links Manager at a Corridor that runs, signed in. */
export async function aDesk(http: string, corridor: LinksHall["corridor"]): Promise<Desk> {
  return signedIn(http, await aPerson(http, corridor));
}

/** The user name of a new Pathology Links Manager who has set a password. */
async function aPerson(http: string, corridor: LinksHall["corridor"]): Promise<string> {
  const username = `links-${Math.random().toString(36).slice(2, 8)}`;
  const words = ["user", "add", username, "--display", "Tom Baker", "--role", "pathology-links-manager", "--json"];
  const { code, text } = await corridor(...words);
  assert.equal(code, 0, text);
  const { link } = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)) as { readonly link: string };
  const set = await asked(http, "/api/access/password", { link: link.split("#")[1] ?? "", newPassword: password });
  assert.equal(set.status, 200, await set.text());
  return username;
}

async function signedIn(http: string, username: string): Promise<Desk> {
  const signIn = await asked(http, "/api/access/sign-in", { username, password });
  assert.equal(signIn.status, 200, await signIn.text());
  const cookie = signIn.headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  return {
    async get<T>(path: string) {
      const answer = await fetch(`${http}${path}`, { headers: { cookie } });
      assert.equal(answer.status, 200, path);
      return (await answer.json()) as T;
    },
    post: async (path, body) => (await asked(http, path, body, cookie)).status,
  };
}

function asked(http: string, path: string, body: Json, cookie = ""): Promise<Response> {
  const headers = { "x-corridor": "1", "content-type": "application/json", cookie };
  return fetch(`${http}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
}

/** Waits until it is so, for at most a minute. */
export async function within(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const endMs = Date.now() + 60_000; !(await isSo()); await passed(25)) {
    assert.ok(Date.now() < endMs, `not within a minute: ${what}`);
  }
}
