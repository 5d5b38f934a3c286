/** Requests, registers and packs, over a real record. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { inflateRawSync } from "node:zlib";
import { accessKinds, type Context, disposingActor, governingActor, narrow, personActor } from "#access";
import { openAuditLog } from "#audit";
import { countingIds, expectOk, type JsonObject, ok, type Result, type Route, silentLog } from "#kernel";
import { fhirKinds, type KindDefinition, noEntries, type Operation, openErasures } from "#record";
import { caringFor } from "../../../test/builders/relationship.ts";
import { aRequest } from "../../../test/builders/request.ts";
import { contextOf } from "../../../test/handler-context.ts";
import { freshRecord, type TestRecord } from "../../../test/record.ts";
import type { ItemsPage, ItemView, TimelineView } from "./api.ts";
import type { EvidencePage } from "./evidence/evidence-view.ts";
import type { GovernanceHome } from "./home/home-view.ts";
import { DisposalWorker, type Erasing, informationKinds, informationRoutes, PackBuilder } from "./index.ts";
import type { DisclosureView, SheetView } from "./pack/disclosure-view.ts";
import type { DisposalView, RetentionPage } from "./retention/retention-view.ts";

const officer = (id: string, display: string) =>
  personActor({ reference: `User/${id}`, display, roles: ["information-governance"] });
const ruth = officer("ruth", "Ms Ruth Amadi");
const ben = officer("ben", "Mr Ben Ashe");

const held: readonly Operation[] = [
  { action: "create", kind: "Patient", id: "osei", body: { name: [{ family: "Osei", given: ["Adaeze"] }] } },
  { action: "create", kind: "Patient", id: "other", body: { name: [{ family: "Other" }] } },
  observation("k", "osei", "Potassium"),
  observation("na", "osei", "Sodium", "Her neighbour Mr Grubb rang; GRUBB says she fell."),
  observation("theirs", "other", "Not hers"),
  {
    action: "create",
    kind: "RelatedPerson",
    id: "son",
    body: { patient: { reference: "Patient/osei" }, name: [{ family: "Okafor" }] },
  },
  {
    action: "create",
    kind: "DocumentReference",
    id: "letter",
    body: {
      status: "current",
      subject: { reference: "Patient/osei" },
      description: "Discharge letter",
      content: [{ attachment: { contentType: "text/plain", data: Buffer.from("Dear Doctor").toString("base64") } }],
    },
  },
];

function observation(id: string, patient: string, text: string, note?: string): Operation {
  const body: JsonObject = {
    status: "final",
    code: { text },
    effectiveDateTime: "2025-11-03",
    subject: { reference: `Patient/${patient}` },
    valueQuantity: { value: 4.2, unit: "mmol/L" },
    ...(note === undefined ? {} : { note: [{ text: note }] }),
  };
  return { action: "create", kind: "Observation", id, body };
}

describe("information governance", () => {
  let opened: TestRecord;
  let routes: readonly Route<Context>[];
  let packs: PackBuilder;
  let disposals: DisposalWorker;

  before(async () => {
    opened = await freshRecord({ kinds: [...fhirKinds, ...accessKinds, ...informationKinds, ...ofClinical] });
    expectOk(await opened.record.transact({ operations: held }));
    const accounts = async () => ok({ users: 4, withSecondFactor: 3 });
    const acting = ({ actor }: Context) => contextFor(governingActor(actor));
    packs = new PackBuilder({
      look: opened.record,
      contextFor: () => contextFor(governingActor(ruth)),
      claim: async () => true,
      log: silentLog,
    });
    const erasing: Erasing = {
      ...openErasures({
        store: opened.store.erasures,
        blobs: opened.files,
        lists: { append: async () => {} },
        eraseStudy: async () => ok(0),
        kinds: fhirKinds,
        clock: opened.clock,
        log: silentLog,
      }),
      studiesOf: async () => ok([]),
      forgetWords: async () => ok([]),
    };
    disposals = new DisposalWorker({
      look: opened.record,
      contextFor: ({ by, display }) => contextFor({ ...disposingActor(ben), reference: by, display }),
      erasing: () => ok(erasing),
      claim: async () => true,
      log: silentLog,
    });
    const evidence = { accounts };
    routes = informationRoutes({ acting, erasing, disposals, packs, evidence, reviews: async () => ok(2) });
  });

  after(() => disposals.close());

  const ids = countingIds("g");
  const contextFor = (actor: Context["actor"]): Context => ({ ...contextOf(opened, actor), ids });
  const call = async (method: string, path: string, { as = ruth, json, query = "" }: Call = {}) => {
    const [route, params] = routes.flatMap((each) => {
      const match = new RegExp(`^${each.path.replace(/:([a-z]+)/g, "(?<$1>[^/]+)")}$`).exec(`/api/information${path}`);
      return each.method === method && match ? [[each, match.groups ?? {}] as const] : [];
    })[0]!;
    const body = Buffer.from(JSON.stringify(json ?? {}));
    return route.handle({ ...aRequest({ query }), method, params: { ...params }, body }, contextFor(as));
  };
  const json = async <T>(method: string, path: string, more: Call = {}): Promise<T> =>
    JSON.parse(String(expectOk(await call(method, path, more)).body)) as T;
  const problem = (result: Result<unknown>) => (result.ok ? "no problem" : result.problems[0].code);
  const begin = (list: string, more: object = {}) =>
    json<ItemView>("POST", "/items", {
      json: { list, title: "Her records", fields: { requester: "Mrs Osei", wants: "All" }, ...more },
    });
  const order = (item: ItemView, what: object, as = ruth) =>
    json<ItemView>("POST", `/items/${item.id}/orders`, { as, json: { version: item.version, ...what } });
  const step = (item: ItemView, name: string, more: object = {}) => order(item, { do: "step", step: name, ...more });

  it("a request gets the next number of its list and year, and is due in a month", async () => {
    const first = await begin("complaint");
    const second = await begin("complaint");
    assert.deepEqual([first.reference, second.reference], ["COM-2026-0001", "COM-2026-0002"]);
    assert.deepEqual(
      first.clocks.map(({ name, dueDay }) => [name, dueDay]),
      [
        ["acknowledge", "2026-04-01"],
        ["answer", "2026-06-02"],
      ],
    );
  });

  it("what is missing is refused in the words of the form", async () => {
    const fields = { requester: "Mrs Osei" };
    const missing = await call("POST", "/items", { json: { list: "complaint", title: "x", fields } });
    assert.equal(problem(missing), "field-missing");
    const nobody = await call("POST", "/items", {
      json: { list: "rectification", title: "x", fields: { ...fields, wants: "y" } },
    });
    assert.equal(problem(nobody), "patient-missing");
  });

  it("a life is written down version by version, with who and why", async () => {
    let item = await begin("rectification", { patient: "Patient/osei" });
    item = await step(item, "acknowledge");
    item = await step(item, "wait", { why: "Asked for proof of address" });
    opened.clock.advance(3 * 24 * 3_600_000);
    item = await step(item, "resume", { why: "It came" });
    assert.deepEqual(
      item.clocks.map(({ state, dueDay, stoppedDays }) => [state, dueDay, stoppedDays]),
      [["running", "2026-04-07", 3]], // 2 April and three days, and then Good Friday to Easter Monday
    );
    const early = await call("POST", `/items/${item.id}/orders`, {
      json: { version: item.version, do: "step", step: "finish", outcome: "corrected" },
    });
    assert.equal(problem(early), "checks-open");
    item = await order(item, { do: "check", check: "identity", isDone: true });
    item = await order(item, { do: "check", check: "told", isDone: true });
    item = await step(item, "finish", { outcome: "corrected", why: "Address put right" });
    assert.deepEqual([item.state, item.onTime, item.clocks[0]?.state], ["done", true, "met"]);
    const { entries } = await json<TimelineView>("GET", `/items/${item.id}/timeline`);
    assert.deepEqual(
      entries.map(({ did, why }) => (why === undefined ? did : `${did}: ${why}`)),
      [
        "finish: Address put right",
        "check",
        "check",
        "resume: It came",
        "wait: Asked for proof of address",
        "acknowledge",
        "create",
      ],
    );
  });

  it("two who act on the same version are told of each other", async () => {
    const item = await begin("complaint");
    await order(item, { do: "note", text: "rang them" });
    const late = await call("POST", `/items/${item.id}/orders`, {
      json: { version: item.version, do: "assign", mine: true },
    });
    assert.equal(problem(late), "version-conflict");
  });

  it("a restriction marks the patient's record as long as it stands", async () => {
    let item = await begin("restriction", { patient: "Patient/osei" });
    for (const check of ["identity", "told"]) item = await order(item, { do: "check", check, isDone: true });
    item = await step(item, "begin");
    const early = await call("POST", `/items/${item.id}/orders`, {
      json: { version: item.version, do: "step", step: "finish", outcome: "restricted" },
    });
    assert.equal(problem(early), "outcome-untrue", "nothing is restricted before the mark is set");
    item = await step(item, "mark", { why: "Accuracy is disputed" });
    const flag = expectOk(await opened.record.read("Flag", item.flag!.slice("Flag/".length)));
    assert.match(flag.body, /"status":"active".*urn:corridor:processing-mark.*"code":"restriction".*Patient\/osei/);
    item = await step(item, "unmark", { why: "Settled" });
    assert.equal(item.flag, undefined);
    assert.match(expectOk(await opened.record.read("Flag", flag.id)).body, /"status":"inactive"/);
  });

  it("an incident is not closed before somebody has decided about the ICO, and lists show what is overdue first", async () => {
    const fields = { what: "A letter went astray", nature: "confidentiality" };
    let item = await begin("incident", { fields });
    item = await order(item, { do: "check", check: "contained", isDone: true });
    item = await order(item, { do: "check", check: "assessed", isDone: true });
    item = await step(item, "begin");
    const early = await call("POST", `/items/${item.id}/orders`, {
      json: { version: item.version, do: "step", step: "finish", outcome: "internal" },
    });
    assert.equal(problem(early), "report-open");
    opened.clock.advance(73 * 3_600_000);
    const page = await json<ItemsPage>("GET", "/items", { query: "stage=open&due=overdue" });
    assert.deepEqual(
      page.items.map(({ id }) => id),
      [item.id],
    );
    item = await step(item, "not-report", { why: "The letter came back unopened" });
    assert.deepEqual(
      item.clocks.map(({ state }) => state),
      ["late", "running"],
    );
  });

  it("who has no part in it sees nothing of it", async () => {
    const doctor = personActor({ reference: "User/d", display: "Dr", roles: ["doctor"] });
    const page = await call("GET", "/items", { as: doctor });
    assert.equal(problem(page), "kind-forbidden");
  });

  it("the home page counts what is open, and the evidence says what it cannot say", async () => {
    const home = await json<GovernanceHome>("GET", "/home");
    const complaints = home.stands.find(({ list }) => list === "complaint");
    assert.ok(complaints !== undefined && complaints.open >= 3 && complaints.overdue === 0);
    assert.deepEqual(home.months.at(-1), { month: "2026-03", closed: 1, onTime: 1 });
    assert.deepEqual(
      home.unusual.map(({ name, count }) => [name, count]),
      [
        ["findings", 0],
        ["reviews", 2],
      ],
    );
    const { evidence } = await json<EvidencePage>("GET", "/evidence");
    const says = (name: string) => evidence.find(({ outcome }) => outcome === name)?.says;
    assert.equal(says("B2.a"), "3 of 4 users have a second factor.");
    assert.equal(says("D1.a"), "0 of 1 incidents of twelve months were reported, or decided on, within 72 hours.");
    assert.match(says("B6.b") ?? "", /not kept in Corridor yet/);
  });

  describe("a record that need not be kept any more", () => {
    const propose = (why = "Eight years are over") =>
      call("POST", "/retention/disposals", { json: { patient: "Patient/old", why } });
    let disposal: DisposalView;
    const doctor = (id: string) => personActor({ reference: `User/${id}`, display: id, roles: ["doctor"] });
    const seenBy = (id: string) =>
      narrow({ ...opened, auditLog: openAuditLog(opened.store.audit), actor: doctor(id), ids: countingIds(id) });

    before(async () => {
      const visit = { status: "finished", class: { code: "AMB" }, subject: { reference: "Patient/old" } };
      const operations: readonly Operation[] = [
        { action: "create", kind: "Patient", id: "old", body: { birthDate: "1931-02-01", name: [{ family: "Penn" }] } },
        { action: "create", kind: "Encounter", id: "last", body: { ...visit, period: { end: "2015-06-01" } } },
      ];
      expectOk(await opened.record.transact({ operations }));
      const mistaken: JsonObject = { status: "completed", subject: { reference: "Patient/old", display: "Penn" } };
      const both = ["old", "other"].map((id) => ({ entity: { reference: `Patient/${id}` } }));
      const beside: readonly Operation[] = [
        { action: "create", kind: "Procedure", id: "mistaken", body: mistaken },
        { action: "create", kind: "Group", id: "both", body: { type: "person", actual: true, member: both } },
      ];
      expectOk(await opened.record.transact({ operations: beside }));
      expectOk(await opened.record.transact({ operations: [{ action: "delete", kind: "Procedure", id: "mistaken" }] }));
      const caring = caringFor(doctor("knew").reference, "old");
      const relations: readonly Operation[] = [
        { action: "create", kind: "Relationship", id: "knew-old", body: caring },
      ];
      expectOk(await opened.record.transact({ operations: relations }));
      expectOk(await seenBy("knew").read("Encounter", "last"));
      assert.equal(problem(await seenBy("stranger").read("Encounter", "last")), "not-found");
    });

    it("is found, with what says so", async () => {
      const { rows } = await json<RetentionPage>("GET", "/retention");
      assert.deepEqual(
        rows.map(({ patient, rule, until, state }) => [patient, rule, until, state]),
        [["Patient/old", "adult", "2023-06-01", "due"]],
      );
    });

    it("stays while a hold is in force", async () => {
      const fields = { ground: "inquiry", what: "All records" };
      let hold = await json<ItemView>("POST", "/items", { json: { list: "hold", title: "The inquiry", fields } });
      hold = await step(hold, "approve");
      assert.equal(problem(await propose()), "on-hold");
      await step(hold, "retire", { why: "The inquiry has reported" });
    });

    it("goes when a second person agrees, for good, with a certificate", async () => {
      disposal = JSON.parse(String(expectOk(await propose()).body)) as DisposalView;
      const decide = (as: typeof ruth) =>
        call("POST", `/retention/disposals/${disposal.id}/decide`, { as, json: { agree: true, why: "Checked" } });
      assert.equal(problem(await decide(ruth)), "second-person-needed");
      disposal = JSON.parse(String(expectOk(await decide(ben)).body)) as DisposalView;
      assert.equal(disposal.state, "agreed");
      disposal = await until(async () => {
        const { disposals: all } = await json<RetentionPage>("GET", "/retention");
        return all.find(({ id, state }) => id === disposal.id && state === "done");
      });
      const { deleted, versions, kept } = disposal.certificate!;
      // A list that names others too is theirs as well.
      assert.deepEqual([deleted, versions, kept], [{ Encounter: 1, Patient: 1, Procedure: 1 }, 6, { Group: 1 }]);
      assert.equal(problem(await opened.record.read("Patient", "old")), "erased");
      for (const [kind, id] of [
        ["Patient", "old"],
        ["Procedure", "mistaken"],
      ] as const)
        assert.equal(expectOk(await opened.record.readVersion(kind, id, 1)).body, "");
      const changes = expectOk(await opened.record.changes(0, 1_000));
      assert.deepEqual(
        changes.map(({ position }) => position),
        changes.map((_, at) => at + 1),
      );
      assert.ok(!changes.some(({ body }) => body.includes("Penn")));
      assert.deepEqual((await json<RetentionPage>("GET", "/retention")).rows, []);
    });

    it("is told to be gone to who was shown it, and to nobody else who sees the patients they care for", async () => {
      const asked = async (id: string, kind: string, of: string) => problem(await seenBy(id).read(kind, of));
      assert.equal(await asked("knew", "Encounter", "last"), "erased");
      assert.equal(expectOk(await seenBy("knew").readVersion("Encounter", "last", 1)).isErased, true);
      assert.equal(await asked("knew", "Procedure", "mistaken"), "not-found");
      for (const [kind, id] of [
        ["Encounter", "last"],
        ["Patient", "old"],
      ] as const)
        assert.equal(await asked("stranger", kind, id), "not-found");
      // To have asked in vain is not to have known.
      assert.equal(await asked("stranger", "Encounter", "last"), "not-found");
      assert.equal(problem(await seenBy("stranger").readVersion("Encounter", "last", 1)), "not-found");
    });
  });

  describe("the pack of a subject access request", () => {
    let item: ItemView;
    const at = () => `/items/${item.id}/disclosure`;
    const sheet = () => json<SheetView>("GET", `${at()}/sheet`, { query: "number=0" });
    const decide = async (
      keys: readonly string[],
      what: object,
      { as = ruth, why }: { as?: typeof ruth; why?: string } = {},
    ) => {
      const { version } = await sheet();
      return call("POST", `${at()}/entries`, { as, json: { sheet: 0, version, keys, why, order: what } });
    };

    before(async () => {
      item = await begin("subject-access", { patient: "Patient/osei" });
      item = await order(item, { do: "check", check: "identity", isDone: true });
    });

    it("holds all about the person and nobody else, with what a person must look at flagged", async () => {
      await json<DisclosureView>("POST", `${at()}/gather`);
      const { entries } = await sheet();
      assert.deepEqual(
        entries.map(({ kind, id, flags }) => [`${kind}/${id}`, ...flags]).filter(([key]) => !key?.startsWith("Flag")),
        [
          ["Patient/osei"],
          ["DocumentReference/letter", "free-text"],
          ["Observation/k"],
          ["Observation/na", "free-text"],
          ["RelatedPerson/son", "third-party"],
        ],
      );
      assert.equal(problem(await call("GET", `${at()}/held`, { query: "key=Observation/theirs" })), "not-found");
    });

    it("does not leave before all has passed review", async () => {
      await json("POST", `${at()}/give-unflagged`);
      assert.equal(problem(await call("POST", `${at()}/pack`)), "review-open");
    });

    it("a passage that does not stand in the document is refused, as it would withhold nothing", async () => {
      const passages = [{ text: "Mr Grubbe", ground: "third-party" }];
      assert.equal(problem(await decide(["Observation/na"], { do: "redact", passages })), "passage-not-there");
    });

    it("serious harm takes a health professional's opinion and a second person", async () => {
      const harm = { do: "withhold", ground: "serious-harm" };
      assert.equal(problem(await decide(["RelatedPerson/son"], harm)), "why-missing");
      expectOk(await decide(["RelatedPerson/son"], harm, { why: "Dr Lindqvist thinks so" }));
      assert.equal(problem(await decide(["RelatedPerson/son"], { do: "confirm" })), "second-person-needed");
      expectOk(
        await decide(["Observation/na"], {
          do: "redact",
          passages: [
            { text: "Mr Grubb", ground: "third-party" },
            { text: "grubb", ground: "third-party" },
          ],
        }),
      );
      expectOk(await decide(["DocumentReference/letter"], { do: "give" }));
      assert.equal(problem(await call("POST", `${at()}/pack`)), "review-open");
      expectOk(await decide(["RelatedPerson/son"], { do: "confirm" }, { as: ben }));
    });

    it("is made, and is taken once", async () => {
      await json("POST", `${at()}/pack`);
      const view = await packMade();
      assert.equal(view.pack?.state, "ready", view.pack?.problem);
      const files = unzipped(await bytesOf(expectOk(await call("POST", `${at()}/collect`)).body));
      assert.deepEqual(
        [...files.keys()],
        [
          "your-data.pdf",
          "fhir/bundle.json",
          "images.csv",
          "who-looked.csv",
          "documents/DocumentReference-letter-1.txt",
        ],
      );
      assert.equal(files.get("documents/DocumentReference-letter-1.txt")?.toString(), "Dear Doctor");
      assert.equal(files.get("your-data.pdf")?.subarray(0, 5).toString(), "%PDF-");
      const bundle = files.get("fhir/bundle.json")?.toString() ?? "";
      assert.doesNotMatch(bundle, /grubb|okafor|Not hers/i);
      assert.match(bundle, /Her neighbour \[withheld\] rang; \[withheld\] says she fell\./);
      assert.equal((JSON.parse(bundle) as { entry: unknown[] }).entry.length, 4 + flags());
      assert.match(files.get("who-looked.csv")?.toString() ?? "", /Ms Ruth Amadi/);
      assert.equal(problem(await call("POST", `${at()}/collect`)), "pack-collected");
      const events = await opened.store.audit.search({ all: [["patient=Patient/osei"]], limit: 5 });
      assert.ok(events.some(({ body }) => body.includes('"disclosure"')));
    });

    const corrected: Operation = {
      action: "update",
      kind: "Observation",
      id: "k",
      body: { status: "corrected", code: { text: "Potassium" }, subject: { reference: "Patient/osei" } },
    };

    it("what changes after its review stops the pack, and gathering again keeps the other decisions", async () => {
      await json("POST", `${at()}/release-again`, { json: { why: "The disc was lost" } });
      expectOk(
        await opened.record.transact({
          operations: [corrected],
        }),
      );
      await json("POST", `${at()}/pack`);
      const stopped = await packMade();
      assert.match(stopped.pack?.problem ?? "", /changed since it was reviewed/);
      const again = await json<DisclosureView>("POST", `${at()}/gather`);
      assert.equal(again.undecided, 1);
      await packs.close();
    });

    const flags = () => 1;
    const packMade = async () => {
      for (;;) {
        const view = await json<DisclosureView>("GET", at());
        if (view.pack?.state !== "building") return view;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
  });
});

/** As much of it as a search for messages needs. */
const ofClinical = ["LinkMessage", "PatientMerge"].map(
  (kind): KindDefinition => ({ kind, check: () => [], index: () => noEntries }),
);

interface Call {
  readonly as?: typeof ruth;
  readonly json?: unknown;
  readonly query?: string;
}

/** What is done behind an answer is done at last. */
async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 60; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("it did not come to be");
}

async function bytesOf(body: unknown): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The files of an archive, found by its directory at the end. */
function unzipped(zip: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(zip.length - 6);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [packed, nameBytes, start] = [
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
      zip.readUInt32LE(at + 42),
    ];
    const name = zip.subarray(at + 46, at + 46 + nameBytes).toString();
    const from = start + 30 + zip.readUInt16LE(start + 26);
    files.set(name, inflateRawSync(zip.subarray(from, from + packed)));
    at += 46 + nameBytes;
  }
  return files;
}
