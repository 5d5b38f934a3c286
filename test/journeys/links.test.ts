/** A message from its intake to its destinations, as an operator sets it up and a partner sees it. docs/journeys/a-message-through.md */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import type { FiguresPage } from "#departments/clinical/api";
import { anOruR01 } from "../builders/index.ts";
import { requireTool } from "../tools.ts";
import { babyAdeyemi, mrONeill, mrsOsei, msMuellerBrandt, type WardPatient } from "../ward/index.ts";
import { laboratoryLine } from "./laboratory-line.ts";
import { aLinksHall, type Desk, type LinksHall, within } from "./links-hall.ts";

const mllpSend = requireTool("mllp_send");
const run = promisify(execFile);
const patients = [mrsOsei, mrONeill, msMuellerBrandt, babyAdeyemi] as const;

let hall: LinksHall;
let desk: Desk;

before(async () => {
  hall = await aLinksHall();
  await hall.start();
});

after(async () => {
  await hall?.close();
});

function result(controlId: string, patient: WardPatient = mrsOsei): string {
  return anOruR01({ controlId, patient, placer: `P-${controlId}`, filler: `F-${controlId}` });
}

async function isArchived(controlId: string): Promise<boolean> {
  return (await readdir(hall.archive)).includes(`${controlId}.hl7`);
}

test("a folder is refused until its golden message says what it must give, and is then deployed", async () => {
  const refused = await hall.corridor("links", "check", hall.files);
  assert.equal(refused.code, 1);
  assert.match(refused.text, /golden\/lab\/ue\.expected\.json: say what the message must give/);
  assert.equal((await hall.corridor("links", "check", hall.files, "--write")).code, 0);
  const golden = JSON.parse(await readFile(join(hall.files, "golden/lab/ue.expected.json"), "utf8"));
  assert.deepEqual([golden.outcome, golden.destinations], ["mapped", ["surgery", "archive", "registry"]]);
  const deployed = await hall.corridor("links", "deploy", hall.files, "--why", "three destinations");
  assert.equal(deployed.code, 0, deployed.text);
  desk = await hall.signIn();
  await within(async () => {
    const { links } = await desk.get<{ readonly links: readonly { name: string; state: string }[] }>(
      "/api/clinical/links",
    );
    return links.filter(({ state }) => state === "listening").length === 2;
  }, "both links are open");
});

test("what mllp_send sends is acknowledged and reaches all three as it came", { skip: mllpSend.skip }, async () => {
  const file = join(hall.home, "message.hl7");
  const message = result("FIRST").replace(/\r$/, ""); // mllp_send takes it off
  await writeFile(file, `\u000b${message}\u001c\r`);
  const { stdout } = await run(mllpSend.path, ["-p", String(hall.port()), "-f", file, "127.0.0.1"]);
  assert.match(stdout, /MSA\|AA\|FIRST/);
  await within(async () => isArchived("FIRST"), "it is in the archive");
  assert.equal(await readFile(join(hall.archive, "FIRST.hl7"), "utf8"), message);
  await within(
    () => hall.surgery.received.includes("FIRST") && hall.registry.received.includes("FIRST"),
    "both partners have it",
  );
});

test("a file of the other link goes where that link's routes say, and is not mapped", async () => {
  await writeFile(join(hall.drop, "aside"), result("WARD-1"));
  await rename(join(hall.drop, "aside"), join(hall.drop, "one.hl7"));
  await within(async () => isArchived("WARD-1"), "it is in the archive");
  assert.equal(hall.surgery.received.includes("WARD-1"), false);
  const { messages } = await desk.get<{ readonly messages: readonly { link: string; state: string }[] }>(
    "/api/clinical/messages?link=ward",
  );
  assert.deepEqual(
    messages.map(({ state }) => state),
    ["routed"],
  );
});

interface Parked {
  readonly id: string;
  readonly controlId: string;
  readonly destination: string;
}

async function parked(): Promise<readonly Parked[]> {
  return (await desk.get<{ readonly deliveries: readonly Parked[] }>("/api/clinical/deliveries?state=parked"))
    .deliveries;
}

