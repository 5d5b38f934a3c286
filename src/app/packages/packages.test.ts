/** FHIR packages in the record. Source: FHIR NPM Package Specification; FHIR R4 §5.3 (profiling), ValueSet/$expand. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { expectOk, type JsonObject } from "#kernel";
import { fhirKinds } from "#record";
import { anybody, fhirDoor } from "../../../test/doors/fhir.ts";
import { bedsUrl, namedPatientUrl, packed, tarOf, wardDefinitions, wardPackage } from "../../../test/fhir-package.ts";
import { contextOf } from "../../../test/handler-context.ts";
import { freshRecord } from "../../../test/record.ts";
import { addPackage } from "./add-package.ts";
import { readPackageFile } from "./package-file.ts";
import { addedPackages } from "./package-guide.ts";

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "corridor-packages-"));
});
after(() => rm(folder, { recursive: true, force: true }));

async function readFrom(bytes: Uint8Array) {
  const path = join(folder, "package.tgz");
  await writeFile(path, bytes);
  return readPackageFile(path, { progress: () => {}, bytesMax: 2 * 1024 * 1024 });
}

describe("a package in the record", async () => {
  const opened = await freshRecord({ kinds: fhirKinds });
  const context = contextOf(opened, anybody);
  const door = fhirDoor(context);

  async function add(bytes: Uint8Array, isToGoOn = false) {
    const read = expectOk(await readFrom(bytes));
    return addPackage(read, { record: context.record, isToGoOn, progress: () => {} });
  }

  async function errorsOfNameless(): Promise<number> {
    const sent = { body: { resourceType: "Patient", meta: { profile: [namedPatientUrl] } } };
    const { json } = await door.send("POST /Patient/$validate", sent);
    return (json.issue as readonly JsonObject[]).filter(({ severity }) => severity === "error").length;
  }

  it("is what its definitions say: profiles are validated by, and resources can be read", async () => {
    const { missing, ...counts } = expectOk(await add(wardPackage("1.0.0")));
    assert.deepEqual(counts, { written: 3, unchanged: 0, removed: 0, refused: [] });
    assert.deepEqual(missing, ["org.example.base 2.0.0"], "a package that is needed and not there is named");
    assert.equal(await errorsOfNameless(), 1);
    assert.equal((await door.send("GET /ValueSet/beds")).json.url, bedsUrl);
  });

  it("changes nothing when it is added again", async () => {
    const before = await opened.record.position();
    const again = expectOk(await add(wardPackage("1.0.0")));
    assert.deepEqual([again.before, again.written, again.unchanged], ["1.0.0", 0, 3]);
    const written = expectOk(await opened.record.changes(before, 10)).map(({ kind }) => kind);
    assert.deepEqual(written, []);
  });

  it("is replaced by another version, which takes what it no longer has with it", async () => {
    const [profile, ...others] = wardDefinitions(0);
    const [codes] = others;
    const newer = expectOk(await add(wardPackage("1.1.0", [profile, codes] as JsonObject[])));
    assert.deepEqual(
      [newer.before, newer.written, newer.unchanged, newer.removed],
      ["1.0.0", 1, 1, 1],
      "a profile changed, codes stayed, the value set went",
    );
    assert.equal(await errorsOfNameless(), 0);
    assert.equal((await door.send("GET /ValueSet/beds")).status, 410);
  });

  it("leaves what another package has too", async () => {
    const [, codes] = wardDefinitions(1);
    const manifest = { name: "org.example.other", version: "1.0.0", fhirVersions: ["4.0.1"] };
    expectOk(await add(packed(manifest, [codes as JsonObject])));
    const [profile] = wardDefinitions(1);
    assert.equal(expectOk(await add(wardPackage("1.2.0", [profile as JsonObject]))).removed, 0);
    assert.equal((await door.send("GET /CodeSystem/beds")).status, 200);
  });

  it("is listed with its version and what it brought", async () => {
    const listed = expectOk(await addedPackages(context.record));
    assert.deepEqual(
      listed.map(({ name, version, documents }) => [name, version, documents.length]),
      [
        ["org.example.other", "1.0.0", 1],
        ["org.example.ward", "1.2.0", 1],
      ],
    );
  });

  it("with a definition that breaks R4 is not added, or without it when that is asked for", async () => {
    const broken = { resourceType: "ValueSet", id: "broken", url: "http://ward.example/broken", status: "perhaps" };
    const bytes = wardPackage("2.0.0", [...wardDefinitions(1), broken]);
    const refused = await add(bytes);
    assert.match(refused.ok ? "" : refused.problems[0].message, /^ValueSet\/broken, ValueSet\.status: /);
    assert.equal((await door.send("GET /ValueSet/beds")).status, 410, "nothing of it was written");
    const { written, refused: left } = expectOk(await add(bytes, true));
    assert.deepEqual([written, left.length], [1, 1]);
    assert.equal((await door.send("GET /ValueSet/beds")).status, 200);
  });
});

describe("a file", () => {
  const manifest = { name: "org.example.ward", version: "1.0.0", fhirVersions: ["4.0.1"] };
  const patient = { resourceType: "Patient", id: "osei" };
  const whole = wardPackage("1.0.0");
  const refused: readonly (readonly [title: string, bytes: Uint8Array, code: string, says: RegExp])[] = [
    ["that is not packed", Buffer.from("a text"), "package-not-packed", /package\.tgz is no FHIR package/],
    ["that was cut short", whole.subarray(0, whole.length / 2), "package-not-packed", /Get the \.tgz again/],
    ["that is no archive", gzipSync("x".repeat(600)), "tar-damaged", /package\.tgz, byte 0: /],
    ["without a manifest", gzipSync(tarOf({ "package/a.json": {} })), "package-without-manifest", /no FHIR package/],
    ["for another FHIR", packed({ ...manifest, fhirVersions: ["5.0.0"] }, []), "package-for-other-version", /5\.0\.0/],
    ["without a name", packed({ version: "1" }, wardDefinitions(1)), "package-nameless", /no name or version/],
    ["of examples alone", packed(manifest, [patient]), "package-empty", /nothing to add/],
    ["that unpacks to too much", gzipSync(new Uint8Array(3 * 1024 * 1024)), "package-too-large", /more than 2 MB/],
  ];

  for (const [title, bytes, code, says] of refused) {
    it(`${title} is not taken for a package`, async () => {
      const read = await readFrom(bytes);
      assert.ok(!read.ok);
      assert.equal(read.problems[0].code, code);
      assert.match(read.problems[0].message, says);
    });
  }

  it("that is not there is told", async () => {
    const read = await readPackageFile(join(folder, "absent.tgz"), { progress: () => {} });
    assert.equal(!read.ok && read.problems[0].code, "no-such-path");
  });
});
