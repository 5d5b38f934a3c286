/** docs/operate/security.md names tests and files as its evidence: they have to be there, and its counts have to be right. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { root } from "./source-file.ts";

const page = readFileSync(join(root, "docs/operate/security.md"), "utf8");
const lines = [...page.matchAll(/^\| (\d+\.\d+\.\d+) \| (met|gap|theirs|not here) \| .+ \| (.+) \|$/gm)];

test("every file that the page names is there", () => {
  const paths = [...page.matchAll(/`((?:src|test|web|tools|docs|\.ci)\/[^`\s]+)`/g)].map(([, path = ""]) => path);
  assert.ok(paths.length > 100);
  assert.deepEqual(
    paths.filter((path) => !existsSync(join(root, path))),
    [],
  );
});

test("the page has every line of ASVS 4.0.3 level 2 once, in order, and what is met names its evidence", () => {
  const numbers = lines.map(([, number = ""]) => number);
  assert.equal(numbers.length, 259);
  const rank = (number: string) => number.split(".").reduce((sum, part) => sum * 1_000 + Number(part), 0);
  for (const [at, number] of numbers.entries()) {
    if (at > 0) assert.ok(rank(number) > rank(numbers[at - 1] ?? ""), number);
  }
  for (const [, number, verdict, evidence = ""] of lines) {
    if (verdict === "gap") assert.match(evidence, /\*\*Gap:\*\*/, `${number} says what is missing`);
    else assert.doesNotMatch(evidence, /\*\*Gap:\*\*/, `${number} is not both`);
    if (verdict === "met") assert.match(evidence, /`[^`]+`/, `${number} names a file or setting`);
  }
});

test("the counts at the top are those of the lines", () => {
  for (const verdict of ["met", "gap", "theirs", "not here"]) {
    const count = lines.filter(([, , each]) => each === verdict).length;
    assert.match(page, new RegExp(`^\\| ${verdict} \\| ${count} \\|`, "m"));
  }
});
