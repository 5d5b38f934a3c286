/**
 * Releases in their true formats, read from files into a database and asked there. Sources: SNOMED CT Release File
 * Specification §3.3 and §4.2; LOINC Users' Guide, appendix A; EN 14463 (ClaML).
 */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { expectOk } from "#kernel";
import type { ReleaseNames } from "#standards/terminology";
import { importRelease } from "#terminology";
import { snomed, writeIcd10, writeLoincRelease, writeSnomedRelease, writeTable } from "../../../test/releases.ts";
import { openTestTerminology, partsOf, valuesOf, wardSet } from "../../../test/terminology.ts";
import { readRelease } from "./read-release.ts";

const folder = await mkdtemp(join(tmpdir(), "corridor-releases-"));
after(() => rm(folder, { recursive: true, force: true }));
const { opened, terminology, store, ask } = await openTestTerminology();

const sct = "http://snomed.info/sct";
const release2024 = `${sct}/900000000000207008/version/20240101`;

async function imported(path: string, names: ReleaseNames = {}) {
  const release = expectOk(await readRelease(path, names, () => {}));
  const done: number[] = [];
  const concepts = expectOk(
    await importRelease(release, {
      store: opened.store.terminology,
      importedAtMs: opened.clock.now(),
      progress: (count) => done.push(count),
    }),
  );
  assert.equal(done.at(-1), concepts);
  opened.clock.advance(60_000);
  return { ...release, count: concepts };
}

async function codesOf(url: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const { expansion } = await ask("ValueSet/$expand", { url, ...more });
  return expansion.contains?.map(({ code }) => code) ?? [];
}

