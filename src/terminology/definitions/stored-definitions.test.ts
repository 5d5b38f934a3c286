import assert from "node:assert/strict";
import { test } from "node:test";
import { ok, silentLog } from "#kernel";
import type { DefinitionRecord } from "./stored-definitions.ts";
import { StoredDefinitions } from "./stored-definitions.ts";

test("closing waits for what is being read, and reads nothing after it", async () => {
  const position = Promise.withResolvers<number>();
  const read: string[] = [];
  const record: DefinitionRecord = {
    position: () => position.promise,
    changed: () => Promise.resolve(),
    search: () => Promise.resolve(ok({ versions: [] })),
    history: ({ kind }) => {
      read.push(String(kind));
      return Promise.resolve(ok({ versions: [] }));
    },
  };
  const warned: string[] = [];
  const definitions = new StoredDefinitions(record, { ...silentLog, warn: (event) => warned.push(event) });
  definitions.start();
  await new Promise((resolve) => setImmediate(resolve));
  let isClosed = false;
  const closing = definitions.close().then(() => {
    isClosed = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(isClosed, false);
  position.resolve(1);
  await closing;
  assert.deepEqual([read, warned], [[], []]);
});