test("a message that a partner refuses holds up its own lane at that partner, until a person decides", async () => {
  const sent = ["A1", "BAD", "A2", "B1", "WORSE", "B2", "C1"];
  const about = (id: string) => patients[id === "BAD" ? 0 : id === "WORSE" ? 1 : "ABC".indexOf(id[0] ?? "")];
  for (const id of ["BAD", "WORSE"]) hall.surgery.refuses.add(id);
  const line = laboratoryLine(hall.port());
  for (const id of sent) assert.equal(await line.send(result(id, about(id))), `AA ${id}`);
  line.close();
  await within(async () => (await parked()).length === 2, "both are parked");
  await within(async () => (await isArchived("C1")) && hall.registry.received.includes("C1"), "the others go on");
  const at = (received: readonly string[]) => received.filter((id) => sent.includes(id)).sort();
  await within(async () => at(hall.registry.received).length === sent.length, "the registry has all");
  assert.deepEqual(at(hall.surgery.received), ["A1", "B1", "BAD", "C1", "WORSE"]);

  const standing = await parked();
  const idOf = (controlId: string) => standing.find((each) => each.controlId === controlId)?.id ?? "";
  hall.surgery.refuses.delete("BAD");
  const comment = { comment: "The surgery has mended it." };
  assert.equal(await desk.post(`/api/clinical/deliveries/${idOf("BAD")}/retry`, comment), 200);
  assert.equal(
    await desk.post(`/api/clinical/deliveries/${idOf("WORSE")}/skip`, { comment: "They do not want it." }),
    200,
  );
  await within(() => hall.surgery.received.includes("A2") && hall.surgery.received.includes("B2"), "both lanes go on");
  const order = (ids: readonly string[]) => hall.surgery.received.filter((id) => ids.includes(id));
  assert.deepEqual(order(["A1", "BAD", "A2"]), ["A1", "BAD", "BAD", "A2"]);
  assert.deepEqual(order(["B1", "WORSE", "B2"]), ["B1", "WORSE", "B2"]);
  assert.deepEqual(await parked(), []);
});

const perPatient = 50;

/** Sends until the connection breaks; then the message without an answer is the first to be sent. */
async function sendSome(at: number, from: number): Promise<number> {
  const line = laboratoryLine(hall.port());
  let next = from;
  while (next <= perPatient) {
    const id = `K${at}-${next}`;
    const answer = await line.send(result(id, patients[at]));
    if (answer === undefined) break;
    assert.equal(answer, `AA ${id}`);
    next += 1;
  }
  line.close();
  return next;
}

test("killed in the middle, it loses nothing acknowledged, keeps the order, and repeats at most one a lane", async () => {
  const isOfTrial = (id: string) => id.startsWith("K");
  const sending = Promise.all(patients.map((_, at) => sendSome(at, 1)));
  await within(() => hall.surgery.received.filter(isOfTrial).length >= 60, "a third has been delivered");
  await hall.kill();
  const reached = await sending;
  assert.ok(
    reached.some((next) => next <= perPatient),
    "it was killed before all were sent",
  );
  await hall.start();
  const done = await Promise.all(reached.map((next, at) => sendSome(at, next)));
  assert.deepEqual(
    done,
    patients.map(() => perPatient + 1),
  );

  const all = patients.flatMap((_, at) => Array.from({ length: perPatient }, (_, n) => `K${at}-${n + 1}`));
  const has = (received: readonly string[]) => new Set(received.filter(isOfTrial)).size === all.length;
  await within(() => has(hall.surgery.received) && has(hall.registry.received), "both partners have all");
  await within(async () => {
    const names = new Set(await readdir(hall.archive));
    return all.every((id) => names.has(`${id}.hl7`));
  }, "and the archive");
  for (const { received } of [hall.surgery, hall.registry]) {
    for (const [at] of patients.entries()) {
      const lane = received.filter((id) => id.startsWith(`K${at}-`));
      assert.ok(lane.length - perPatient <= 1, `lane ${at} has ${lane.length - perPatient} repeated`);
      const inOrder = lane.filter((id, n) => id !== lane[n - 1]);
      assert.deepEqual(
        inOrder,
        all.filter((id) => id.startsWith(`K${at}-`)),
      );
    }
  }
});

interface Book {
  readonly received: number;
  readonly delivered: number;
  readonly partly: number;
  readonly counted?: number;
  readonly balances: boolean;
}

test("and the books balance", async () => {
  desk = await hall.signIn();
  const books = async () =>
    (await desk.get<{ readonly books: readonly Book[] }>("/api/clinical/books?recount=true")).books;
  const sum = (all: readonly Book[], column: "received" | "delivered" | "partly") =>
    all.reduce((total, book) => total + book[column], 0);
  const expected = (mllpSend.skip === false ? 1 : 0) + 1 + 7 + patients.length * perPatient;
  // One destination was spared one message; the others have it.
  await within(async () => sum(await books(), "delivered") === expected - 1, "all are delivered");
  const kept = await books();
  assert.equal(sum(kept, "partly"), 1);
  assert.equal(sum(kept, "received"), expected);
  assert.ok(kept.every(({ balances, counted, received }) => balances && counted === received));
  const { hours, days, toRecord, uncounted } = await desk.get<FiguresPage>("/api/clinical/figures");
  const inAll = hours.reduce((total, count) => total + count, 0);
  assert.deepEqual([inAll, days.at(-1)?.received, toRecord.count, uncounted], [expected, expected, expected, 0]);
});