describe("a SNOMED CT release", () => {
  it("is imported from its unpacked folder, with the version its files are named for", async () => {
    await writeSnomedRelease(join(folder, "snomed"));
    const { url, version, count } = await imported(join(folder, "snomed"));
    assert.deepEqual([url, version, count], [sct, release2024, 7]);
  });

  it("shows concepts by the names that are preferred, British before American", async () => {
    const answer = await ask("CodeSystem/$lookup", { system: sct, code: snomed.ofArm });
    assert.equal(valuesOf(answer).display, "Fracture of upper limb");
    assert.deepEqual(
      partsOf(answer, "designation").map(({ value }) => value),
      ["Fracture of upper limb (disorder)", "Fracture of upper limb", "Broken arm"],
    );
    const named = partsOf(answer, "property").map(({ code, value }) => [code, value]);
    assert.deepEqual(named.slice(3), [
      [snomed.site, snomed.arm],
      ["inactive", false],
      ["parent", snomed.fracture],
      ["child", snomed.ofWrist],
    ]);
  });

  it("shows the preferred name, and not another of the same language, to who wishes for the language", async () => {
    const answer = await ask("CodeSystem/$lookup", {
      system: sct,
      code: snomed.ofArm,
      displayLanguage: "en-GB,en;q=0.9",
    });
    assert.equal(valuesOf(answer).display, "Fracture of upper limb");
  });

  it("knows what is under what", async () => {
    const relation = async (codeA: string, codeB: string) =>
      valuesOf(await ask("CodeSystem/$subsumes", { system: sct, codeA, codeB })).outcome;
    assert.equal(await relation(snomed.fracture, snomed.ofWrist), "subsumes");
    assert.equal(await relation(snomed.ofWrist, snomed.fracture), "subsumed-by");
    assert.equal(await relation(snomed.arm, snomed.fracture), "not-subsumed");
  });

  const { root, fracture, ofArm, ofWrist, arm, site, retired } = snomed;
  const sets: readonly (readonly [url: string, codes: readonly string[]])[] = [
    [`${sct}?fhir_vs`, [root, fracture, ofArm, ofWrist, arm, site, retired]],
    [`${sct}?fhir_vs=isa/${fracture}`, [fracture, ofArm, ofWrist]],
    [`${sct}?fhir_vs=refset/${snomed.refset}`, [ofWrist]],
    [`${release2024}?fhir_vs=isa/${ofWrist}`, [ofWrist]],
  ];

  for (const [url, codes] of sets) {
    it(`has the implicit value set ${url}`, async () => {
      assert.deepEqual(await codesOf(url), codes);
    });
  }

  const filters: readonly (readonly [property: string, op: string, value: string, codes: readonly string[]])[] = [
    ["concept", "descendent-of", fracture, [ofArm, ofWrist]],
    ["concept", "generalizes", ofArm, [root, fracture, ofArm]],
    ["concept", "is-not-a", fracture, [root, arm, site, retired]],
    ["parent", "=", root, [fracture, arm, site]],
    ["child", "=", ofWrist, [ofArm]],
    [snomed.site, "=", arm, [ofArm]],
    [snomed.site, "exists", "true", [ofArm]],
    ["concept", "in", snomed.refset, [ofWrist]],
    ["code", "regex", "1.*", [root, fracture]],
    ["display", "regex", "Fracture.*", [fracture, ofArm, ofWrist]],
    ["effectiveTime", "regex", "2024.*", [root, fracture, ofArm, ofWrist, arm, site, retired]],
  ];

  for (const [property, op, value, codes] of filters) {
    it(`is filtered by ${property} ${op} ${value}`, async () => {
      await store(wardSet("filtered", { include: [{ system: sct, filter: [{ property, op, value }] }] }));
      assert.deepEqual(await codesOf("http://hospital.example/vs/filtered"), codes);
    });
  }

  const { side, severity, strength } = snomed;
  const constraints: readonly (readonly [ecl: string, codes: readonly string[]])[] = [
    [`<< ${fracture} |Fracture of bone|`, [fracture, ofArm, ofWrist]],
    [`< ${fracture} MINUS < ${ofArm}`, [ofArm]],
    [`<! ${root} AND > ${ofArm}`, [fracture]],
    [`>! ${ofWrist} OR <<! ${ofWrist}`, [ofArm, ofWrist]],
    [`^ ${snomed.refset}, *`, [ofWrist]],
    [`>> (^ ${snomed.refset})`, [root, fracture, ofArm, ofWrist]],
    [`> (^ ${snomed.refset})`, [root, fracture, ofArm]],
    [`< (${root} MINUS ${arm})`, [fracture, ofArm, ofWrist, arm, site]],
    [`<! (<< ${fracture} MINUS ${ofArm})`, [ofArm]],
    [`* : ${site} = << ${root}`, [ofArm]],
    [`<< ${fracture} : [0..0] ${site} = *`, [fracture, ofWrist]],
    [`* : ${site} != ${arm}`, []],
    [`* : (${site} OR ${side}) = ${arm}`, [ofArm, ofWrist]],
    [`* : [2..2] ${severity} = *`, [ofWrist]],
    [`* : { ${side} = ${arm}, ${severity} = ${root} }`, [ofWrist]],
    [`* : { ${side} = ${arm}, ${severity} = ${fracture} }`, []],
    [`* : ${side} = ${arm}, ${severity} = ${fracture}`, [ofWrist]],
    [`* : [2..*] { ${severity} = << ${root} }`, [ofWrist]],
    [`* : R ${site} = ${ofArm}`, [arm]],
    [`(<< ${fracture}) . ${severity}`, [root, fracture]],
    [`* : ${strength} >= #2.5`, [ofWrist]],
    [`* : ${strength} < #2.5`, []],
  ];
  for (const [ecl, codes] of constraints) {
    it(`is narrowed by the expression constraint ${ecl}`, async () => {
      assert.deepEqual(await codesOf(`${sct}?fhir_vs=ecl/${ecl}`), codes);
    });
  }

  it("tells of an expression constraint that it does not evaluate", async () => {
    const told = await terminology.search.expandForSearch(`${sct}?fhir_vs=ecl/<< ${fracture} {{ term = "x" }}`);
    assert.equal(told.ok ? "" : told.problems[0].code, "ecl-unsupported");
    const answer = await ask("ValueSet/$validate-code", {
      url: `${sct}?fhir_vs=ecl/%3C%3C%20${fracture}`,
      system: sct,
      code: ofWrist,
    });
    assert.equal(valuesOf(answer).result, true);
  });

  it("is searched by the beginnings of words, active codes alone where that is asked, page by page", async () => {
    assert.deepEqual(await codesOf(`${sct}?fhir_vs`, { filter: "broke" }), [ofArm]);
    assert.deepEqual(await codesOf(`${sct}?fhir_vs`, { filter: "frac cod" }), [retired]);
    assert.deepEqual(await codesOf(`${sct}?fhir_vs`, { filter: "frac cod", activeOnly: "true" }), []);
    const page = await ask("ValueSet/$expand", { url: `${sct}?fhir_vs`, offset: "2", count: "2" });
    assert.deepEqual(
      [page.expansion.total, page.expansion.offset, page.expansion.contains?.map(({ code }) => code)],
      [7, 2, [ofArm, ofWrist]],
    );
    const filtered = await ask("ValueSet/$expand", {
      url: `${sct}?fhir_vs`,
      filter: "fracture",
      offset: "3",
      count: "2",
    });
    assert.deepEqual([filtered.expansion.total, filtered.expansion.contains?.length], [4, 1]);
  });

  it("is left out by code and by filter, and cut with other value sets", async () => {
    await store(
      wardSet("without", {
        include: [{ system: sct }],
        exclude: [
          { system: sct, filter: [{ property: "concept", op: "is-a", value: fracture }] },
          { system: sct, concept: [{ code: root }] },
        ],
      }),
      wardSet("common", {
        include: [{ valueSet: [`${sct}?fhir_vs=isa/${ofArm}`, `${sct}?fhir_vs=refset/${snomed.refset}`] }],
      }),
    );
    assert.deepEqual(await codesOf("http://hospital.example/vs/without"), [arm, site, retired]);
    assert.deepEqual(await codesOf("http://hospital.example/vs/common"), [ofWrist]);
  });

  it("checks codes of value sets that FHIR brings, for others and for searches", async () => {
    const answer = await ask("ValueSet/$validate-code", {
      url: `${sct}?fhir_vs=isa/${fracture}`,
      system: sct,
      code: ofWrist,
      display: "fracture  of wrist",
    });
    assert.equal(valuesOf(answer).result, true);
    assert.deepEqual(expectOk(await terminology.search.descendants(sct, ofArm)), [ofArm, ofWrist]);
    assert.deepEqual(expectOk(await terminology.search.ancestors(sct, ofArm)), [root, fracture, ofArm]);
  });

  it("is imported again in place of itself, and beside another version", async () => {
    await imported(join(folder, "snomed"));
    await imported(join(folder, "snomed"), { version: `${sct}/900000000000207008/version/20230101` });
    const systems = await opened.store.terminology.systems();
    assert.deepEqual(
      systems.map(({ version, concepts }) => [version.slice(-8), concepts]),
      [
        ["20230101", 7],
        ["20240101", 7],
      ],
    );
    const answer = await ask("CodeSystem/$lookup", { system: sct, code: fracture });
    assert.equal(valuesOf(answer).version, release2024);
    assert.equal(await opened.store.terminology.remove(sct, `${sct}/900000000000207008/version/20230101`), true);
    assert.equal((await opened.store.terminology.systems()).length, 1);
  });
});

