/** Source: NHS CUI Patient Name Input and Display 2.1. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { HumanName } from "#standards/fhir";
import { mrONeill, mrsOsei, msMuellerBrandt } from "../../../../test/ward/index.ts";
import { bannerName, displayName, plainName } from "./person-name.ts";

function nameOf({
  family,
  given,
  prefix,
}: {
  family: string;
  given: readonly [string, ...string[]];
  prefix: string;
}): HumanName {
  return { family, given, prefix: [prefix] };
}

test("a name is the family name in capitals, the given names, and the title in brackets", () => {
  assert.equal(bannerName(nameOf(mrsOsei)), "OSEI, Adaeze Grace (Mrs)");
  assert.equal(bannerName(nameOf(mrONeill)), "O'NEILL, Cormac (Mr)");
  assert.equal(bannerName(nameOf(msMuellerBrandt)), "MÜLLER-BRANDT, Zoë (Ms)");
});

test("capitals from an old system become title case, a full stop after the title goes", () => {
  assert.equal(
    bannerName({ family: "evans west", given: ["MARY-JANE"], prefix: ["MRS."] }),
    "EVANS WEST, Mary-Jane (Mrs)",
  );
  assert.equal(bannerName({ family: "Macleod", given: ["DeShawn"] }), "MACLEOD, DeShawn");
});

test("what is missing leaves no commas or brackets behind", () => {
  assert.equal(bannerName({ family: "Osei" }), "OSEI");
  assert.equal(bannerName({ given: ["Temi"] }), "Temi");
  assert.equal(bannerName({ text: "Unknown male, approx 40" }), "Unknown male, approx 40");
  assert.equal(bannerName({}), "Name not recorded");
});

test("the name in use is shown, and a former one only when there is no other", () => {
  const maiden: HumanName = { use: "maiden", family: "Nwosu" };
  const official: HumanName = { use: "official", family: "Osei" };
  assert.equal(displayName([maiden, official]), official);
  assert.equal(
    displayName([
      { ...official, period: { end: "2020" } },
      { use: "usual", family: "Osei-Bonsu" },
    ])?.family,
    "Osei-Bonsu",
  );
  assert.equal(displayName([maiden]), maiden);
  assert.equal(displayName([]), undefined);
});

test("staff are named as they are spoken of", () => {
  assert.equal(plainName({ prefix: ["Dr"], given: ["Ingrid"], family: "Lindqvist" }), "Dr Ingrid Lindqvist");
  assert.equal(plainName({}), undefined);
});
