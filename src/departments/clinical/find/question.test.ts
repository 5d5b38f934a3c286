import assert from "node:assert/strict";
import { test } from "node:test";
import { findClauses } from "./find-clauses.ts";
import { type Question, questionText, readQuestion } from "./question.ts";

function read(text: string): Partial<Question> {
  const filled = Object.entries(readQuestion(text)).filter(([, list]) => list.length > 0);
  return Object.fromEntries(filled);
}

test("ten digits are an NHS number, with spaces or without", () => {
  assert.deepEqual(read("999 000 0018"), { nhsNumbers: ["9990000018"] });
  assert.deepEqual(read("9990000018"), { nhsNumbers: ["9990000018"] });
  assert.deepEqual(read("999-000-0018"), { nhsNumbers: ["9990000018"] });
});

test("ten digits that are no NHS number may be a number of the hospital, and that is said", () => {
  assert.deepEqual(read("9990000019"), { numbers: ["9990000019"], wrongNhsNumbers: ["9990000019"] });
});

test("words with a digit are hospital numbers, the rest is a name, in any order and case", () => {
  assert.deepEqual(read("h1042318"), { numbers: ["h1042318"] });
  assert.deepEqual(read("Osei, ADAEZE"), { words: ["osei", "adaeze"] });
  assert.deepEqual(read("zoë müller-brandt"), { words: ["zoe", "muller-brandt"] });
  assert.deepEqual(read("O’Neill"), { words: ["o'neill"] });
});

test("dates of birth are read the British way round, and as ISO", () => {
  for (const text of ["14/03/1957", "14-3-1957", "14.03.1957", "1957-03-14", "14-Mar-1957", "14 march 1957"]) {
    assert.deepEqual(read(text), { born: ["1957-03-14"] }, text);
  }
  assert.deepEqual(read("osei 14/03/1957"), { born: ["1957-03-14"], words: ["osei"] });
});

test("a day that does not exist is not a date", () => {
  assert.deepEqual(read("31/02/1957"), { numbers: ["31/02/1957"] });
});

test("the question is told in words", () => {
  assert.equal(questionText(readQuestion("osei 14/3/1957")), "name osei, born 14-Mar-1957");
  assert.equal(questionText(readQuestion("9990000018")), "NHS number 999 000 0018");
});

test("each word is the beginning of a part of the name; then parts of several words are tried", () => {
  const ways = findClauses(readQuestion("van der Berg")).map((way) =>
    way.map((clause) => "any" in clause && clause.any[0]),
  );
  assert.deepEqual(ways, [["van", "der", "berg"], ["van", "der berg"], ["van der", "berg"], ["van der berg"]]);
  assert.equal(findClauses(readQuestion("osei")).length, 1);
});