describe("a LOINC release", () => {
  const loinc = "http://loinc.org";

  it("is imported with its parts as a hierarchy, its version being the newest change of a term", async () => {
    await writeLoincRelease(join(folder, "loinc"));
    const { version, count } = await imported(join(folder, "loinc"));
    assert.deepEqual([version, count], ["2.78", 5]);
    assert.deepEqual(await codesOf(`${loinc}/vs/LP14635-4`), ["2345-7"]);
  });

  it("has the columns of a term as properties, and its other names", async () => {
    const answer = await ask("CodeSystem/$lookup", { system: loinc, code: "1-8", property: "METHOD_TYP" });
    assert.equal(valuesOf(answer).display, 'Acyclovir [Susceptibility], "old" form');
    assert.deepEqual(partsOf(answer, "property"), [{ code: "METHOD_TYP", value: "MIC" }]);
    await store(
      wardSet("ordinal", {
        include: [{ system: loinc, filter: [{ property: "SCALE_TYP", op: "=", value: "OrdQn" }] }],
      }),
    );
    assert.deepEqual(await codesOf("http://hospital.example/vs/ordinal"), ["1-8"]);
    assert.deepEqual(await codesOf(`${loinc}/vs`, { filter: "glucose blood" }), ["2345-7"]);
  });

  it("counts deprecated terms as inactive", async () => {
    assert.ok(!(await codesOf(`${loinc}/vs`, { activeOnly: "true" })).includes("1-8"));
  });
});

