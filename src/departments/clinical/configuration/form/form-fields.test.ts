/** Forms are made of the schemas that check the files, so no setting is missing in them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { FormField, FormKind } from "../../api/configuration-form.ts";
import { configurationForms } from "./configuration-forms.ts";

const forms = configurationForms([]);

function fieldsOf(kind: FormKind): readonly FormField[] {
  switch (kind.is) {
    case "group":
      return withInside(kind.fields);
    case "either":
      return kind.ways.flatMap(({ fields }) => withInside(fields));
    case "list":
      return fieldsOf(kind.item);
    case "table":
      return fieldsOf(kind.value);
    case "text":
    case "number":
    case "yes-or-no":
    case "choice":
      return [];
  }
}

function withInside(fields: readonly FormField[]): readonly FormField[] {
  return fields.flatMap((field) => [field, ...fieldsOf(field.kind)]);
}

function field(fields: readonly FormField[], name: string): FormField {
  return fields.find((each) => each.name === name) ?? assert.fail(`there is no field ${name}`);
}

test("every field and every way of the forms has words", () => {
  const all = withInside([...forms.link, ...forms.destination]);
  assert.ok(all.length > 80, String(all.length));
  assert.deepEqual(
    all.filter(({ name, title }) => title === name || title === "").map(({ name }) => name),
    [],
  );
  const ways = all.flatMap(({ kind }) => (kind.is === "either" ? kind.ways : []));
  assert.deepEqual(
    ways.filter(({ title, value }) => title === "" || title === value),
    [],
  );
});

test("a link has its members in their order, and not its name, which is that of the file", () => {
  const names = forms.link.map(({ name }) => name);
  assert.deepEqual(names.slice(0, 4), ["title", "intake", "format", "acknowledge"]);
  assert.ok(!names.includes("name"));
});

test("how messages come in is one of several ways, each with its own fields and what is usual", () => {
  const { kind } = field(forms.link, "intake");
  assert.ok(kind.is === "either" && kind.by === "by");
  const folder = kind.ways.find(({ value }) => value === "folder");
  assert.deepEqual(
    folder?.fields.map(({ name, isRequired, kind: { is } }) => [name, isRequired, is]),
    [
      ["path", true, "text"],
      ["pattern", false, "text"],
      ["everySeconds", false, "number"],
    ],
  );
  assert.deepEqual(folder.fields.at(-1)?.kind, { is: "number", usual: 10 });
});

test("a route's destinations are chosen from those there are, and its condition may be denied once", () => {
  const { kind } = field(forms.link, "routes");
  assert.ok(kind.is === "list" && kind.item.is === "group");
  assert.deepEqual(field(kind.item.fields, "to").kind, { is: "list", item: { is: "text", of: "destinations" } });
  const when = field(kind.item.fields, "when").kind;
  assert.ok(when.is === "group");
  const not = field(when.fields, "not").kind;
  assert.ok(not.is === "group" && !not.fields.some(({ name }) => name === "not"));
});

test("gates that may be set have their choices, with the usual one", () => {
  const { kind } = field(forms.link, "gates");
  assert.ok(kind.is === "group");
  assert.ok(!kind.fields.some(({ name }) => name === "identity-conflict"), "it is always held");
  const future = field(kind.fields, "time-in-future").kind;
  assert.ok(future.is === "choice");
  assert.deepEqual([future.usual, future.choices.map(({ value }) => value)], ["accept", ["accept", "hold"]]);
});

test("what is watched for is either nothing or a group", () => {
  const { kind } = field(forms.link, "watch");
  assert.ok(kind.is === "either" && kind.by === undefined);
  assert.deepEqual(
    kind.ways.map(({ value, fields }) => [value, fields.length]),
    [
      [false, 0],
      [undefined, 4],
    ],
  );
});