describe("a classification in ClaML", () => {
  it("is imported with chapters and blocks that only group", async () => {
    await writeIcd10(join(folder, "icd10.xml"));
    const { url, version, title, count } = await imported(join(folder, "icd10.xml"));
    assert.deepEqual([url, version, title, count], ["http://hl7.org/fhir/sid/icd-10", "2019", "ICD-10-EXAMPLE", 4]);
    const answer = await ask("CodeSystem/$lookup", { system: url, code: "A00.0" });
    assert.equal(valuesOf(answer).display, "Cholera due to Vibrio cholerae 01");
    assert.deepEqual(partsOf(answer, "property"), [
      { code: "kind", value: "category" },
      { code: "exclusion", value: "carrier Z22.1" },
      { code: "inactive", value: false },
      { code: "parent", value: "A00" },
    ]);
    await store(wardSet("icd", { include: [{ system: url }] }));
    const { expansion } = await ask("ValueSet/$expand", { url: "http://hospital.example/vs/icd" });
    assert.deepEqual(
      expansion.contains?.map(({ code, abstract }) => [code, abstract ?? false]),
      [
        ["I", true],
        ["A00-A09", true],
        ["A00", false],
        ["A00.0", false],
      ],
    );
  });
});

describe("a table", () => {
  const names = { url: "http://hospital.example/beds", version: "1" };

  it("is imported under the url and version named, other columns being properties", async () => {
    await writeTable(join(folder, "wards.csv"));
    const { count } = await imported(join(folder, "wards.csv"), names);
    assert.equal(count, 4);
    const answer = await ask("CodeSystem/$lookup", { system: names.url, code: "both" });
    assert.equal(valuesOf(answer).display, 'Shared "bay"\nof two wards');
    assert.deepEqual(partsOf(answer, "property"), [
      { code: "beds", value: "2" },
      { code: "inactive", value: false },
      { code: "parent", value: "east" },
      { code: "parent", value: "annexe" },
    ]);
  });

  const faults: readonly (readonly [title: string, text: string, code: string])[] = [
    ["a code that is there twice", "code,display\na,A\na,B\n", "code-twice"],
    ["a parent that is not there", "code,display,parent\na,A,b\n", "parent-unknown"],
    ["no code at all", "code,display\n", "release-empty"],
    ["no column of codes", "number,display\n1,A\n", "column-missing"],
  ];

  for (const [title, text, code] of faults) {
    it(`is refused for ${title}`, async () => {
      await writeFile(join(folder, "fault.csv"), text);
      const read = await readRelease(join(folder, "fault.csv"), names, () => {});
      assert.equal(!read.ok && read.problems[0].code, code);
    });
  }

  it("is not seen before it is whole, nor when it is abandoned", async () => {
    const { store: tables } = opened;
    const before = await tables.terminology.systems();
    const header = { ...names, title: "Unfinished", isCaseSensitive: true, importedAtMs: 0 };
    const writing = await tables.terminology.beginImport(header);
    const row = {
      code: "new",
      isInactive: false,
      isAbstract: false,
      isLeaf: true,
      parents: [],
      ancestors: [],
      words: ["new"],
    };
    await writing.write([{ ...row, designations: [], properties: [] }]);
    assert.deepEqual(await tables.terminology.systems(), before);
    await writing.abandon();
    assert.deepEqual(await tables.terminology.systems(), before);
    assert.equal(valuesOf(await ask("CodeSystem/$validate-code", { url: names.url, code: "both" })).result, true);
    assert.equal(valuesOf(await ask("CodeSystem/$validate-code", { url: names.url, code: "new" })).result, false);
  });

  it("leaves what was there when it cannot be written to the end", async () => {
    await writeFile(join(folder, "circle.csv"), "code,display,parent\na,A,c\nb,B,a\nc,C,b\n");
    const circle = expectOk(await readRelease(join(folder, "circle.csv"), names, () => {}));
    const done = await importRelease(circle, { store: opened.store.terminology, importedAtMs: 0, progress: () => {} });
    assert.equal(!done.ok && done.problems[0].code, "hierarchy-circular");
    const systems = await opened.store.terminology.systems();
    assert.equal(systems.find(({ url }) => url === names.url)?.concepts, 4);
  });

  it("is refused without a name, and so is what is no release", async () => {
    const nameless = await readRelease(join(folder, "wards.csv"), {}, () => {});
    assert.equal(!nameless.ok && nameless.problems[0].code, "name-missing");
    const absent = await readRelease(join(folder, "absent"), {}, () => {});
    assert.equal(!absent.ok && absent.problems[0].code, "no-such-path");
    const several = await readRelease(folder, names, () => {});
    assert.equal(several.ok, true, "an unpacked SNOMED CT release is found among other files");
  });
});
